import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program that a test needs and the Debian packages that bring it. */
export interface DebianNeed {
  /** Absolute paths; all of them have to be there. */
  readonly programs: readonly string[];
  readonly packages: readonly string[];
}

/**
 * Makes sure that programs are on this machine: as root it installs what is missing, otherwise it
 * throws one line that says what to install. It never lets a test be skipped.
 */
export async function ensureDebianPackages(need: DebianNeed): Promise<void> {
  if (hasAll(need)) return;
  const install = `apt-get install -y --no-install-recommends ${need.packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`These tests need ${need.packages.join(', ')}. As root: ${install}`);
  }
  // Two test runs may start at once: apt then waits for the other's lock.
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 16 * 1024 * 1024,
  };
  const lock = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...lock, 'update'], options);
  await run(
    'apt-get',
    [...lock, 'install', '-y', '--no-install-recommends', ...need.packages],
    options,
  );
  if (!hasAll(need)) {
    throw new Error(`${install} went through, but ${need.programs.join(', ')} is still missing.`);
  }
}

function hasAll(need: DebianNeed): boolean {
  return need.programs.every((program) => existsSync(program));
}
