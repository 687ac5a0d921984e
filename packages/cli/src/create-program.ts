import { Command, InvalidArgumentError } from 'commander';
import { addGroups } from './add-groups.ts';
import { addPauses } from './add-pauses.ts';
import { addTemplates } from './add-templates.ts';
import { addWorker } from './add-worker.ts';
import { exportAudit, verifyAuditFile } from './commands/audit.ts';
import { check } from './commands/check.ts';
import { checkPolicyFile } from './commands/check-policy-file.ts';
import { decide } from './commands/decide.ts';
import { pending } from './commands/pending.ts';
import { erasePerson, exportPerson } from './commands/person.ts';
import { show } from './commands/show.ts';
import { simulate } from './commands/simulate.ts';
import { suppress } from './commands/suppress.ts';
import type { Io } from './io.ts';
import type { GlobalOptions } from './session.ts';
import { toPositiveInteger } from './to-positive-integer.ts';
import type { Wiring } from './wiring.ts';

/** Declares the commands; `finish` is told the exit code of the one that ran. */
export function createProgram(io: Io, finish: (code: number) => void): Command {
  const program = new Command('mailwarden')
    .description('Review what agents want to send, and stop mail to somebody.')
    .option('--config <file>', 'configuration (default: mailwarden.config.js, .mjs or .ts)')
    .option('--as <reviewer>', 'who decides (default: $MAILWARDEN_REVIEWER)')
    .option('--json', 'print JSON');
  const globals = (command: Command): GlobalOptions => command.optsWithGlobals();
  addReading(program, io, { globals, finish });
  addChecking(program, io, { globals, finish });
  addDeciding(program, io, { globals, finish });
  addGroups(program, io, { globals, finish });
  addTemplates(program, io, { globals, finish });
  addPauses(program, io, { globals, finish });
  addAudit(program, io, { globals, finish });
  addPolicy(program, io, { globals, finish });
  addSimulation(program, io, { globals, finish });
  addPerson(program, io, { globals, finish });
  addWorker(program, io, { globals, finish });
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  for (const command of [program, ...commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  }
  return program;
}

function addReading(program: Command, io: Io, { globals, finish }: Wiring): void {
  program
    .command('pending')
    .description('list what waits for a person')
    .option('--mailbox <address>')
    .option('--tag <tag>')
    .option('--campaign <name>')
    .option('--limit <n>', '1–100', toPositiveInteger)
    .option('--cursor <cursor>', 'where the last page ended')
    .action(async (filter, command: Command) => {
      const { mailbox, tag, campaign, limit, cursor } = filter;
      finish(await pending(io, globals(command), { mailbox, tag, campaign, limit, cursor }));
    });
  program
    .command('show')
    .description('show a message, why it is held, and its text')
    .argument('<id>', 'the id, or its last 8 characters')
    .action(async (id: string, _, command: Command) => {
      finish(await show(io, globals(command), id));
    });
}

function addChecking(program: Command, io: Io, { globals, finish }: Wiring): void {
  program
    .command('check')
    .description('say what stands against writing to an address')
    .argument('<address>')
    .option('--mailbox <address>', 'ask for the sender of this mailbox')
    .option('--topic <id>', 'ask for marketing on this topic')
    .action(async (address: string, given, command: Command) => {
      finish(await check(io, globals(command), { address, with: { ...given } }));
    });
}

function addDeciding(program: Command, io: Io, { globals, finish }: Wiring): void {
  program
    .command('approve')
    .description('let a message go out')
    .argument('<id>', 'the id, or its last 8 characters')
    .option('--revision <n>', 'the revision you looked at', toPositiveInteger)
    .option('--review <review>', 'as show printed it: exactly what you saw')
    .option('--reason <text>')
    .action(async (id: string, given, command: Command) => {
      finish(await decide(io, globals(command), { id, decision: 'approve', with: { ...given } }));
    });
  program
    .command('reject')
    .description('refuse a message; its agent reads the reason')
    .argument('<id>', 'the id, or its last 8 characters')
    .requiredOption('--reason <text>', 'why, in one sentence')
    .option('--revision <n>', 'the revision you looked at', toPositiveInteger)
    .option('--review <review>', 'as show printed it: exactly what you saw')
    .action(async (id: string, given, command: Command) => {
      finish(await decide(io, globals(command), { id, decision: 'reject', with: { ...given } }));
    });
  program
    .command('suppress')
    .description('stop mail to an address, or to a whole domain')
    .argument('<address>', 'alice@example.com or @example.com')
    .option('--scope <scope>', 'all, marketing or topic:ID', 'all')
    .option('--sender <id>', 'only mail of this sender')
    .option('--note <text>')
    .action(async (address: string, given, command: Command) => {
      const { scope, sender, note } = given;
      const choice = { scope, ...(sender && { senderId: sender }), ...(note && { note }) };
      finish(await suppress(io, globals(command), { address, with: choice }));
    });
}

function addAudit(program: Command, io: Io, { globals, finish }: Wiring): void {
  const audit = program.command('audit').description('export the sealed audit, or check an export');
  audit
    .command('export')
    .description('seal what happened and write the whole audit, one JSON line each')
    .argument('<file>', 'where to write; it must not be there yet')
    .action(async (file: string, _, command: Command) => {
      finish(await exportAudit(io, globals(command), file));
    });
  audit
    .command('verify')
    .description('say what was changed, removed, inserted or reordered; needs no database')
    .argument('<file>')
    .option('--head <head>', 'a head that was kept elsewhere; without it a cut-off end is not seen')
    .option<Keys | undefined>('--key <id=key>', 'a public key that was kept elsewhere', toKeys)
    .action(async (file: string, given, command: Command) => {
      finish(await verifyAuditFile(io, globals(command), { file, ...given }));
    });
}

function addPolicy(program: Command, io: Io, { globals, finish }: Wiring): void {
  const policy = program.command('policy').description('look at a policy file');
  policy
    .command('check')
    .description('list the mistakes of a policy in YAML or JSON; needs no configuration')
    .argument('<file>')
    .action(async (file: string, _, command: Command) => {
      finish(await checkPolicyFile(io, globals(command), file));
    });
}

function addSimulation(program: Command, io: Io, { globals, finish }: Wiring): void {
  program
    .command('simulate')
    .description('say who would have been decided differently under another policy')
    .requiredOption('--policy <file>', 'what would change, in YAML or JSON')
    .option('--whole', 'the file is all of the policy; what it does not say has its default')
    .option('--history <file>', 'over what was sent before Mailwarden, in CSV or NDJSON')
    .option('--from <time>', 'stored decisions from then on, e.g. 2026-11-01', toInstant)
    .option('--to <time>', 'and before then', toInstant)
    .option('--mailbox <address>')
    .option('--campaign <name>')
    .option('--samples <n>', 'examples of each kind of change', toPositiveInteger)
    .action(async (given, command: Command) => {
      const { policy, whole, history, from, to, mailbox, campaign, samples } = given;
      const call = { policy, whole, history, from, to, mailbox, campaign, samples };
      finish(await simulate(io, globals(command), call));
    });
}

function toInstant(text: string): number {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  throw new InvalidArgumentError('Give a date such as 2026-11-01, or a time with an offset.');
}

function addPerson(program: Command, io: Io, { globals, finish }: Wiring): void {
  const person = program.command('person').description('answer a person who asks for their data');
  person
    .command('export')
    .description('write everything that is held about somebody, as JSON or as a page')
    .argument('<address>')
    .argument('<file>', 'ends in .json or .html; it must not be there yet')
    .action(async (address: string, file: string, _, command: Command) => {
      finish(await exportPerson(io, globals(command), { address, file }));
    });
  person
    .command('erase')
    .description('erase somebody for good, in every spelling of the address')
    .argument('<address>')
    .requiredOption('--reason <text>', 'why, without a name: the number of the request')
    .option('--yes', 'do it; without, only say what would go')
    .action(async (address: string, given, command: Command) => {
      const { reason, yes = false } = given;
      finish(await erasePerson(io, globals(command), { address, reason, yes }));
    });
}

type Keys = Readonly<Record<string, string>>;

function toKeys(text: string, before: Keys | undefined): Keys {
  const match = /^([^=]+)=(.+)$/.exec(text);
  if (match === null) throw new InvalidArgumentError('Give the id of the key, =, and the key.');
  return { ...before, [match[1] ?? '']: match[2] ?? '' };
}
