// Builds every package and stays silent when all is well, so that a demo's first line is the demo's.
import { spawnSync } from 'node:child_process';

const result = spawnSync('turbo', ['run', 'build', '--output-logs=errors-only'], {
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
if (result.status !== 0) {
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}\n`);
  process.exit(result.status ?? 1);
}
