import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import type { PreferenceRow } from '../../storage/tables/preference.ts';
import { lockKeys } from '../lock-recipients.ts';
import type { RefusalEntry } from './journal-entry.ts';
import { toRefusalRow } from './record-refusal.ts';

type ReplayContext = Pick<Context, 'tenant' | 'storage' | 'now'>;

/** Values of a row times these stay below the 32,766 that SQLite takes. */
const ROWS_PER_STATEMENT = 1_000;

/**
 * Makes refusals hold that this database has forgotten, and returns the ids of those. Each only adds
 * to what holds: topics are joined, the longest pause and the tightest maximum stay. What a person
 * allowed again later is in no journal, so they are asked again rather than written to.
 */
export async function replayRefusals(
  tx: Tx,
  ctx: ReplayContext,
  entries: readonly RefusalEntry[],
): Promise<ReadonlySet<string>> {
  const forgotten = new Set<string>();
  for (let at = 0; at < entries.length; at += ROWS_PER_STATEMENT) {
    const rows = entries
      .slice(at, at + ROWS_PER_STATEMENT)
      .map((entry) =>
        toRefusalRow(ctx, { ...entry, canonical: entry.hmac, refusedAt: entry.createdAt }, 1),
      );
    const added = await tx
      .insertInto('refusal')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
    for (const { id } of added) forgotten.add(id);
  }
  const replayed = entries.filter(({ id }) => forgotten.has(id));
  await lockPeople(tx, ctx, replayed);
  for (const entry of replayed) {
    if (entry.kind === 'preference') await tightenPreference(tx, ctx, entry);
    else await insertWithdrawal(tx, ctx, entry);
  }
  return forgotten;
}

/** Only the HMAC under the key of then is known, and every change locks all of a person's. */
async function lockPeople(
  tx: Tx,
  ctx: ReplayContext,
  entries: readonly RefusalEntry[],
): Promise<void> {
  const people = new Map(entries.map((entry) => [entry.hmac, entry]));
  if (people.size === 0) return;
  const canonicals = [...people.keys()].sort();
  const rows = canonicals.flatMap((canonical) => {
    const entry = people.get(canonical);
    if (entry === undefined) return [];
    const { keyId: key_id, canonicalisation } = entry;
    return [{ tenant: ctx.tenant, canonical, key_id, canonicalisation, created_at: ctx.now() }];
  });
  await tx
    .insertInto('recipient_key')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant', 'canonical']).doNothing())
    .execute();
  await lockKeys(tx, ctx, canonicals);
}

async function tightenPreference(tx: Tx, ctx: ReplayContext, entry: RefusalEntry): Promise<void> {
  const current = await tx
    .selectFrom('preference')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('canonical', '=', entry.hmac)
    .where('sender_id', '=', entry.senderId)
    .executeTakeFirst();
  const wish = { ...tighten(current, entry), updated_by: 'journal', updated_at: ctx.now() };
  await tx
    .insertInto('preference')
    .values({
      ...{ tenant: ctx.tenant, canonical: entry.hmac, sender_id: entry.senderId },
      ...{ key_id: entry.keyId, canonicalisation: entry.canonicalisation, ...wish },
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'canonical', 'sender_id']).doUpdateSet(wish),
    )
    .execute();
}

function tighten(
  current: PreferenceRow | undefined,
  { topics, pausedUntil, maximum }: RefusalEntry,
) {
  const declined = current === undefined ? [] : (JSON.parse(current.declined_topics) as string[]);
  const ends = [current?.paused_until, pausedUntil].filter((each) => each != null);
  const counts = [current?.max_count, maximum?.count].filter((each) => each != null);
  const days = [current?.max_days, maximum?.days].filter((each) => each != null);
  return {
    declined_topics: JSON.stringify([...new Set([...declined, ...topics])].sort()),
    paused_until: ends.length === 0 ? null : Math.max(...ends),
    max_count: counts.length === 0 ? null : Math.min(...counts),
    max_days: days.length === 0 ? null : Math.max(...days),
  };
}

async function insertWithdrawal(tx: Tx, ctx: ReplayContext, entry: RefusalEntry): Promise<void> {
  const at = ctx.now();
  await tx
    .insertInto('consent')
    .values({
      ...{ tenant: ctx.tenant, id: entry.id, canonical: entry.hmac, key_id: entry.keyId },
      ...{ canonicalisation: entry.canonicalisation, sender_id: entry.senderId },
      ...{ purpose: entry.purpose, topics: JSON.stringify(entry.topics) },
      ...{ kind: 'withdrawal', basis: null, evidence: '{}', obtained_at: entry.createdAt },
      ...{ reported_by: 'journal', recorded_at: at, confirmed_by: 'journal', confirmed_at: at },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
