import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type IngestResult, ingest } from './ingest.ts';
import { isQuarantining } from './is-quarantining.ts';

/** How a message came that no inbox gave. */
export interface Came {
  /** When the server took it, epoch ms. @default now */
  readonly receivedAt?: number;
}

/**
 * Stores a message that came another way than IMAP, such as a provider's inbound webhook. Giving
 * the same bytes twice stores them once. Throws `MAILBOX_UNKNOWN`, `ARGUMENT_INVALID`,
 * `STORAGE_UNAVAILABLE`.
 */
export async function ingestRaw(
  ctx: Context,
  address: string,
  raw: Uint8Array | string,
  came: Came = {},
): Promise<IngestResult> {
  if (typeof raw !== 'string' && !(raw instanceof Uint8Array)) {
    throw new MailwardenError('ARGUMENT_INVALID', { detail: 'raw has to be text or bytes.' });
  }
  const mailbox = ctx.mailboxes.get(address.trim().toLowerCase());
  if (mailbox === undefined) {
    const choices = [...ctx.mailboxes.keys()].join(', ');
    throw new MailwardenError('MAILBOX_UNKNOWN', { detail: `They are ${choices}.` });
  }
  const quarantine = await isQuarantining(ctx.storage.db, ctx, mailbox);
  return ingest(ctx, mailbox, raw, { receivedAt: came.receivedAt ?? ctx.now(), quarantine });
}
