import type { Tx } from '../storage/database.ts';

/** Bytes per row; the schema refuses more. */
export const CHUNK_BYTES = 262_144;

/** Stores bytes under a new owner: the raw message under its id, an attachment under its handle. */
export async function writeChunks(
  tx: Tx,
  tenant: string,
  ownerId: string,
  bytes: Uint8Array,
): Promise<void> {
  // Nothing is stored as one empty row, so that empty differs from missing.
  const count = Math.max(1, Math.ceil(bytes.byteLength / CHUNK_BYTES));
  for (let seq = 0; seq < count; seq++) {
    const piece = bytes.subarray(seq * CHUNK_BYTES, (seq + 1) * CHUNK_BYTES);
    const data = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    await tx.insertInto('chunk').values({ tenant, owner_id: ownerId, seq, data }).execute();
  }
}
