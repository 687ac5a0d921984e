import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Db } from '../storage/database.ts';

/** The bytes that `writeChunks` stored under this owner. Throws `INTERNAL` when there are none. */
export async function readChunks(db: Db, tenant: string, ownerId: string): Promise<Buffer> {
  const rows = await db
    .selectFrom('chunk')
    .select('data')
    .where('tenant', '=', tenant)
    .where('owner_id', '=', ownerId)
    .orderBy('seq')
    .execute();
  if (rows.length === 0) {
    throw new MailwardenError('INTERNAL', { detail: `No content is stored for ${ownerId}.` });
  }
  return Buffer.concat(rows.map((row) => row.data));
}
