import type { Context } from '../context.ts';
import { parseAddress } from '../identity/address.ts';
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
 */
export async function consentAt(
  ctx: Context,
  question: ConsentQuestion,
  at: number,
): Promise<ConsentStanding> {
  const identity = ctx.keys.identify(parseAddress(question.address));
  const topic = question.topic === undefined ? undefined : parseName(question.topic, 'topic');
  const rows = await ctx.storage.db
    .selectFrom('consent')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('canonical', 'in', identity.allCanonical)
    .where('sender_id', 'in', ['', parseSender(ctx, question.senderId)])
    .where('purpose', '=', parsePurpose(question.purpose))
    .execute();
  const standing = standingConsents(rows, { granted: topic, refused: topic }, at);
  return {
    ...standing,
    consents: standing.consents.filter(
      ({ expiresAt }) => expiresAt === undefined || expiresAt > at,
    ),
  };
}
