import type { Context } from '../../context.ts';
import { fingerprintOutbound } from '../../messages/fingerprint-outbound.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import type { Tx } from '../../storage/database.ts';
import type { SendResult } from '../outcome.ts';
import { toDuplicate } from './to-duplicate.ts';

/** The same content to the same person within this time is a duplicate, ms. */
export const DUPLICATE_WINDOW = 600_000;

/** An agent that repeats itself without a key: the last ten minutes are looked through. */
export async function findDuplicateContent(
  tx: Tx,
  ctx: Context,
  content: OutboundContent,
): Promise<SendResult | undefined> {
  const recipients = [...content.to, ...content.cc, ...content.bcc];
  const row = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', content.mailbox)
    .where(
      'recipient_canonical',
      'in',
      recipients.flatMap((address) => ctx.keys.identify(address).allCanonical),
    )
    .where('content_fingerprint', '=', fingerprintOutbound(content))
    .where('created_at', '>', ctx.now() - DUPLICATE_WINDOW)
    .where('state', 'in', ['held', 'queued', 'claimed', 'sending', 'deferred', 'sent', 'unknown'])
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toDuplicate(tx, ctx, row);
}
