import type { Context } from '../../context.ts';
import { gather } from '../../dispatch/gather.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import type { AgentPrincipal } from '../../principal/principal.ts';
import type { Tx } from '../../storage/database.ts';
import type { SendResult } from '../outcome.ts';
import type { Draft } from './draft.ts';
import type { Idempotency } from './find-idempotent.ts';
import { submitAll } from './submit-all.ts';

/** One message that is ready to be decided on. */
export interface Submission {
  readonly principal: AgentPrincipal;
  readonly draft: Draft;
  readonly content: OutboundContent;
  /** What the same content to the same person is known by. */
  readonly fingerprint: string;
  readonly notices: readonly string[];
  readonly idempotency: Idempotency;
  /** Stores what belongs to the message, or says which earlier one it repeats. */
  readonly prepare?: (tx: Tx) => Promise<SendResult | undefined>;
}

/** Most submissions of one transaction: what others wait for, and below what a statement binds. */
const MOST = 200;

/**
 * Decides and records, and wakes the worker. Submissions that come at about the same time share a
 * transaction and their look-ups, and are decided on in the order in which they came; what needs a
 * transaction that it can end by itself has its own. A fault rolls all of it back; nothing was
 * decided then (P2).
 */
export function submitMessage(ctx: Context, submission: Submission): Promise<SendResult> {
  const { prepare, draft } = submission;
  if (prepare === undefined && draft.revises === undefined) return gateOf(ctx)(submission);
  return submitAlone(ctx, submission);
}

async function submitAlone(ctx: Context, submission: Submission): Promise<SendResult> {
  const [result] = await submitTogether(ctx, [submission]);
  return result as SendResult;
}

async function submitTogether(
  ctx: Context,
  submissions: readonly Submission[],
): Promise<readonly SendResult[]> {
  const results = await ctx.storage.unit((tx) => submitAll(tx, ctx, submissions));
  ctx.wake();
  return results;
}

type Gate = (submission: Submission) => Promise<SendResult>;

const gates = new WeakMap<Context, Gate>();

function gateOf(ctx: Context): Gate {
  const known = gates.get(ctx);
  if (known !== undefined) return known;
  const gate = gather(
    (submissions: readonly Submission[]) => submitTogether(ctx, submissions),
    MOST,
  );
  gates.set(ctx, gate);
  return gate;
}
