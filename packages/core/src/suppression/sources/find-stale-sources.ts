import type { Context } from '../../context.ts';
import type { Db } from '../../storage/database.ts';

/** The meta row that says when a source was last read to its end. */
export const sourceKey = (name: string): string => `suppression-source:${name}`;

/** Names of the configured sources that were never read to the end, or too long ago. */
export async function findStaleSources(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'settings' | 'now'>,
): Promise<readonly string[]> {
  const { suppressionSources } = ctx.settings;
  if (suppressionSources.length === 0) return [];
  const pulled = await readPulled(
    db,
    ctx.tenant,
    suppressionSources.map(({ name }) => name),
  );
  const now = ctx.now();
  return suppressionSources
    .filter(({ name, maxAge }) => {
      const at = pulled.get(name);
      // A clock that went back says nothing about how old the list is.
      return at === undefined || at > now || now - at > maxAge;
    })
    .map(({ name }) => name);
}

/** When each was last read to its end, epoch ms. */
export async function readPulled(
  db: Db,
  tenant: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('meta')
    .select(['key', 'value'])
    .where('tenant', '=', tenant)
    .where('key', 'in', names.map(sourceKey))
    .execute();
  const prefix = sourceKey('').length;
  return new Map(rows.map((row) => [row.key.slice(prefix), Number(row.value)]));
}
