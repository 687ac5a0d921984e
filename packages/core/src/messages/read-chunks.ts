import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Db } from '../storage/database.ts';
import { CHUNK_BYTES } from './write-chunks.ts';

/** The bytes that `writeChunks` stored under this owner. Throws `INTERNAL` when there are none. */
export async function readChunks(db: Db, tenant: string, ownerId: string): Promise<Buffer> {
  const bytes = await findChunks(db, tenant, ownerId);
  if (bytes !== undefined) return bytes;
  throw new MailwardenError('INTERNAL', { detail: `No content is stored for ${ownerId}.` });
}

/**
 * The same, or `undefined` when nothing is stored, or not any more. With `most` bytes it reads no
 * more chunks than those are in.
 */
export async function findChunks(
  db: Db,
  tenant: string,
  ownerId: string,
  most?: number,
): Promise<Buffer | undefined> {
  const rows = await db
    .selectFrom('chunk')
    .select('data')
    .where('tenant', '=', tenant)
    .where('owner_id', '=', ownerId)
    .$if(most !== undefined, (query) =>
      query.where('seq', '<', Math.ceil((most ?? 0) / CHUNK_BYTES)),
    )
    .orderBy('seq')
    .execute();
  if (rows.length === 0) return undefined;
  return Buffer.concat(rows.map((row) => row.data)).subarray(0, most);
}
