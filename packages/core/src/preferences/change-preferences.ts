import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { appendEvents, type NewEvent } from '../events/append-event.ts';
import { wakeWaiting } from '../frequency/wake-waiting.ts';
import type { Address } from '../identity/address.ts';
import { CANONICALISATION_VERSION } from '../keys/canonical-address.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import { findErased } from '../rights/keep-erased.ts';
import type { Tx } from '../storage/database.ts';
import type { PreferenceRow } from '../storage/tables/preference.ts';
import { type NewRefusal, recordRefusal } from '../suppression/journal/record-refusal.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { toPreferenceFacts } from './load-preferences.ts';
import type { Wish } from './wish.ts';

/** The part of the context that changing preferences uses. */
export type PreferenceContext = Pick<Context, 'tenant' | 'keys' | 'now' | 'storage'>;

/** Whose wish it is, of which senders, and who says so. */
export interface PreferenceChange {
  readonly address: Address;
  readonly senderIds: readonly string[];
  /** `recipient`, `system`, `agent:<id>`. */
  readonly actor: string;
  /** What was answered, when it was mail. */
  readonly about?: Pick<NewEvent, 'mailbox' | 'messageId' | 'deliveryId'>;
}

/**
 * Reads a person's wish of each sender, changes it and stores it, after waiting for sends to this
 * person that are being decided; what waits for them looks again. What `change` throws is thrown,
 * and nothing changes then. Returns the last one.
 */
export async function changePreferences(
  tx: Tx,
  ctx: PreferenceContext,
  change: PreferenceChange,
  toNext: (current: Wish) => Wish,
): Promise<Wish | undefined> {
  const identity = ctx.keys.identify(change.address);
  await lockRecipients(tx, ctx, [identity]);
  let wish: Wish | undefined;
  for (const senderId of change.senderIds) {
    wish = await changeOne(tx, ctx, identity, { ...change, senderId, toNext });
  }
  await wakeWaiting(tx, ctx, identity.allCanonical);
  return wish;
}

async function changeOne(
  tx: Tx,
  ctx: PreferenceContext,
  identity: RecipientIdentity,
  one: PreferenceChange & {
    readonly senderId: string;
    readonly toNext: (current: Wish) => Wish;
  },
): Promise<Wish> {
  const { address, senderId, actor, about, toNext } = one;
  const rows = await takeRows(tx, ctx, identity, senderId);
  const current = toWish(rows, ctx.now());
  const wish = toNext(current);
  const { awayUntil = 0 } = toPreferenceFacts(rows);
  const isAway = awayUntil > ctx.now();
  if (hasWish(wish) || isAway) {
    await insertWish(tx, ctx, identity, {
      ...{ senderId, actor, wish },
      awayUntil: isAway ? awayUntil : null,
    });
  }
  if (JSON.stringify(wish) === JSON.stringify(current)) return wish;
  if (hasWish(wish)) await recordRefusal(tx, ctx, toRefusal(ctx, identity, senderId, wish));
  const erased = (await findErased(tx, ctx, [address])).size > 0;
  await appendEvents(tx, ctx.tenant, [
    {
      at: ctx.now(),
      type: 'preferences.changed',
      actor,
      ...about,
      data: toEventData(wish, senderId),
      details: erased ? {} : { address },
      person: identity.canonical,
    },
  ]);
  return wish;
}

/** Under every key; the first one's takes their place. */
async function takeRows(
  tx: Tx,
  ctx: PreferenceContext,
  { allCanonical }: RecipientIdentity,
  senderId: string,
): Promise<readonly PreferenceRow[]> {
  return await tx
    .deleteFrom('preference')
    .where('tenant', '=', ctx.tenant)
    .where('canonical', 'in', allCanonical)
    .where('sender_id', '=', senderId)
    .returningAll()
    .execute();
}

function toWish(rows: readonly PreferenceRow[], now: number): Wish {
  const { declinedTopics, maxima, pausedUntil } = toPreferenceFacts(rows);
  const [maximum] = maxima.toSorted((a, b) => a.count / a.days - b.count / b.days);
  const over = pausedUntil === undefined || pausedUntil <= now;
  return { declinedTopics, pausedUntil: over ? undefined : pausedUntil, maximum };
}

function hasWish({ declinedTopics, pausedUntil, maximum }: Wish): boolean {
  return declinedTopics.length > 0 || pausedUntil !== undefined || maximum !== undefined;
}

/** A wish that was taken back in part is journaled as what is left of it. */
function toRefusal(
  ctx: PreferenceContext,
  { canonical, keyId }: RecipientIdentity,
  senderId: string,
  { declinedTopics, pausedUntil, maximum }: Wish,
): NewRefusal {
  return {
    ...{ id: uuidv7(), kind: 'preference', canonical, keyId, senderId, purpose: '' },
    ...{ canonicalisation: CANONICALISATION_VERSION, topics: declinedTopics, pausedUntil, maximum },
    refusedAt: ctx.now(),
  };
}

async function insertWish(
  tx: Tx,
  ctx: PreferenceContext,
  { canonical, keyId }: RecipientIdentity,
  row: {
    readonly senderId: string;
    readonly actor: string;
    readonly wish: Wish;
    readonly awayUntil: number | null;
  },
): Promise<void> {
  const { declinedTopics, pausedUntil, maximum } = row.wish;
  await tx
    .insertInto('preference')
    .values({
      ...{ tenant: ctx.tenant, canonical, key_id: keyId, sender_id: row.senderId },
      canonicalisation: CANONICALISATION_VERSION,
      declined_topics: JSON.stringify(declinedTopics),
      paused_until: pausedUntil ?? null,
      away_until: row.awayUntil,
      max_count: maximum?.count ?? null,
      max_days: maximum?.days ?? null,
      updated_by: row.actor,
      updated_at: ctx.now(),
    })
    .execute();
}

function toEventData({ declinedTopics, pausedUntil, maximum }: Wish, senderId: string) {
  return {
    declined: declinedTopics.join(' '),
    senderId,
    ...(pausedUntil === undefined ? {} : { pausedUntil }),
    ...(maximum === undefined ? {} : { maximum: `${maximum.count}/${maximum.days}` }),
  };
}
