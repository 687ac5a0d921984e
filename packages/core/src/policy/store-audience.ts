import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';

const KEY = 'audience';

/** What holds until an operator says something else. */
const UNASSERTED = 'strictest';

/**
 * Records in the audit that the operator says something else than before about people whose country
 * nobody knows; what goes out on an assertion says so at its claim. Starts must follow each other.
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
  if ((row?.value ?? UNASSERTED) === unknownCountry) return;
  await tx
    .insertInto('meta')
    .values({ tenant, key: KEY, value: unknownCountry })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'key']).doUpdateSet({ value: unknownCountry }),
    )
    .execute();
  await appendEvents(tx, tenant, [
    { at, type: 'audience.asserted', actor: 'system', data: { unknownCountry } },
  ]);
}
