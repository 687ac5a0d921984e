import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { ERASED } from './erased.ts';

/** Bound values of one statement. */
const PER_STATEMENT = 1_000;

type ErasureContext = Pick<Context, 'tenant' | 'now' | 'keys'>;

/**
 * Empties what deliveries say in words, and replaces recipients that are meant. A caller's own key
 * becomes its HMAC: the same call is still a duplicate, and nobody can read whom it was about.
 */
export async function eraseDeliveries(
  tx: Tx,
  ctx: ErasureContext,
  {
    messageIds,
    isPerson,
  }: { readonly messageIds: readonly string[]; readonly isPerson: (address: string) => boolean },
): Promise<void> {
  const { tenant } = ctx;
  const rows = await tx
    .selectFrom('delivery')
    .select(['id', 'recipient', 'idempotency_key', 'request_digest'])
    .where('tenant', '=', tenant)
    .where('message_id', 'in', messageIds)
    .execute();
  for (const row of rows) {
    await tx
      .updateTable('delivery')
      .set({
        reason: ERASED,
        copy_due_at: null,
        ...(isPerson(row.recipient) ? toNobody(ctx, row) : {}),
      })
      .where('tenant', '=', tenant)
      .where('id', '=', row.id)
      .execute();
  }
  const ids = rows.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += PER_STATEMENT) {
    await eraseAround(tx, tenant, ids.slice(at, at + PER_STATEMENT));
  }
  await tx
    .updateTable('audit_detail')
    .set({ salt: null, details: null })
    .where('tenant', '=', tenant)
    .where('details', 'is not', null)
    .where('event_id', 'in', (eb) =>
      eb
        .selectFrom('event')
        .select('event.id')
        .where('event.tenant', '=', tenant)
        .where('event.message_id', 'in', messageIds)
        .where('event.delivery_id', 'is', null),
    )
    .execute();
}

function toNobody(
  ctx: ErasureContext,
  row: Pick<Delivery, 'idempotency_key' | 'request_digest'>,
): Pick<Delivery, 'recipient' | 'idempotency_key' | 'request_digest'> {
  const { idempotency_key: key, request_digest: digest } = row;
  return {
    recipient: ERASED,
    idempotency_key: key === null ? null : ctx.keys.toPseudonyms(key)[0],
    request_digest: ctx.keys.toPseudonyms(digest)[0],
  };
}

async function eraseAround(tx: Tx, tenant: string, deliveryIds: readonly string[]): Promise<void> {
  await tx
    .updateTable('attempt')
    .set({ reply_text: null })
    .where('tenant', '=', tenant)
    .where('delivery_id', 'in', deliveryIds)
    .execute();
  await tx
    .updateTable('audit_detail')
    .set({ salt: null, details: null })
    .where('tenant', '=', tenant)
    .where('details', 'is not', null)
    .where('event_id', 'in', (eb) =>
      eb
        .selectFrom('event')
        .select('event.id')
        .where('event.tenant', '=', tenant)
        .where('event.delivery_id', 'in', deliveryIds),
    )
    .execute();
}
