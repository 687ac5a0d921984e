import { hash } from 'node:crypto';
import type { Context, Mailbox } from '../context.ts';
import { isPassing } from '../dispatch/is-passing.ts';
import { advanceFolder } from './advance-folder.ts';
import type { InboundMessage } from './inbound-message.ts';
import { type GivenMessage, ingestTogether } from './ingest.ts';
import { parseInbound } from './parse-inbound.ts';
import { storeBatch } from './store-batch.ts';

/**
 * Stores messages that came together in one transaction. When that fails, each is stored by itself,
 * so that one bad message spoils none of its neighbours; the bad one is kept as bytes for people to
 * look at and is reported, because a message that is passed over is lost and one that is tried for
 * ever stops all mail behind it. Throws a fault that may pass; what was stored before it stays.
 */
export async function ingestBatch(
  ctx: Context,
  mailbox: Mailbox,
  messages: readonly GivenMessage[],
): Promise<void> {
  try {
    await ingestTogether(ctx, mailbox, messages);
  } catch (error) {
    if (isPassing(error)) throw error;
    const [only] = messages;
    if (only !== undefined && messages.length === 1) {
      await keepUnread(ctx, mailbox, only);
      ctx.report(error);
      return;
    }
    for (const message of messages) await ingestBatch(ctx, mailbox, [message]);
  }
}

/** Stores nothing but the bytes; nobody but a person sees them, and nothing follows from them. */
async function keepUnread(
  ctx: Context,
  mailbox: Mailbox,
  { raw, options }: GivenMessage,
): Promise<void> {
  const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw;
  const parsed = await toUnread(bytes);
  const incoming = { bytes, parsed, options: { ...options, quarantine: true } };
  await ctx.storage.unit(async (tx) => {
    if (options.folder !== undefined) await advanceFolder(tx, ctx, mailbox, options.folder);
    await storeBatch(tx, ctx, mailbox, [incoming]);
  });
}

async function toUnread(bytes: Uint8Array): Promise<InboundMessage> {
  const rawSha256 = hash('sha256', bytes);
  const nothing = await parseInbound('');
  return {
    ...nothing,
    rawSha256,
    internetMessageId: `${rawSha256}@unread.invalid`,
    loop: { signs: ['unread'], autoSubmitted: true, isBounce: false },
    defects: ['processing_failed'],
  };
}
