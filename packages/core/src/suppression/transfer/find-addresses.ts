import type { Context } from '../../context.ts';
import type { Suppression } from '../../storage/tables/people.ts';

type Covering = Pick<Suppression, 'id' | 'match' | 'hmac'>;

/**
 * The addresses of the contacts that suppressions cover, by the suppression's id. A domain names
 * nobody. A contact that was made under another key than the suppression is not recognised.
 */
export async function findAddresses(
  ctx: Pick<Context, 'tenant' | 'storage'>,
  suppressions: readonly Covering[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const hmacs = suppressions.map(({ hmac }) => hmac);
  if (hmacs.length === 0) return new Map();
  const contacts = await ctx.storage.db
    .selectFrom('contact')
    .select(['address', 'exact', 'canonical'])
    .where('tenant', '=', ctx.tenant)
    .where((eb) => eb.or([eb('exact', 'in', hmacs), eb('canonical', 'in', hmacs)]))
    .orderBy('address')
    .execute();
  const byExact = Map.groupBy(contacts, ({ exact }) => exact);
  const byCanonical = Map.groupBy(contacts, ({ canonical }) => canonical);
  return new Map(
    suppressions.map(({ id, match, hmac }) => {
      const covered = (match === 'exact' ? byExact : byCanonical).get(hmac) ?? [];
      return [id, covered.map(({ address }) => address)];
    }),
  );
}
