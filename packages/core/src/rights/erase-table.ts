import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import { type DamagedRow, eraseEach } from './damaged-rows.ts';
import { DATA_MAP, type DataClass } from './data-map.ts';
import { deleteContactTags } from './erase-keyed.ts';
import type { Person } from './person.ts';
import {
  isOneOf,
  listWordColumns,
  type RowKey,
  type ScannedRow,
  type ScannedTable,
  scanOf,
  scanTable,
  toRowKey,
} from './scan-table.ts';

/** Takes a person out of every row of a table that names them; returns the damaged rows. */
export async function eraseFromTable(
  ctx: Context,
  table: ScannedTable,
  person: Person,
  isCut: () => boolean,
): Promise<readonly DamagedRow[]> {
  const damaged: DamagedRow[] = [];
  for await (const page of scanTable(ctx, table, person.words)) {
    if (isCut()) break;
    const keys = page
      .filter((row) => mayName(ctx, table, row, person))
      .map((row) => toRowKey(table, row));
    if (keys.length === 0) continue;
    const failed = await eraseEach(table, keys, (some) =>
      ctx.storage.unit(async (tx) => {
        // Read again, and locked: what others have written since the page was read stays.
        for (const row of await lockRows(tx, ctx, table, some)) {
          await eraseRow(tx, ctx, { table, row, person });
        }
      }),
    );
    damaged.push(...failed);
  }
  return damaged;
}

/** One that cannot even be read may. */
function mayName(ctx: Context, table: ScannedTable, row: ScannedRow, person: Person): boolean {
  try {
    return Object.keys(toPatch(ctx, table, row, person)).length > 0;
  } catch {
    return true;
  }
}

async function lockRows(
  tx: Tx,
  { tenant, storage }: Context,
  table: ScannedTable,
  keys: readonly RowKey[],
): Promise<readonly ScannedRow[]> {
  const lock = storage.capabilities.supportsRowLocks ? sql`for update` : sql``;
  const order = sql.join(scanOf(table).key.map((column) => sql.ref(column)));
  const { rows } = await sql<ScannedRow>`
    select * from ${sql.table(table)}
    where tenant = ${tenant} and ${isOneOf(table, keys)} order by ${order} ${lock}`.execute(tx);
  return rows;
}

interface RowErasure {
  readonly table: ScannedTable;
  readonly row: ScannedRow;
  readonly person: Person;
}

async function eraseRow(tx: Tx, ctx: Context, { table, row, person }: RowErasure): Promise<void> {
  const patch = Object.entries(toPatch(ctx, table, row, person));
  if (patch.length === 0) return;
  const where = sql`where tenant = ${ctx.tenant} and ${isOneOf(table, [toRowKey(table, row)])}`;
  const isTheirs = table === 'contact' && person.matcher.isPerson(String(row.address));
  if (isTheirs || scanOf(table).goes === true) {
    await sql`delete from ${sql.table(table)} ${where}`.execute(tx);
    if (isTheirs) await deleteContactTags(tx, ctx.tenant, [String(row.id)]);
    return;
  }
  // Details that read differently would be called altered; without their salt they are erased.
  const set =
    table === 'audit_detail'
      ? sql`salt = null, details = null`
      : sql.join(patch.map(([name, text]) => sql`${sql.ref(name)} = ${text}`));
  await sql`update ${sql.table(table)} set ${set} ${where}`.execute(tx);
}

/** The columns that name the person, as they read without the address. */
function toPatch(
  ctx: Context,
  table: ScannedTable,
  row: ScannedRow,
  { matcher }: Person,
): Readonly<Record<string, string>> {
  const classes: Readonly<Record<string, DataClass>> = DATA_MAP[table];
  return Object.fromEntries(
    listWordColumns(table).flatMap((column) => {
      const value = row[column];
      if (typeof value !== 'string') return [];
      const clean = matcher.redactJson(value);
      if (clean === value) return [];
      // Only its equality matters: the same call is still known as the same.
      return [[column, classes[column] === 'key' ? ctx.keys.toPseudonyms(value)[0] : clean]];
    }),
  );
}
