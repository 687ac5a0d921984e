import { readFileSync } from 'node:fs';

/**
 * The most memory that this process ever had, bytes. What `resourceUsage()` says includes, on Linux,
 * the process that started this one: a parent that made a data set would be measured for its child.
 */
export function peakRss(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1_024;
  const [, kilobytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}
