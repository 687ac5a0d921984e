import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';
import { classifyMessage } from './classify-message.ts';
import { type ErasedBatch, eraseBatch } from './erase-batch.ts';
import { deleteContactTags, eraseKeyed } from './erase-keyed.ts';
import type { Person } from './person.ts';
import {
  listWordColumns,
  SCANNED,
  type ScannedRow,
  type ScannedTable,
  scanTable,
} from './scan-table.ts';

/** Messages of one unit of work: what is sent meanwhile waits for one unit at most. */
const PER_UNIT = 20;

/**
 * Goes through everything that is stored, page by page, and erases the person wherever they are
 * found; then marks the erasure as finished. May be cut off anywhere and run again: after `isCut`
 * says so it is left unfinished.
 */
export async function carryOutErasure(
  ctx: Context,
  erasureId: string,
  person: Person,
  isCut: () => boolean = () => false,
): Promise<ErasedBatch> {
  const total = await eraseFromMessages(ctx, person, isCut);
  for (const table of Object.keys(SCANNED) as ScannedTable[]) {
    if (table !== 'message') await eraseFromTable(ctx, table, person, isCut);
  }
  if (isCut()) return total;
  await ctx.storage.unit(async (tx) => {
    // Again: a spelling may have been found under another key meanwhile.
    await eraseKeyed(tx, ctx, person);
    const at = ctx.now();
    await tx
      .updateTable('erasure')
      .set({ finished_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', erasureId)
      .execute();
    const { messages, redacted, cancelled, sending } = total;
    const data = { erasureId, messages, redacted, cancelled, sending: sending.length };
    await appendEvents(tx, ctx.tenant, [{ at, type: 'person.erased', actor: 'system', data }]);
  });
  return total;
}

async function eraseFromMessages(
  ctx: Context,
  person: Person,
  isCut: () => boolean,
): Promise<ErasedBatch> {
  const total = { messages: 0, redacted: 0, cancelled: 0, sending: [] as string[] };
  for await (const page of scanTable(ctx, 'message', person.words)) {
    if (isCut()) break;
    const ids = (page as unknown as readonly Message[])
      .filter((row) => concerns(row, person))
      .map(({ id }) => id);
    for (let at = 0; at < ids.length; at += PER_UNIT) {
      const some = ids.slice(at, at + PER_UNIT);
      const done = await ctx.storage.unit((tx) => eraseBatch(tx, ctx, some, person.matcher));
      total.messages += done.messages;
      total.redacted += done.redacted;
      total.cancelled += done.cancelled;
      total.sending.push(...done.sending);
    }
  }
  return total;
}

function concerns(row: Message, { matcher }: Person): boolean {
  const forwards = row.direction === 'outbound' && row.attachments !== '[]';
  return forwards || classifyMessage(row, matcher) !== 'none';
}

async function eraseFromTable(
  ctx: Context,
  table: ScannedTable,
  person: Person,
  isCut: () => boolean,
): Promise<void> {
  const columns = listWordColumns(table);
  for await (const page of scanTable(ctx, table, person.words)) {
    if (isCut()) return;
    const changes = page.flatMap((row) => {
      const key = String(row[SCANNED[table]]);
      const patch = toPatch(row, columns, person);
      return Object.keys(patch).length === 0 ? [] : [{ key, patch, row }];
    });
    if (changes.length === 0) continue;
    await ctx.storage.unit(async (tx) => {
      for (const { key, patch, row } of changes) {
        await eraseRow(tx, ctx, { table, key, patch, row, person });
      }
    });
  }
}

function toPatch(
  row: ScannedRow,
  columns: readonly string[],
  { matcher }: Person,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const value = row[column];
      if (typeof value !== 'string') return [];
      const clean = matcher.redactJson(value);
      return clean === value ? [] : [[column, clean]];
    }),
  );
}

interface RowErasure {
  readonly table: ScannedTable;
  readonly key: string;
  readonly patch: Readonly<Record<string, string>>;
  readonly row: ScannedRow;
  readonly person: Person;
}

async function eraseRow(
  tx: Tx,
  ctx: Context,
  { table, key, patch, row, person }: RowErasure,
): Promise<void> {
  const where = sql`where tenant = ${ctx.tenant} and ${sql.ref(SCANNED[table])} = ${key}`;
  if (table === 'contact' && person.matcher.isPerson(String(row.address))) {
    await sql`delete from ${sql.table('contact')} ${where}`.execute(tx);
    await deleteContactTags(tx, ctx.tenant, [key]);
    return;
  }
  // Details that read differently would be called altered; without their salt they are erased.
  const set =
    table === 'audit_detail'
      ? sql`salt = null, details = null`
      : sql.join(Object.entries(patch).map(([name, text]) => sql`${sql.ref(name)} = ${text}`));
  await sql`update ${sql.table(table)} set ${set} ${where}`.execute(tx);
}
