#!/usr/bin/env node
import { run } from './run.ts';

/** A second signal ends the process at once, as it does where nobody listens. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

const { stdout, stderr, env } = process;
// Not process.exit(): what is still being written to a pipe would be lost.
process.exitCode = await run(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  now: Date.now,
  untilStopped,
});
