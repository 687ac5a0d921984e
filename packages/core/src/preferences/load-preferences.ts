import type { Context } from '../context.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { PreferenceFacts } from '../policy/facts.ts';
import type { Db } from '../storage/database.ts';
import type { PreferenceRow } from '../storage/tables/preference.ts';

/**
 * What many people asked this sender for, or any sender when none is named, under every key, in one
 * look-up; by canonical HMAC.
 */
export async function loadPreferences(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  identities: readonly Pick<RecipientIdentity, 'allCanonical'>[],
  senderId: string | undefined,
): Promise<ReadonlyMap<string, readonly PreferenceRow[]>> {
  if (identities.length === 0) return new Map();
  const query = db
    .selectFrom('preference')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where(
      'canonical',
      'in',
      identities.flatMap(({ allCanonical }) => allCanonical),
    );
  const asked = senderId === undefined ? query : query.where('sender_id', '=', senderId);
  const rows = await asked.execute();
  return Map.groupBy(rows, ({ canonical }) => canonical);
}

/** One person's rows as one wish: what any of them asks for holds. */
export function toPreferenceFacts(rows: readonly PreferenceRow[]): PreferenceFacts {
  const pauses = rows.flatMap(({ paused_until: until }) => until ?? []);
  const absences = rows.flatMap(({ away_until: until }) => until ?? []);
  const declined = rows.flatMap((row) => JSON.parse(row.declined_topics) as string[]);
  return {
    declinedTopics: [...new Set(declined)].sort(),
    maxima: rows.flatMap(({ max_count: count, max_days: days }) =>
      count === null || days === null ? [] : [{ count, days }],
    ),
    ...(pauses.length === 0 ? {} : { pausedUntil: Math.max(...pauses) }),
    ...(absences.length === 0 ? {} : { awayUntil: Math.max(...absences) }),
  };
}
