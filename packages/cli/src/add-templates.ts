import type { Command } from 'commander';
import { approveTemplate, showTemplate, templates } from './commands/templates.ts';
import type { Io } from './io.ts';
import type { Wiring } from './wiring.ts';

/** Declares what is about the texts that people approve once. */
export function addTemplates(program: Command, io: Io, { globals, finish }: Wiring): void {
  program
    .command('templates')
    .description('list the templates, and which a person stands for')
    .action(async (_, command: Command) => {
      finish(await templates(io, globals(command)));
    });
  program
    .command('template')
    .description('show a template with its variables, an example and its hash')
    .argument('<id>')
    .action(async (id: string, _, command: Command) => {
      finish(await showTemplate(io, globals(command), id));
    });
  program
    .command('approve-template')
    .description('stand for a template as template showed it')
    .argument('<id>')
    .requiredOption('--hash <hash>', 'as template printed it')
    .action(async (id: string, given: { readonly hash: string }, command: Command) => {
      finish(await approveTemplate(io, globals(command), { id, hash: given.hash }));
    });
}
