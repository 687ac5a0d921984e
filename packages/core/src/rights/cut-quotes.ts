import type { Context } from '../context.ts';
import type { DeliveryState } from '../deliveries/delivery-state.ts';
import { withoutQuotes } from '../inbound/new-text/without-quotes.ts';
import type { Tx } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

type CutContext = Pick<Context, 'tenant' | 'now' | 'storage'>;
type Related = Pick<
  Message,
  'id' | 'direction' | 'in_reply_to' | 'reference_ids' | 'text' | 'new_text' | 'html'
>;

/** What is still to be sent is bound to its references; it is left as it was approved. */
const DONE: readonly DeliveryState[] = [
  'sent',
  'blocked',
  'rejected',
  'failed',
  'expired',
  'cancelled',
];

/**
 * Leaves of other people's mail in the same threads what they wrote themselves: what they quote
 * below it can be the words that were erased, and a Message-ID can name whose program made it.
 */
export async function cutQuotes(
  tx: Tx,
  ctx: CutContext,
  erased: readonly Message[],
): Promise<void> {
  const threads = [...new Set(erased.map((row) => row.thread_id))];
  if (threads.length === 0) return;
  const inbound = erased.filter(({ direction }) => direction === 'inbound');
  const names = new Map(
    inbound.map((row) => [row.internet_message_id, `${row.id}@erased.invalid`]),
  );
  const cut: string[] = [];
  for (const row of await lockRelated(tx, ctx, threads)) {
    const quotes = row.direction === 'inbound' && row.new_text !== null ? toOwnWords(row) : {};
    const patch = { ...quotes, ...toRenamed(row, names) };
    if (Object.keys(patch).length === 0) continue;
    if (row.direction === 'inbound') cut.push(row.id);
    await tx
      .updateTable('message')
      .set({ ...patch, updated_at: ctx.now() })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', row.id)
      .execute();
  }
  if (cut.length === 0) return;
  await tx
    .deleteFrom('chunk')
    .where('tenant', '=', ctx.tenant)
    .where('owner_id', 'in', cut)
    .execute();
}

function lockRelated(
  tx: Tx,
  { tenant, storage }: CutContext,
  threads: readonly string[],
): Promise<Related[]> {
  const query = tx
    .selectFrom('message')
    .select(['id', 'direction', 'in_reply_to', 'reference_ids', 'text', 'new_text', 'html'])
    .where('tenant', '=', tenant)
    .where('thread_id', 'in', threads)
    .where('erased_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('delivery')
            .select('delivery.id')
            .whereRef('delivery.tenant', '=', 'message.tenant')
            .whereRef('delivery.message_id', '=', 'message.id')
            .where('delivery.state', 'not in', DONE),
        ),
      ),
    )
    .orderBy('id');
  return storage.capabilities.supportsRowLocks ? query.forUpdate().execute() : query.execute();
}

/** The new text, too, holds quoted lines where they were answered one by one. */
function toOwnWords({ text, new_text: fresh, html }: Related) {
  const own = withoutQuotes(fresh ?? '');
  return text === own && html === null ? {} : { text: own, new_text: own, html: null };
}

function toRenamed(row: Related, names: ReadonlyMap<string, string>) {
  const references = toList(row.reference_ids);
  const parent = names.get(row.in_reply_to ?? '');
  return {
    ...(parent === undefined ? {} : { in_reply_to: parent }),
    ...(references.some((name) => names.has(name))
      ? { reference_ids: JSON.stringify(references.map((name) => names.get(name) ?? name)) }
      : {}),
  };
}

/** A neighbour that is damaged keeps nothing else from being erased. */
function toList(json: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.map(String) : [];
  } catch {
    return [];
  }
}
