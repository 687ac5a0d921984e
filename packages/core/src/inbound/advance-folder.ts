import { sql } from 'kysely';
import type { Context, Mailbox } from '../context.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { FolderCursor } from './inbox.ts';

/** Where the sync of a folder stands; `undefined` before its first message. */
export async function findFolder(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  folder: string,
): Promise<FolderCursor | undefined> {
  const row = await db
    .selectFrom('folder')
    .select(['uid_validity', 'last_uid'])
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', mailbox.address)
    .where('folder', '=', folder)
    .executeTakeFirst();
  return row && { folder, uidValidity: row.uid_validity, lastUid: Number(row.last_uid) };
}

/** Moves a folder's cursor on; another process that is further keeps its place. */
export async function advanceFolder(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  mailbox: Mailbox,
  cursor: FolderCursor,
): Promise<void> {
  const row = {
    tenant: ctx.tenant,
    mailbox: mailbox.address,
    folder: cursor.folder,
    uid_validity: cursor.uidValidity,
    last_uid: cursor.lastUid,
    updated_at: ctx.now(),
  };
  await tx
    .insertInto('folder')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'mailbox', 'folder']).doUpdateSet((eb) => ({
        uid_validity: row.uid_validity,
        updated_at: row.updated_at,
        last_uid: eb
          .case()
          .when(
            eb.and([
              eb('folder.uid_validity', '=', row.uid_validity),
              eb('folder.last_uid', '>', row.last_uid),
            ]),
          )
          .then(eb.ref('folder.last_uid'))
          .else(sql<number>`excluded.last_uid`)
          .end(),
      })),
    )
    .execute();
}
