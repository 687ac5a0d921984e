import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type IngestResult, ingest } from './ingest.ts';
import { isQuarantining } from './is-quarantining.ts';

/**
 * Stores a message that came another way than IMAP, such as a provider's inbound webhook. Giving
 * the same bytes twice stores them once. Throws `MAILBOX_UNKNOWN`, `STORAGE_UNAVAILABLE`.
 */
export async function ingestRaw(
  ctx: Context,
  address: string,
  raw: Uint8Array | string,
  options: { readonly receivedAt?: number } = {},
): Promise<IngestResult> {
  const mailbox = ctx.mailboxes.get(address.trim().toLowerCase());
  if (mailbox === undefined) {
    const choices = [...ctx.mailboxes.keys()].join(', ');
    throw new MailwardenError('MAILBOX_UNKNOWN', { detail: `They are ${choices}.` });
  }
  const quarantine = await isQuarantining(ctx.storage.db, ctx, mailbox);
  return ingest(ctx, mailbox, raw, { ...options, quarantine });
}
