import type { Context, Mailbox } from '../context.ts';
import type { Db } from '../storage/database.ts';
import { findFolder } from './advance-folder.ts';
import type { FetchedMessage } from './inbox.ts';
import { type GivenMessage, parseAhead } from './ingest.ts';
import { ingestBatch } from './ingest-batch.ts';
import { isQuarantining } from './is-quarantining.ts';

/**
 * Stores what is new in a mailbox's inbox, oldest first, and returns how many messages the server
 * gave. Messages and the folder's cursor are one transaction, so that it resumes anywhere.
 * Throws `INBOX_UNAVAILABLE` or `STORAGE_UNAVAILABLE`; what was stored stays.
 */
export async function syncInbox(
  ctx: Context,
  mailbox: Mailbox,
  signal?: AbortSignal,
): Promise<number> {
  if (mailbox.inbox === undefined) return 0;
  const db: Db = ctx.storage.db;
  return mailbox.inbox.sync({
    cursor: (folder) => findFolder(db, ctx, mailbox, folder),
    expect: (messages) =>
      parseAhead(
        ctx,
        messages.map(({ raw }) => raw),
      ),
    store: async (messages, left = 0) => {
      // Asked for each batch: a person may tighten the mode during a long first sync.
      const quarantine = await isQuarantining(db, ctx, mailbox);
      const given = messages.map((message) => toGiven(message, quarantine));
      await ingestBatch(ctx, mailbox, given);
      if (left > 0) ctx.logger?.info('more mail is coming in', { left });
    },
    ...(signal === undefined ? {} : { signal }),
  });
}

function toGiven(message: FetchedMessage, quarantine: boolean): GivenMessage {
  const { folder, uidValidity, uid, raw, receivedAt, cut = false, sent = false } = message;
  const cursor = { folder, uidValidity, lastUid: uid };
  return { raw, options: { folder: cursor, receivedAt, cut, sent, quarantine } };
}
