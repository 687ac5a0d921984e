import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Db } from '../storage/database.ts';
import type { EventRow } from '../storage/tables/operations.ts';
import type { EventCursor } from './event-cursor.ts';

/** Events of one page. */
const PAGE = 200;

export interface EventPage {
  readonly rows: readonly EventRow[];
  readonly next: EventCursor;
  /** Nothing more was there when it was read. */
  readonly done: boolean;
}

/**
 * The next events in an order that never passes one over. A sequence is not commit order: on
 * PostgreSQL only transactions below the oldest open one are read, window by window, each window
 * sorted by sequence. Two changes of one delivery lock its row, so the later one always has the
 * higher sequence and never an earlier window.
 */
export async function readEventPage(
  ctx: Context,
  cursor: EventCursor,
  db: Db = ctx.storage.db,
): Promise<EventPage> {
  const source = { db, tenant: ctx.tenant };
  if (!ctx.storage.capabilities.supportsSnapshotXmin) {
    const rows = await selectAfter(source, cursor);
    return { rows, next: after(cursor, rows), done: rows.length < PAGE };
  }
  const rows = await selectAfter(source, cursor, cursor);
  if (rows.length === PAGE) return { rows, next: after(cursor, rows), done: false };
  const high = await readSnapshotXmin(db);
  const next = { low: cursor.high, high: Math.max(high, cursor.high), seq: 0 };
  return { rows, next, done: next.high === next.low };
}

function after(cursor: EventCursor, rows: readonly EventRow[]): EventCursor {
  return { ...cursor, seq: Number(rows.at(-1)?.seq ?? cursor.seq) };
}

function selectAfter(
  { db, tenant }: { readonly db: Db; readonly tenant: string },
  { seq }: EventCursor,
  window?: { readonly low: number; readonly high: number },
): Promise<EventRow[]> {
  const query = db
    .selectFrom('event')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(PAGE);
  if (window === undefined) return query.where('xact', '=', 0).execute();
  return query.where('xact', '>=', window.low).where('xact', '<', window.high).execute();
}

async function readSnapshotXmin(db: Db): Promise<number> {
  const result = await sql<{
    xmin: number;
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin`.execute(db);
  return Number(result.rows[0]?.xmin ?? 0);
}
