import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import { ERASED } from '../rights/erased.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { suppress } from '../suppression/suppress.ts';
import { REPLY_REASONS, type ReplyReason } from '../transport/reply-reasons.ts';
import { isGivenUp } from './is-given-up.ts';
import { noteAddressFailure } from './note-address-failure.ts';
import { providerKey } from './provider-key.ts';

/** What the other side said about mail that it did not take, or could not deliver. */
export interface Failure {
  readonly reason: ReplyReason;
  /** This one answer is evidence enough that the address is dead. */
  readonly isDead: boolean;
  /** `worker:<id>` for an answer to SMTP, `report:<message id>` for a report. */
  readonly source: string;
  /** Epoch ms. */
  readonly at: number;
}

/** The delivery that failed. */
export type FailedDelivery = Pick<
  Delivery,
  'id' | 'recipient' | 'recipient_exact' | 'recipient_canonical'
>;

/**
 * The one way from a failure to a suppression, for answers to SMTP and for reports. A dead address
 * is suppressed at once, as it was written; a mailbox that does not take mail when that went on for
 * weeks; what is about the message, the sender or the network never counts against anybody. Returns
 * whether somebody was suppressed.
 */
export async function recordFailure(
  tx: Tx,
  ctx: Context,
  delivery: FailedDelivery,
  { reason, isDead, source, at }: Failure,
): Promise<boolean> {
  await tx
    .updateTable('delivery')
    .set({ failure_code: reason, updated_at: ctx.now() })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', delivery.id)
    .execute();
  const { family } = REPLY_REASONS[reason];
  if (family !== 'address' && family !== 'mailbox') return false;
  // Who was erased is suppressed for good.
  if (delivery.recipient === ERASED) return false;
  const address = delivery.recipient as Address;
  if (isDead) return suppressDead(tx, ctx, address, { source, at });
  if (!(await isGivenUp(tx, ctx, delivery, at))) return false;
  const { added } = await suppress(tx, ctx, { ...toSuppression(address, source), note: GIVEN_UP });
  return added;
}

const GIVEN_UP = 'The mailbox took no mail on several days in a row.';

async function suppressDead(
  tx: Tx,
  ctx: Context,
  address: Address,
  { source, at }: Pick<Failure, 'source' | 'at'>,
): Promise<boolean> {
  const provider = providerKey(ctx, address);
  const { added } = await suppress(tx, ctx, { ...toSuppression(address, source), provider });
  if (added) await noteAddressFailure(tx, ctx, provider, at);
  return added;
}

function toSuppression(address: Address, source: string) {
  return { address, scope: 'all', reason: 'hard_bounce', source } as const;
}
