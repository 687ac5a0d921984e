import type { Context } from '../context.ts';
import type { Db } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { REPLY_REASONS } from '../transport/reply-reasons.ts';
import type { FailedDelivery } from './record-failure.ts';

const DAY_MS = 86_400_000;

/**
 * When a mailbox that only says "not now" counts as given up. In the field it takes between 3 and 7
 * failures in a row; five, each on a day of its own and over two weeks, outlasts a holiday with a
 * full mailbox, and somebody who gets a newsletter a week is still found within five weeks.
 */
export const GIVE_UP = {
  /** Days, in UTC, on which mail failed, without one in between that arrived. */
  days: 5,
  /** From the first of them to the last, ms. */
  span: 14 * DAY_MS,
  /** What failed longer ago does not count, ms. */
  memory: 180 * DAY_MS,
  /** Mail of which nothing came back for so long has arrived, ms (RFC 5321 §4.5.4.1: 4–5 days). */
  settled: 5 * DAY_MS,
} as const;

/**
 * Whether the mailbox of this address has failed to take mail for so long that it counts as dead.
 * Asked of the deliveries themselves, so that the order in which reports come does not matter.
 */
export async function isGivenUp(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'mailboxes'>,
  { recipient_exact, recipient_canonical }: FailedDelivery,
  at: number,
): Promise<boolean> {
  const rows = await db
    .selectFrom('delivery')
    .select(['state', 'failure_code', 'first_attempt_at', 'sent_at'])
    .select(['bounced_at', 'delivered_at', 'replied_at'])
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', 'in', [...ctx.mailboxes.keys()])
    .where('recipient_canonical', '=', recipient_canonical)
    .where('recipient_exact', '=', recipient_exact)
    .where('first_attempt_at', '>=', at - GIVE_UP.memory)
    .execute();
  rows.sort((a, b) => (b.first_attempt_at ?? 0) - (a.first_attempt_at ?? 0));
  const failed: number[] = [];
  for (const row of rows) {
    if (hasArrived(row, at)) break;
    if (isSoft(row)) failed.push(row.first_attempt_at ?? 0);
  }
  const days = new Set(failed.map((time) => Math.floor(time / DAY_MS)));
  const span = (failed[0] ?? 0) - (failed.at(-1) ?? 0);
  return days.size >= GIVE_UP.days && span >= GIVE_UP.span;
}

type Account = Pick<
  Delivery,
  'state' | 'failure_code' | 'sent_at' | 'bounced_at' | 'delivered_at' | 'replied_at'
>;

function hasArrived(row: Account, at: number): boolean {
  if (row.delivered_at !== null || row.replied_at !== null) return true;
  if (row.state !== 'sent' || row.bounced_at !== null) return false;
  return row.sent_at !== null && row.sent_at <= at - GIVE_UP.settled;
}

/** About the mailbox, or about the address without proof that it is dead. */
function isSoft({ failure_code }: Account): boolean {
  if (failure_code === null) return false;
  const { family } = REPLY_REASONS[failure_code];
  return family === 'mailbox' || family === 'address';
}
