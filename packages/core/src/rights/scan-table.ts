import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Db } from '../storage/database.ts';
import { DATA_MAP, type DataClass } from './data-map.ts';

/** How a table is gone through. */
interface Scan {
  /** Its primary key besides the tenant, by which its pages are cut. */
  readonly key: readonly [string, ...string[]];
  /** The column that names the message, delivery or contact that a row belongs to. */
  readonly owner?: string;
  /** A row that names the person goes whole: its words are its key, or what it is there for. */
  readonly goes?: true;
}

type WordClass = 'address' | 'text' | 'json' | 'key';
type Classes = typeof DATA_MAP;
/** The tables in which words can stand; one that is not scanned does not compile. */
type WordTable = {
  [T in keyof Classes]: Extract<Classes[T][keyof Classes[T]], WordClass> extends never ? never : T;
}[keyof Classes];

/** Every table whose words can be about anybody. */
export const SCANNED = {
  message: { key: ['id'] },
  message_revision: { key: ['message_id', 'revision'], owner: 'message_id', goes: true },
  message_id_alias: {
    ...{ key: ['mailbox', 'internet_message_id'], owner: 'message_id', goes: true },
  },
  approval: { key: ['id'], owner: 'message_id' },
  delivery: { key: ['id'], owner: 'message_id' },
  attempt: { key: ['id'], owner: 'delivery_id' },
  tag: { key: ['subject_kind', 'subject_id', 'tag'], owner: 'subject_id', goes: true },
  contact: { key: ['id'] },
  contact_import: { key: ['id'] },
  consent: { key: ['id'] },
  opt_in: { key: ['id'] },
  suppression: { key: ['id'] },
  fact_task: { key: ['id'] },
  remembered: { key: ['kind', 'value'], goes: true },
  mailbox: { key: ['address'] },
  pause: { key: ['scope', 'subject'] },
  audit_detail: { key: ['event_id'] },
} as const satisfies { readonly [T in WordTable]: Scan };

export type ScannedTable = keyof typeof SCANNED;

/** A row as it came: column to value. */
export type ScannedRow = Readonly<Record<string, unknown>>;

/** A row's primary key besides the tenant, in the order of {@link SCANNED}. */
export type RowKey = readonly (string | number)[];

/** Rows that one statement looks at: it holds up nobody, and no long snapshot is kept. */
const PAGE = 100;

const WORDS: readonly DataClass[] = [
  'address',
  'text',
  'json',
  'key',
] satisfies readonly WordClass[];

/** How a table is gone through. */
export function scanOf(table: ScannedTable): Scan {
  return SCANNED[table];
}

/** The columns of a table that hold words: what may name a person. */
export function listWordColumns(table: ScannedTable): readonly string[] {
  return Object.entries(DATA_MAP[table])
    .filter(([, dataClass]) => WORDS.includes(dataClass))
    .map(([column]) => column);
}

/** A row's primary key besides the tenant. */
export function toRowKey(table: ScannedTable, row: ScannedRow): RowKey {
  return scanOf(table).key.map((column) => row[column] as string | number);
}

/** The condition that a row is one of these. */
export function isOneOf(table: ScannedTable, keys: readonly RowKey[]): RawBuilder<unknown> {
  const columns = scanOf(table).key;
  const each = keys.map((key) => {
    const parts = columns.map((column, index) => sql`${sql.ref(column)} = ${key[index]}`);
    return sql`(${sql.join(parts, sql` and `)})`;
  });
  return sql`(${sql.join(each, sql` or `)})`;
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
  const { db } = ctx.storage;
  let last: RowKey | undefined;
  for (;;) {
    const keys = await readKeys(db, ctx.tenant, table, last);
    const [first, end] = [keys[0], keys.at(-1)];
    if (first === undefined || end === undefined) return;
    const rows = await readRows(db, ctx.tenant, { table, first, end, words });
    if (rows.length > 0) yield rows;
    last = end;
  }
}

function refsOf(table: ScannedTable): RawBuilder<unknown> {
  return sql.join(scanOf(table).key.map((column) => sql.ref(column)));
}

async function readKeys(
  db: Db,
  tenant: string,
  table: ScannedTable,
  last: RowKey | undefined,
): Promise<readonly RowKey[]> {
  const refs = refsOf(table);
  const after = last === undefined ? sql`` : sql`and (${refs}) > (${sql.join(last)})`;
  const { rows } = await sql<ScannedRow>`
    select ${refs} from ${sql.table(table)} where tenant = ${tenant} ${after}
    order by ${refs} limit ${PAGE}`.execute(db);
  return rows.map((row) => toRowKey(table, row));
}

interface Page {
  readonly table: ScannedTable;
  readonly first: RowKey;
  readonly end: RowKey;
  readonly words: readonly string[] | undefined;
}

async function readRows(
  db: Db,
  tenant: string,
  { table, first, end, words }: Page,
): Promise<readonly ScannedRow[]> {
  const refs = refsOf(table);
  const named = words === undefined ? [] : toConditions(table, words);
  const { rows } = await sql<ScannedRow>`
    select * from ${sql.table(table)}
    where tenant = ${tenant}
      and (${refs}) >= (${sql.join(first)}) and (${refs}) <= (${sql.join(end)})
    ${named.length === 0 ? sql`` : sql`and (${sql.join(named, sql` or `)})`}
    order by ${refs}`.execute(db);
  return rows;
}

function toConditions(table: ScannedTable, words: readonly string[]): RawBuilder<unknown>[] {
  const patterns = [...new Set(words.map(toPattern))];
  const conditions = listWordColumns(table).flatMap((column) =>
    patterns.map((pattern) => sql`lower(${sql.ref(column)}) like ${pattern}`),
  );
  // An attachment that was passed on is named by its message's id, not by any word.
  return table === 'message'
    ? [...conditions, sql`(direction = 'outbound' and attachments <> '[]')`]
    : conditions;
}

/** Dots and other letters may be escaped, and SQLite folds the case of ASCII alone. */
function toPattern(word: string): string {
  return `%${word.replace(/[^a-z0-9-]+/g, '%')}%`;
}
