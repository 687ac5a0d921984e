import type { Context } from '../../context.ts';
import type { Address } from '../../identity/address.ts';
import { ERASED } from '../../rights/erased.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { isSharedReport } from '../../suppression/is-shared-report.ts';
import { suppress } from '../../suppression/suppress.ts';
import type { ReportSource } from './report-source.ts';
import { stampDelivery } from './stamp-delivery.ts';

/** A complaint about one delivery; `type` as in RFC 5965 §7.3. */
export interface Complaint {
  readonly delivery: Delivery;
  readonly type: string;
}

/** Whether a feedback type is one: not its opposite, nor what a server thought of our DKIM. */
export function isComplaint(type: string): boolean {
  return type !== 'not-spam' && type !== 'auth-failure';
}

/**
 * Marks the delivery and stops marketing, of every sender, to whom *we* wrote. A delivery is
 * complained of once, but for a better source than a report that several people can have written.
 * Returns whether somebody was suppressed.
 */
export async function markComplained(
  tx: Tx,
  ctx: Context,
  by: ReportSource,
  { delivery, type }: Complaint,
): Promise<boolean> {
  if (delivery.complained_at === null) {
    await stampDelivery(tx, ctx, delivery, {
      times: { complained_at: by.at },
      type: 'delivery.complained',
      data: { ...by.data, feedback: KNOWN.has(type) ? type : 'other' },
      actor: 'recipient',
    });
  } else if (isSharedReport(by.source) || (await isKnownBetter(tx, ctx, delivery))) return false;
  // Who was erased is suppressed for good.
  if (delivery.recipient === ERASED) return false;
  const { added } = await suppress(tx, ctx, {
    address: delivery.recipient as Address,
    scope: 'marketing',
    reason: 'complaint',
    source: by.source,
  });
  return added;
}

/** Whether this person's complaint, lifted since or not, came from somewhere else as well. */
async function isKnownBetter(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  { recipient_canonical }: Delivery,
): Promise<boolean> {
  const rows = await tx
    .selectFrom('suppression')
    .select('source')
    .where('tenant', '=', ctx.tenant)
    .where('hmac', '=', recipient_canonical)
    .where('reason', '=', 'complaint')
    .execute();
  return rows.length === 0 || rows.some(({ source }) => !isSharedReport(source));
}

/** RFC 5965 §7.3; other words come from outside and stay out of events. */
const KNOWN: ReadonlySet<string> = new Set(['abuse', 'fraud', 'virus', 'other']);
