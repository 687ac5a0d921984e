import type { Context } from '../context.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/**
 * What a delivery that was sent gets with that: mail to one person is to be copied into the Sent
 * folder, as if they had been written to from there. Marketing and campaigns would bury the rest.
 */
export function toCopy(
  ctx: Pick<Context, 'mailboxes' | 'now'>,
  { mailbox, category, campaign }: Pick<Delivery, 'mailbox' | 'category' | 'campaign'>,
): { readonly copy_due_at?: number } {
  const isBulk = category === 'marketing' || campaign !== null;
  if (isBulk || ctx.mailboxes.get(mailbox)?.copyToSent !== true) return {};
  return { copy_due_at: ctx.now() };
}
