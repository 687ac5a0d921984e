import type { Command } from 'commander';
import { decideGroup } from './commands/decide-group.ts';
import { feedback } from './commands/feedback.ts';
import { groups } from './commands/groups.ts';
import { showGroup } from './commands/show-group.ts';
import type { Io } from './io.ts';
import { toPositiveInteger } from './to-positive-integer.ts';
import type { Wiring } from './wiring.ts';

const ID = 'the id, as groups shows it';

/** Declares what works on many messages at once. */
export function addGroups(program: Command, io: Io, { globals, finish }: Wiring): void {
  program
    .command('groups')
    .description('list what waits for a person, by kind')
    .option('--mailbox <address>')
    .option('--campaign <name>')
    .option('--limit <n>', '1–100', toPositiveInteger)
    .option('--cursor <cursor>', 'where the last page ended')
    .action(async (given, command: Command) => {
      const { mailbox, campaign, limit, cursor } = given;
      finish(await groups(io, globals(command), { mailbox, campaign, limit, cursor }));
    });
  program
    .command('group')
    .description('show a sample of a group, and what differs in it')
    .argument('<id>', ID)
    .option('--sample <n>', '3–50 (default: 10)', toPositiveInteger)
    .action(async (id: string, given, command: Command) => {
      finish(await showGroup(io, globals(command), { id, ...given }));
    });
  program
    .command('approve-group')
    .description('let the messages go out that group showed')
    .argument('<id>', ID)
    .requiredOption('--review <review>', 'as group printed it')
    .option('--reason <text>')
    .action(async (id: string, given, command: Command) => {
      const call = { id, decision: 'approve', with: { ...given } } as const;
      finish(await decideGroup(io, globals(command), call));
    });
  program
    .command('reject-group')
    .description('refuse the messages that group showed; their agent reads the reason')
    .argument('<id>', ID)
    .requiredOption('--review <review>', 'as group printed it')
    .requiredOption('--reason <text>', 'why, in one sentence')
    .action(async (id: string, given, command: Command) => {
      const call = { id, decision: 'reject', with: { ...given } } as const;
      finish(await decideGroup(io, globals(command), call));
    });
  program
    .command('feedback')
    .description('say which rules hold mail that people let out unchanged, and what to change')
    .action(async (_, command: Command) => {
      finish(await feedback(io, globals(command)));
    });
}
