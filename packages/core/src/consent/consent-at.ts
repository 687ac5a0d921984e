import type { Context } from '../context.ts';
import { parseAddress } from '../identity/address.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import { type SuppressibleMail, suppressionApplies } from '../suppression/suppression-applies.ts';
import { parseName, parsePurpose, parseSender } from './parse-consent.ts';
import { type ConsentStanding, standingConsents } from './standing-consents.ts';

/** Whose consent, to what. */
export interface ConsentQuestion {
  readonly address: string;
  /** A key of `senders`. @default the only sender there is */
  readonly senderId?: string;
  /** @default 'marketing' */
  readonly purpose?: string;
  /** @default only what covers the whole purpose counts */
  readonly topic?: string;
}

/**
 * What the ledger had for a person at any moment, epoch ms: the consents that counted then and had
 * not expired, and when marketing was refused. A grant that was recorded or confirmed later did
 * not count yet; a withdrawal counts from when it was made, even if it was written down later.
 * An unsubscribe and a complaint refuse all that they cover, until they were lifted.
 */
export async function consentAt(
  ctx: Context,
  question: ConsentQuestion,
  at: number,
): Promise<ConsentStanding> {
  const identity = ctx.keys.identify(parseAddress(question.address));
  const topic = question.topic === undefined ? undefined : parseName(question.topic, 'topic');
  const senderId = parseSender(ctx, question.senderId);
  const purpose = parsePurpose(question.purpose);
  const mail = { category: 'marketing', topic, senderId } as const;
  const rows = await ctx.storage.db
    .selectFrom('consent')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('canonical', 'in', identity.allCanonical)
    .where('sender_id', 'in', ['', senderId])
    .where('purpose', '=', purpose)
    .execute();
  const standing = standingConsents(rows, { granted: topic, refused: topic }, at);
  const refusedAt =
    purpose === 'marketing' ? await findRefusal(ctx, identity, mail, at) : undefined;
  if (refusedAt !== undefined) {
    return { consents: [], withdrawnAt: Math.max(refusedAt, standing.withdrawnAt ?? 0) };
  }
  return {
    ...standing,
    consents: standing.consents.filter(
      ({ expiresAt }) => expiresAt === undefined || expiresAt > at,
    ),
  };
}

/** When the person last said no by other means than a withdrawal, of what held at that moment. */
async function findRefusal(
  ctx: Context,
  { allExact, allCanonical }: RecipientIdentity,
  mail: SuppressibleMail,
  at: number,
): Promise<number | undefined> {
  const rows = await ctx.storage.db
    .selectFrom('suppression')
    .select(['scope', 'sender_id as senderId', 'created_at'])
    .where('tenant', '=', ctx.tenant)
    .where('hmac', 'in', [...allExact, ...allCanonical])
    .where('reason', 'in', ['unsubscribe', 'complaint'])
    .where('created_at', '<=', at)
    .where((eb) => eb.or([eb('lifted_at', 'is', null), eb('lifted_at', '>', at)]))
    .orderBy('created_at', 'desc')
    .execute();
  return rows.find((row) => suppressionApplies(row, mail))?.created_at;
}
