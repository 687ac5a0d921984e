import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { RecipientOutcome } from '../transport/classify-result.ts';
import { findRelayId } from '../transport/relays/find-relay-id.ts';

/** What a server said about one delivery. */
export interface Accepted {
  readonly delivery: Pick<Delivery, 'mailbox' | 'message_id'>;
  readonly outcome: RecipientOutcome;
}

/**
 * Keeps the ids that relays gave to messages: some put them into Message-ID, so that answers and
 * reports name nothing else, and signed events do too.
 */
export async function recordRelayIds(
  tx: Tx,
  ctx: Context,
  answers: readonly Accepted[],
): Promise<void> {
  const aliases = answers.flatMap(({ delivery: { mailbox, message_id }, outcome }) => {
    if (outcome.outcome !== 'sent' || outcome.reply === undefined) return [];
    const id = findRelayId(ctx.mailboxes.get(mailbox)?.transport?.relay, outcome.reply);
    if (id === undefined) return [];
    return [{ tenant: ctx.tenant, mailbox, internet_message_id: id, message_id }];
  });
  if (aliases.length === 0) return;
  await tx
    .insertInto('message_id_alias')
    .values(aliases)
    // The recipients of one envelope share one id.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
