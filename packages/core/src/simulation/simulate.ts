import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { PolicyOptions } from '../options.ts';
import { REPLAYED } from '../policy/replay/replay-facts.ts';
import { objectOf } from '../shapes/object-of.ts';
import { findIssues } from '../shapes/require-shape.ts';
import { number, text } from '../shapes/scalar-shapes.ts';
import type { HistorySource } from './read-history.ts';
import { replayDecisions } from './replay-decisions.ts';
import { replayHistory } from './replay-history.ts';
import type { SimulationRange } from './scan-decisions.ts';
import type { SimulationReport } from './simulation-report.ts';
import { SimulationTally } from './simulation-tally.ts';

export interface SimulateOptions {
  /** Stored decisions, all or some, or what was sent before Mailwarden. @default all stored ones */
  readonly over?: SimulationRange | { readonly history: HistorySource };
  /** The policy given is all of it; what it does not say has its default. @default false: a change */
  readonly whole?: boolean;
  /** How many examples of each kind of change. @default 5 */
  readonly samples?: number;
}

const RANGE = objectOf<SimulationRange>('Which stored decisions.', {
  from: number('Epoch ms.', { least: 0 }),
  to: number('Epoch ms.', { least: 0 }),
  mailbox: text('An address.'),
  campaign: text('A name.'),
});

/**
 * Says who would have been decided differently under another policy. Reads only: nothing is sent,
 * nothing is written. What people decided is left aside: the two policies' own answers are compared.
 * Throws `OPTION_UNKNOWN`, `OPTION_INVALID` for the policy, `ARGUMENT_INVALID` for the range.
 */
export async function simulate(
  ctx: Context,
  change: PolicyOptions,
  { over = {}, whole = false, samples = 5 }: SimulateOptions = {},
): Promise<SimulationReport> {
  const changed = ctx.resolveChange(change, whole);
  const { settings, mailboxes, templates, policy } = ctx;
  const running = { settings, mailboxes, templates, policy };
  const tally = new SimulationTally(samples);
  const isHistory = 'history' in over;
  if (isHistory) await replayHistory(ctx, changed, { history: over.history, tally });
  else {
    checkRange(over);
    await replayDecisions(ctx, { running, changed }, { range: over, tally });
  }
  return tally.report({
    over: isHistory ? 'history' : 'stored',
    running: running.policy.version,
    simulated: changed.policy.version,
    idle: Object.keys(change).filter((name) => REPLAYED[name as keyof PolicyOptions] === 'nothing'),
  });
}

function checkRange(range: SimulationRange): void {
  const [issue] = findIssues(RANGE, range);
  if (issue === undefined) return;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `over: ${issue.message}`,
    fields: { argument: 'over' },
  });
}
