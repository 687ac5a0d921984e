import type { Mailbox } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { WebhookOptions } from '../../webhooks/webhook-options.ts';

/** A provider that may tell us nothing reports no bounces. Throws `OPTION_INVALID`. */
export function requireReporters(
  mailboxes: ReadonlyMap<string, Mailbox>,
  webhooks: WebhookOptions = {},
): void {
  for (const { address, bounces } of mailboxes.values()) {
    if (typeof bounces !== 'object' || webhooks[bounces.webhook] !== undefined) continue;
    throw new MailwardenError('OPTION_INVALID', {
      detail: `bounces of ${address} names ${bounces.webhook}, which is not in webhooks.`,
      fields: { mailbox: address },
    });
  }
}
