import type { Context } from '../../context.ts';
import type { DecideResult } from '../../operations/results.ts';
import type { Tx } from '../../storage/database.ts';
import type { Message } from '../../storage/tables/message.ts';
import { recordOutcomes } from './record-outcomes.ts';

/** Counts a decision on one message, as it was before it. What is held again has not ended. */
export async function recordReviewed(
  tx: Tx,
  ctx: Context,
  message: Message,
  result: Pick<DecideResult, 'state' | 'revision'>,
): Promise<void> {
  const outcome = toOutcome(result);
  if (outcome === undefined) return;
  await recordOutcomes(tx, ctx, { message, subject: message.id, outcome });
}

/** What somebody edited before it was approved was not right as it was. */
function toOutcome({
  state,
  revision,
}: Pick<DecideResult, 'state' | 'revision'>): 'approved' | 'edited' | 'rejected' | undefined {
  if (state === 'rejected') return 'rejected';
  if (state !== 'queued') return undefined;
  return revision > 1 ? 'edited' : 'approved';
}
