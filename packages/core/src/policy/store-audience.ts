import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';

const KEY = 'audience';

/**
 * Records in the audit that the operator says something else about people whose country nobody
 * knows. The first start changes nothing; what goes out on an assertion says so at its claim.
 */
export async function storeAudience(
  tx: Tx,
  tenant: string,
  { unknownCountry }: { readonly unknownCountry: string },
  at: number,
): Promise<void> {
  const row = await tx
    .selectFrom('meta')
    .select('value')
    .where('tenant', '=', tenant)
    .where('key', '=', KEY)
    .executeTakeFirst();
  if (row?.value === unknownCountry) return;
  await tx
    .insertInto('meta')
    .values({ tenant, key: KEY, value: unknownCountry })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'key']).doUpdateSet({ value: unknownCountry }),
    )
    .execute();
  if (row === undefined) return;
  await appendEvents(tx, tenant, [
    { at, type: 'audience.asserted', actor: 'system', data: { unknownCountry } },
  ]);
}
