import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';

/** Up to which key a kind has been swept; the empty text before the first. */
export async function readKeyCursor(
  ctx: Pick<Context, 'tenant' | 'storage'>,
  kind: string,
): Promise<string> {
  const row = await ctx.storage.db
    .selectFrom('meta')
    .select('value')
    .where('tenant', '=', ctx.tenant)
    .where('key', '=', `retention:${kind}`)
    .executeTakeFirst();
  return row?.value ?? '';
}

/** Of two processes the later one wins; what is swept twice is swept once. */
export async function writeKeyCursor(
  tx: Tx,
  { tenant }: Pick<Context, 'tenant'>,
  kind: string,
  value: string,
): Promise<void> {
  await tx
    .insertInto('meta')
    .values({ tenant, key: `retention:${kind}`, value })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doUpdateSet({ value }))
    .execute();
}

/** Ids grow with time (RFC 9562 §5.7): every id made before the instant, epoch ms, is below this. */
export function toIdBound(instant: number): string {
  const hex = Math.max(0, Math.floor(instant)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
