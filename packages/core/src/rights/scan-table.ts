import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Database } from '../storage/database.ts';
import { DATA_MAP, type DataClass } from './data-map.ts';

/** The tables whose words can be about anybody, and the column by which their pages are cut. */
export const SCANNED = {
  message: 'id',
  contact: 'id',
  consent: 'id',
  suppression: 'id',
  fact_task: 'id',
  mailbox: 'address',
  audit_detail: 'event_id',
} as const satisfies { readonly [T in keyof Database]?: string };

export type ScannedTable = keyof typeof SCANNED;

/** A row as it came: column to value. */
export type ScannedRow = Readonly<Record<string, unknown>>;

/** Rows that one statement looks at: it holds up nobody, and no long snapshot is kept. */
const PAGE = 100;

const WORDS: readonly DataClass[] = ['address', 'text', 'json'];

/** The columns of a table that hold words: what may name a person. */
export function listWordColumns(table: ScannedTable): readonly string[] {
  return Object.entries(DATA_MAP[table])
    .filter(([, dataClass]) => WORDS.includes(dataClass))
    .map(([column]) => column);
}

/**
 * Reads a whole table in the order of its key and gives, page by page, the rows in which one of the
 * words stands in any case; all rows when `words` is undefined. What is added meanwhile comes last.
 */
export async function* scanTable(
  ctx: Pick<Context, 'tenant' | 'storage'>,
  table: ScannedTable,
  words: readonly string[] | undefined,
): AsyncGenerator<readonly ScannedRow[], void, undefined> {
  let last: string | undefined;
  for (;;) {
    const keys = await readKeys(ctx, table, last);
    const [first, end] = [keys[0], keys.at(-1)];
    if (first === undefined || end === undefined) return;
    const rows = await readRows(ctx, table, { first, end }, words);
    if (rows.length > 0) yield rows;
    last = end;
  }
}

async function readKeys(
  { tenant, storage }: Pick<Context, 'tenant' | 'storage'>,
  table: ScannedTable,
  last: string | undefined,
): Promise<readonly string[]> {
  const key = sql.ref(SCANNED[table]);
  const after = last === undefined ? sql`` : sql`and ${key} > ${last}`;
  const { rows } = await sql<{ key: string }>`
    select ${key} as key from ${sql.table(table)} where tenant = ${tenant} ${after}
    order by ${key} limit ${PAGE}`.execute(storage.db);
  return rows.map((row) => row.key);
}

async function readRows(
  { tenant, storage }: Pick<Context, 'tenant' | 'storage'>,
  table: ScannedTable,
  range: { readonly first: string; readonly end: string },
  words: readonly string[] | undefined,
): Promise<readonly ScannedRow[]> {
  const key = sql.ref(SCANNED[table]);
  const { rows } = await sql<ScannedRow>`
    select * from ${sql.table(table)}
    where tenant = ${tenant} and ${key} >= ${range.first} and ${key} <= ${range.end}
    ${words === undefined ? sql`` : sql`and (${sql.join(toConditions(table, words), sql` or `)})`}
    order by ${key}`.execute(storage.db);
  return rows;
}

function toConditions(table: ScannedTable, words: readonly string[]): RawBuilder<unknown>[] {
  const conditions = listWordColumns(table).flatMap((column) =>
    words.map((word) => sql`lower(${sql.ref(column)}) like ${`%${word}%`}`),
  );
  // An attachment that was passed on is named by its message's id, not by any word.
  return table === 'message'
    ? [...conditions, sql`(direction = 'outbound' and attachments <> '[]')`]
    : conditions;
}
