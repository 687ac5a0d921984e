import { sql } from 'kysely';
import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';

/** The meta row that says that all refusals of before were left for the journal. */
const REFUSALS_KEY = 'suppression-journal-refusals';

/**
 * Leaves every wish and withdrawal that holds for the next flush: once per database, so that a journal
 * from before refusals were kept gets them too, and again for one that begins anew.
 */
export async function collectRefusals(
  tx: Tx,
  { tenant }: Pick<Context, 'tenant'>,
  { isNew }: { readonly isNew: boolean },
): Promise<void> {
  const first = await tx
    .insertInto('meta')
    .values({ tenant, key: REFUSALS_KEY, value: '1' })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (first === undefined && !isNew) return;
  const refusal = sql.table('refusal');
  await sql`
    insert into ${refusal} (tenant, id, kind, canonical, key_id, canonicalisation, sender_id,
      purpose, topics, paused_until, max_count, max_days, refused_at, journaled)
    select tenant, 'wish:' || updated_at || ':' || sender_id || ':' || canonical, 'preference',
      canonical, key_id, canonicalisation, sender_id, '', declined_topics, paused_until,
      max_count, max_days, updated_at, 0
    from ${sql.table('preference')}
    where tenant = ${tenant}
      and (declined_topics <> '[]' or paused_until is not null or max_count is not null)
    on conflict (tenant, id) do update set journaled = 0`.execute(tx);
  await sql`
    insert into ${refusal} (tenant, id, kind, canonical, key_id, canonicalisation, sender_id,
      purpose, topics, paused_until, max_count, max_days, refused_at, journaled)
    select tenant, id, 'withdrawal', canonical, key_id, canonicalisation, sender_id, purpose,
      topics, null, null, null, obtained_at, 0
    from ${sql.table('consent')}
    where tenant = ${tenant} and kind = 'withdrawal'
    on conflict (tenant, id) do update set journaled = 0`.execute(tx);
}
