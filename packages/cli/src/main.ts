#!/usr/bin/env node
import { run } from './run.ts';

const { stdout, stderr, env } = process;
// Not process.exit(): what is still being written to a pipe would be lost.
process.exitCode = await run(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  now: Date.now,
});
