import type { Tx } from '../storage/database.ts';

/** Bytes per row; the schema refuses more. */
export const CHUNK_BYTES = 262_144;

/** Bounds what one statement binds. */
const ROWS_PER_STATEMENT = 200;
const BYTES_PER_STATEMENT = 4 * 1024 * 1024;

/** What is stored: the raw message under its id, an attachment under its handle. */
export interface ChunkOwner {
  readonly ownerId: string;
  readonly bytes: Uint8Array;
}

/** Stores bytes under new owners. */
export async function writeChunks(
  tx: Tx,
  tenant: string,
  owners: readonly ChunkOwner[],
): Promise<void> {
  let rows: { tenant: string; owner_id: string; seq: number; data: Buffer }[] = [];
  let size = 0;
  for (const { ownerId, bytes } of owners) {
    // Nothing is stored as one empty row, so that empty differs from missing.
    const count = Math.max(1, Math.ceil(bytes.byteLength / CHUNK_BYTES));
    for (let seq = 0; seq < count; seq++) {
      const piece = bytes.subarray(seq * CHUNK_BYTES, (seq + 1) * CHUNK_BYTES);
      const data = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      rows.push({ tenant, owner_id: ownerId, seq, data });
      size += data.byteLength;
      if (rows.length < ROWS_PER_STATEMENT && size < BYTES_PER_STATEMENT) continue;
      await tx.insertInto('chunk').values(rows).execute();
      rows = [];
      size = 0;
    }
  }
  if (rows.length > 0) await tx.insertInto('chunk').values(rows).execute();
}
