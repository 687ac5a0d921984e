import type { Context } from '../context.ts';
import type { EventCursor } from '../events/event-cursor.ts';
import { readEventPage } from '../events/read-event-page.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { EventRow } from '../storage/tables/operations.ts';
import { hashEntry, hashSeal, hashTree, toEntryText, toSealedBytes } from './audit-hashes.ts';
import { type AuditHead, type AuditSeal, NO_SEAL } from './audit-seal.ts';
import { findLastSeal } from './find-last-seal.ts';
import { toAuditEntry } from './to-audit-entry.ts';

/** A seal takes no further page of events once it has this many entries. */
const ENOUGH = 1_000;
const KEY = 'audit:cursor';
const START: EventCursor = { low: 0, high: 0, seq: 0 };

/**
 * Makes audit entries of the events that are not sealed yet, in batches, each under one signed seal
 * that names the one before. Returns the newest head when something was sealed, and tells `onSeal`
 * of it. Any number of processes may seal at once: one batch is made by one of them.
 */
export async function sealAudit(ctx: Context): Promise<AuditHead | undefined> {
  let head: AuditHead | undefined;
  // Looking first keeps an idle process from taking the lock.
  while ((await readBatch(ctx, ctx.storage.db, await readCursor(ctx, ctx.storage.db))).rows[0]) {
    const sealed = await ctx.storage.unit((tx) => sealBatch(tx, ctx));
    if (sealed === undefined) break;
    head = sealed;
  }
  if (head !== undefined) await ctx.onSeal?.(head);
  return head;
}

async function sealBatch(tx: Tx, ctx: Context): Promise<AuditHead | undefined> {
  const batch = await readBatch(ctx, tx, await lockCursor(tx, ctx));
  if (batch.rows.length === 0) return undefined;
  const last = await findLastSeal(tx, ctx.tenant);
  const first = last === undefined ? 0 : last.first_place + last.entry_count;
  const leaves = await insertEntries(tx, ctx, batch.rows, first);
  const { keyId, publicKey } = ctx.keys.sealing;
  const seal: AuditSeal = {
    version: 1,
    tenant: ctx.tenant,
    number: last === undefined ? 0 : last.number + 1,
    first,
    count: leaves.length,
    root: hashTree(leaves).toString('hex'),
    previous: last?.head ?? NO_SEAL,
    at: ctx.now(),
    keyId,
    publicKey,
  };
  const head = await insertSeal(tx, ctx, seal, leaves);
  await writeCursor(tx, ctx, batch.next);
  return head;
}

interface Batch {
  readonly rows: readonly EventRow[];
  readonly next: EventCursor;
}

async function readBatch(ctx: Context, db: Db, cursor: EventCursor): Promise<Batch> {
  const rows: EventRow[] = [];
  let next = cursor;
  for (;;) {
    const page = await readEventPage(ctx, next, db);
    rows.push(...page.rows);
    next = page.next;
    if (page.done || rows.length >= ENOUGH) return { rows, next };
  }
}

/** The rows and their hashes, in order. */
async function insertEntries(
  tx: Tx,
  ctx: Context,
  rows: readonly EventRow[],
  first: number,
): Promise<readonly Buffer[]> {
  const { tenant } = ctx;
  const ids = rows.map((row) => row.id);
  const detailed = await tx
    .selectFrom('audit_detail')
    .select(['event_id', 'hmac'])
    .where('tenant', '=', tenant)
    .where('event_id', 'in', ids)
    .execute();
  const details = new Map(detailed.map((row) => [row.event_id, row.hmac]));
  const texts = rows.map((row) => toEntryText(toAuditEntry(row, details.get(row.id))));
  const entries = texts.map((entry, index) => ({
    tenant,
    place: first + index,
    event_id: ids[index] ?? '',
    entry,
  }));
  await tx.insertInto('audit_entry').values(entries).execute();
  return texts.map(hashEntry);
}

async function insertSeal(
  tx: Tx,
  ctx: Context,
  seal: AuditSeal,
  leaves: readonly Buffer[],
): Promise<AuditHead> {
  const head = hashSeal(seal);
  await tx
    .insertInto('audit_seal')
    .values({
      tenant: seal.tenant,
      number: seal.number,
      first_place: seal.first,
      entry_count: seal.count,
      root: seal.root,
      previous: seal.previous,
      head,
      sealed_at: seal.at,
      key_id: seal.keyId,
      public_key: seal.publicKey,
      signature: ctx.keys.sealing.sign(toSealedBytes(seal)),
      leaves: Buffer.concat(leaves).toString('base64url'),
    })
    .execute();
  return { number: seal.number, head, entries: seal.first + seal.count, at: seal.at };
}

async function readCursor(ctx: Context, db: Db): Promise<EventCursor> {
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('tenant', '=', ctx.tenant)
    .where('key', '=', KEY)
    .executeTakeFirst();
  return row === undefined ? START : (JSON.parse(row.value) as EventCursor);
}

/** The update that changes nothing takes the row's lock: of two sealers one waits and goes on after. */
async function lockCursor(tx: Tx, ctx: Context): Promise<EventCursor> {
  const row = await tx
    .insertInto('meta')
    .values({ tenant: ctx.tenant, key: KEY, value: JSON.stringify(START) })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'key']).doUpdateSet((eb) => ({ value: eb.ref('meta.value') })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return JSON.parse(row.value) as EventCursor;
}

async function writeCursor(tx: Tx, ctx: Context, cursor: EventCursor): Promise<void> {
  await tx
    .updateTable('meta')
    .set({ value: JSON.stringify(cursor) })
    .where('tenant', '=', ctx.tenant)
    .where('key', '=', KEY)
    .execute();
}
