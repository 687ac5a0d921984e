import type { Command } from 'commander';
import { work } from './commands/work.ts';
import type { Io } from './io.ts';
import type { Wiring } from './wiring.ts';

/** Declares the command that runs beside the application. */
export function addWorker(program: Command, io: Io, { globals, finish }: Wiring): void {
  program
    .command('worker')
    .description('send what is due until SIGTERM or Ctrl-C; any number may run')
    .option('--no-inbox', 'leave the inboxes to other processes')
    .action(async (options: { inbox: boolean }, command: Command) => {
      finish(await work(io, globals(command), options));
    });
}
