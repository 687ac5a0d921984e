import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SimulateOptions, SimulationRange, SimulationReport } from '@mailwarden/core';
import { loadPolicy } from '@mailwarden/core/policy-file';
import type { Io } from '../io.ts';
import { renderTable } from '../output/render-table.ts';
import { createStyle, type Style } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { type GlobalOptions, withWarden } from '../session.ts';
import { UsageError } from '../usage-error.ts';

/** What the command line says about a simulation. */
export interface SimulateCall extends SimulationRange {
  readonly policy: string;
  readonly whole?: true;
  readonly history?: string;
  readonly samples?: number;
}

/** Compares a policy file with the policy that runs; sends nothing, writes nothing. */
export async function simulate(
  io: Io,
  options: GlobalOptions,
  { policy: file, whole, history, samples, ...range }: SimulateCall,
): Promise<number> {
  const policy = await loadPolicy(resolve(io.cwd, file));
  const over = history === undefined ? range : { history: await open(io, history) };
  const given: SimulateOptions = {
    over,
    ...(whole === undefined ? {} : { whole }),
    ...(samples === undefined ? {} : { samples }),
  };
  const report = await withWarden(io, options, (warden) => warden.system().simulate(policy, given));
  io.stdout.write(
    options.json === true ? `${toPrintableJson({ ...report })}\n` : renderReport(io, file, report),
  );
  return 0;
}

async function open(io: Io, file: string): Promise<AsyncIterable<Uint8Array>> {
  const path = resolve(io.cwd, file);
  await access(path).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: ${String((cause as Error).message)}`);
  });
  return createReadStream(path);
}

const ASSUMED: Readonly<Record<keyof SimulationReport['assumed'], string>> = {
  template: 'believed to be transactional: in operation a person approves the template.',
  thread: 'believed to answer somebody: in operation they wrote in the thread, and it is proven.',
};

const MISSING: Readonly<Record<keyof SimulationReport['missing']['reasons'], string>> = {
  facts: 'no facts are kept: older than this version, or erased',
  content: 'the content is not what was decided on',
  thread: 'the message that was answered is gone',
  mailbox: 'the policy has no such mailbox',
  template: 'the template is gone, or does not take these variables',
  category: 'it would be marketing, about which more has to be known',
  limit: 'nobody counted what the changed limit needs',
  topic: 'consents and caps were asked for another topic, or for none',
  authentication: 'whose word to believe was settled when the mail came in',
};

function renderReport(io: Io, file: string, report: SimulationReport): string {
  const style = createStyle(io, io.stdout);
  const { decisions, same, different, recipients, simulated, running, missing } = report;
  const what = report.over === 'history' ? 'decision over the history' : 'stored decision';
  const lines = [
    `${style('title', toPrintableLine(file))}  policy ${simulated}, running ${running}`,
    `${counted(decisions, what)}: ${count(same)} the same, ${count(different)} different (${counted(recipients, 'recipient')}), ${count(missing.total)} not to be asked again`,
    ...(different === 0 ? [] : [renderEffects(report), '', renderChanges(io, style, report)]),
    ...renderNotes(style, report),
    '',
    style('soft', 'Nothing was sent and nothing was changed.'),
  ];
  return `${lines.join('\n')}\n`;
}

function renderEffects({ effects }: SimulationReport): string {
  const parts = effects.map(({ from, to, count: times }) =>
    from === to ? `${count(times)} ${from} for another reason` : `${count(times)} ${from} to ${to}`,
  );
  return parts.join(', ');
}

function renderChanges(io: Io, style: Style, { changes }: SimulationReport): string {
  const onTerminal = io.stdout.isTTY === true;
  return renderTable(
    [
      { heading: 'COUNT' },
      { heading: 'WAS', min: 20 },
      { heading: 'WOULD BE', tone: 'warn', min: 20 },
      { heading: 'FOR EXAMPLE', tone: 'soft', min: 12 },
    ],
    changes.map(({ count: times, from, fromCode, to, toCode, samples }) => [
      count(times),
      toPrintableLine(toAnswer(from, fromCode)),
      toPrintableLine(toAnswer(to, toCode)),
      samples.slice(0, 2).join(' '),
    ]),
    { width: onTerminal ? io.stdout.columns : undefined, style },
  ).trimEnd();
}

/** An allow has no reason worth its place. */
function toAnswer(effect: string, code: string): string {
  return code === 'ALLOWED' || code === 'SENT' ? code.toLowerCase() : `${effect}  ${code}`;
}

function renderNotes(style: Style, report: SimulationReport): readonly string[] {
  const { missing, outdated, unfaithful, withoutBody, failed, errors, idle, assumed } = report;
  const reasons = Object.entries(missing.reasons).map(
    ([reason, times]) => `  ${count(times)}  ${MISSING[reason as keyof typeof MISSING]}`,
  );
  return [
    ...(idle.length === 0 ? [] : ['', `Of the change, ${idle.join(', ')} decides nothing.`]),
    ...(missing.total === 0 ? [] : ['', `${count(missing.total)} cannot be asked again:`]),
    ...reasons,
    ...(outdated === 0
      ? []
      : [
          '',
          `${counted(outdated, 'decision')} of another policy that the running one would make differently already.`,
        ]),
    ...(unfaithful === 0
      ? []
      : [
          '',
          style(
            'bad',
            `${counted(unfaithful, 'decision')} that do not come out again under the policy that made them:`,
          ),
          'an own rule looks at something that is no fact, such as the clock.',
        ]),
    ...Object.entries(assumed).map(
      ([fact, times]) => `${count(times)}  ${ASSUMED[fact as keyof typeof ASSUMED]}`,
    ),
    ...(withoutBody === 0
      ? []
      : [
          '',
          `${counted(withoutBody, 'message')} without a body: rules about content saw nothing.`,
        ]),
    ...(failed === 0 ? [] : ['', `${counted(failed, 'row')} that cannot be read:`]),
    ...errors
      .slice(0, 10)
      .map(({ line, message }) => toPrintableLine(`  line ${line}  ${message}`)),
    ...(failed > 10 ? [`  … and ${count(failed - 10)} more`] : []),
  ];
}

function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
