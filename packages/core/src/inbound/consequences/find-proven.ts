import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { findNamedMessages } from './find-named-messages.ts';
import { hasLeft } from './has-left.ts';
import { lockDeliveries } from './lock-deliveries.ts';

/** What a report or a complaint has to show. */
export interface ReportClaim {
  /** Message-ID of the mail that it says it is about, without brackets. */
  readonly internetMessageId: string | undefined;
  /** When it came, epoch ms. */
  readonly at: number;
}

/** Mail of ours that a report is shown to be about, or why it is not. */
export type Proof =
  | {
      readonly kind: 'proven';
      /** To whom it went, or may have gone, in the last 30 days; locked. */
      readonly deliveries: readonly Delivery[];
      /** The message had one recipient, so whatever came back is about that one. */
      readonly isOnly: boolean;
    }
  | { readonly kind: 'unproven'; readonly why: 'message_unnamed' | 'message_unknown' | 'too_old' };

/** A report on mail that is older proves nothing: servers give up after days, not months, ms. */
const PROOF_LIFETIME = 30 * 86_400_000;

/**
 * The one place that says whether a report may act. Whoever had our mail can name its Message-ID,
 * a stranger cannot, since it is random; and only what is younger than 30 days counts. A token in
 * the return path, which only the servers on the way get to see, is to be asked for here, first.
 */
export async function findProven(
  tx: Tx,
  ctx: Context,
  { internetMessageId, at }: ReportClaim,
): Promise<Proof> {
  if (internetMessageId === undefined) return { kind: 'unproven', why: 'message_unnamed' };
  const rows = await lockDeliveries(tx, ctx, await findMessages(tx, ctx, internetMessageId));
  const sent = rows.filter(hasLeft);
  if (sent.length === 0) return { kind: 'unproven', why: 'message_unknown' };
  const deliveries = sent.filter((row) => at - leftAt(row) <= PROOF_LIFETIME);
  if (deliveries.length === 0) return { kind: 'unproven', why: 'too_old' };
  return { kind: 'proven', deliveries, isOnly: rows.length === 1 };
}

function leftAt({ sent_at, first_attempt_at, created_at }: Delivery): number {
  return sent_at ?? first_attempt_at ?? created_at;
}

async function findMessages(tx: Tx, ctx: Context, name: string): Promise<readonly string[]> {
  return [...(await findNamedMessages(tx, ctx, [name])).values()].flat();
}
