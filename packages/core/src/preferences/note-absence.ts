import type { Context } from '../context.ts';
import { CANONICALISATION_VERSION } from '../keys/canonical-address.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { Tx } from '../storage/database.ts';

/** What somebody's program answered. */
export interface Absence {
  readonly senderId: string;
  /** Epoch ms. */
  readonly until: number;
}

/** Nothing that one automatic answer says holds marketing back for longer, ms. */
const LONGEST = 30 * 86_400_000;

/**
 * Keeps until when somebody is away, for what this sender has for them: the later of two ends, at
 * most 30 days from now. Their wishes stay as they are. The caller holds the person's lock.
 */
export async function noteAbsence(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  { canonical, keyId }: RecipientIdentity,
  { senderId, until }: Absence,
): Promise<void> {
  const now = ctx.now();
  if (until <= now) return;
  const end = Math.min(until, now + LONGEST);
  await tx
    .insertInto('preference')
    .values({
      ...{ tenant: ctx.tenant, canonical, key_id: keyId, sender_id: senderId },
      ...{ canonicalisation: CANONICALISATION_VERSION, declined_topics: '[]', away_until: end },
      ...{ paused_until: null, max_count: null, max_days: null },
      ...{ updated_by: 'recipient', updated_at: now },
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'canonical', 'sender_id']).doUpdateSet((eb) => ({
        away_until: eb
          .case()
          .when('preference.away_until', '>', end)
          .then(eb.ref('preference.away_until'))
          .else(end)
          .end(),
      })),
    )
    .execute();
}
