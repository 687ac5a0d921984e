import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Message } from '../storage/tables/message.ts';
import { mayConcern } from './classify-message.ts';
import { type DamagedRow, eraseEach } from './damaged-rows.ts';
import { type ErasedBatch, eraseBatch } from './erase-batch.ts';
import { eraseKeyed } from './erase-keyed.ts';
import { eraseFromTable } from './erase-table.ts';
import { putOff, settle } from './erasure-retry.ts';
import type { Person } from './person.ts';
import { SCANNED, type ScannedTable, scanTable } from './scan-table.ts';

/** Messages of one unit of work: what is sent meanwhile waits for one unit at most. */
const PER_UNIT = 20;

/** An erasure that was begun. */
export interface BegunErasure {
  readonly id: string;
  /** Epoch ms; one that was begun later has to be carried out again. */
  readonly requestedAt: number;
}

/** What an erasure did. */
export interface CarriedOut extends ErasedBatch {
  /** Rows that could not be erased, as table and key. */
  readonly damaged: readonly string[];
}

/**
 * Goes through everything that is stored, page by page, and erases the person wherever they are
 * found; then marks the erasure as finished. May be cut off anywhere and run again: after `isCut`
 * says so it is left unfinished. So it is when rows are damaged: they are reported, and tried again.
 */
export async function carryOutErasure(
  ctx: Context,
  erasure: BegunErasure,
  person: Person,
  isCut: () => boolean = () => false,
): Promise<CarriedOut> {
  const { damaged: messages, ...total } = await eraseFromMessages(ctx, person, isCut);
  const damaged = [...messages];
  for (const table of Object.keys(SCANNED) as ScannedTable[]) {
    if (table === 'message') continue;
    damaged.push(...(await eraseFromTable(ctx, table, person, isCut)));
  }
  const done = { ...total, damaged: damaged.map(({ table, key }) => `${table} ${key.join(' ')}`) };
  if (isCut()) return done;
  if (damaged.length > 0) {
    await putOff(ctx, erasure.id, damaged.length);
    ctx.report(toIncomplete(erasure, done, damaged));
  } else {
    await finish(ctx, erasure, person, total);
  }
  return done;
}

function toIncomplete(
  { id }: BegunErasure,
  { damaged: rows }: CarriedOut,
  [first]: readonly DamagedRow[],
): MailwardenError {
  return new MailwardenError('ERASURE_INCOMPLETE', {
    detail: `Erasure ${id}: ${rows.join(', ')}.`,
    fields: { erasureId: id, rows },
    cause: first?.error,
  });
}

async function finish(
  ctx: Context,
  { id, requestedAt }: BegunErasure,
  person: Person,
  { messages, redacted, cancelled, sending }: ErasedBatch,
): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    // Again: a spelling may have been found under another key meanwhile.
    await eraseKeyed(tx, ctx, person);
    const at = ctx.now();
    const finished = await tx
      .updateTable('erasure')
      .set({ finished_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', id)
      .where('requested_at', '=', requestedAt)
      .returning('id')
      .executeTakeFirst();
    await settle(tx, ctx, id);
    // Somebody has begun it anew, and tells of it when that is done.
    if (finished === undefined) return;
    const data = { erasureId: id, messages, redacted, cancelled, sending: sending.length };
    await appendEvents(tx, ctx.tenant, [{ at, type: 'person.erased', actor: 'system', data }]);
  });
}

async function eraseFromMessages(
  ctx: Context,
  person: Person,
  isCut: () => boolean,
): Promise<ErasedBatch & { readonly damaged: readonly DamagedRow[] }> {
  const total = { messages: 0, redacted: 0, cancelled: 0, sending: [] as string[] };
  const damaged: DamagedRow[] = [];
  for await (const page of scanTable(ctx, 'message', person.words)) {
    if (isCut()) break;
    const keys = (page as unknown as readonly Message[])
      .filter((row) => mayConcern(row, person.matcher))
      .map(({ id }) => [id]);
    for (let at = 0; at < keys.length; at += PER_UNIT) {
      const some = keys.slice(at, at + PER_UNIT);
      const failed = await eraseEach('message', some, async (each) => {
        const ids = each.map(([id]) => String(id));
        const done = await ctx.storage.unit((tx) => eraseBatch(tx, ctx, ids, person.matcher));
        total.messages += done.messages;
        total.redacted += done.redacted;
        total.cancelled += done.cancelled;
        total.sending.push(...done.sending);
      });
      damaged.push(...failed);
    }
  }
  return { ...total, damaged };
}
