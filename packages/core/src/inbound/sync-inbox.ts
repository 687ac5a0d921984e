import type { Context, Mailbox } from '../context.ts';
import type { Db } from '../storage/database.ts';
import { findFolder } from './advance-folder.ts';
import { ingest } from './ingest.ts';
import { isQuarantining } from './is-quarantining.ts';

/**
 * Stores what is new in a mailbox's inbox, oldest first, and returns how many messages the server
 * gave. Each message and the folder's cursor are one transaction, so that it resumes anywhere.
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
    store: async ({ folder, uidValidity, uid, raw, receivedAt, cut = false }) => {
      // Asked for each message: a person may tighten the mode during a long first sync.
      const quarantine = await isQuarantining(db, ctx, mailbox);
      const cursor = { folder, uidValidity, lastUid: uid };
      await ingest(ctx, mailbox, raw, { folder: cursor, receivedAt, cut, quarantine });
    },
    ...(signal === undefined ? {} : { signal }),
  });
}
