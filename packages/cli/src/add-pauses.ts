import type { PauseTarget } from '@mailwarden/core';
import type { Command } from 'commander';
import { type PauseChoice, pause, pauses, resume } from './commands/pause.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';
import type { Wiring } from './wiring.ts';

interface Given {
  readonly campaign?: string;
  readonly agent?: string;
  readonly tenant?: true;
  readonly everything?: true;
}

/** Declares what stops mail and lets it go out again. */
export function addPauses(program: Command, io: Io, { globals, finish }: Wiring): void {
  const withTarget = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('[mailbox]', 'its address')
      .option('--campaign <name>', 'all mail of a campaign')
      .option('--agent <id>', 'all mail that an agent wrote')
      .option('--tenant', 'all mail')
      .option('--everything', 'all mail of every tenant in the database');
  withTarget('pause', 'stop mail before it goes out, until resume')
    .requiredOption('--reason <text>', 'why, in one sentence')
    .action(async (mailbox: string | undefined, given, command: Command) => {
      const choice = toChoice(mailbox, given);
      finish(await pause(io, globals(command), { ...choice, reason: given.reason }));
    });
  withTarget('resume', 'end a pause; what waited goes out').action(
    async (mailbox: string | undefined, given, command: Command) => {
      finish(await resume(io, globals(command), toChoice(mailbox, given)));
    },
  );
  program
    .command('pauses')
    .description('list what is paused, by whom and why')
    .action(async (_, command: Command) => {
      finish(await pauses(io, globals(command)));
    });
}

function toChoice(mailbox: string | undefined, given: Given): PauseChoice {
  const { campaign, agent, tenant, everything } = given;
  const targets: readonly (PauseChoice | false)[] = [
    mailbox !== undefined && choose({ mailbox }, mailbox),
    campaign !== undefined && choose({ campaign }, `campaign ${campaign}`),
    agent !== undefined && choose({ agent }, `agent ${agent}`),
    tenant === true && choose({ all: 'tenant' }, 'all mail'),
    everything === true && choose({ all: 'everything' }, 'all mail of every tenant'),
  ];
  const [one, ...others] = targets.filter((target) => target !== false);
  if (one !== undefined && others.length === 0) return one;
  throw new UsageError(
    'Name one: a mailbox, --campaign NAME, --agent ID, --tenant or --everything.',
  );
}

function choose(target: PauseTarget, what: string): PauseChoice {
  return { target, what };
}
