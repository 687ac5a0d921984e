import type { Context } from '../context.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { Tx } from '../storage/database.ts';
import type { Consent } from '../storage/tables/consent.ts';
import type { Suppression } from '../storage/tables/people.ts';
import { EXPRESS_BASES } from './consent-basis.ts';
import { hasGuarantor, standingConsents } from './standing-consents.ts';

/** What the opt-in has to be newer than, and whose mail it has to cover. */
export type OlderSuppression = Pick<Suppression, 'created_at' | 'sender_id' | 'scope'>;

/**
 * Whether a person asked for marketing again, provably, after a suppression: an express consent or a
 * double opt-in with wording and evidence, given later, in force now, to every sender and for all
 * that the suppression covers. Somebody has to answer for it: the person on the confirmation page,
 * the application, or who confirmed what an agent reported. A bulk answer about a source never
 * counts, nor does an import that the application did not call proven.
 */
export async function isProvenOptInAfter(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'mailboxes' | 'now'>,
  identity: Pick<RecipientIdentity, 'allCanonical'>,
  suppression: OlderSuppression,
): Promise<boolean> {
  const senders = sendersOf(ctx, suppression);
  if (senders.length === 0) return false;
  const rows = await tx
    .selectFrom('consent')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('canonical', 'in', identity.allCanonical)
    .where('sender_id', 'in', ['', ...senders])
    .where('purpose', '=', 'marketing')
    .execute();
  const telling = rows.filter((row) => row.kind === 'withdrawal' || hasGuarantor(row));
  return senders.every((senderId) => {
    const own = telling.filter((row) => row.sender_id === '' || row.sender_id === senderId);
    return asksAgain(own, suppression, ctx.now());
  });
}

/** A suppression against everybody ends only with a yes to everybody. */
function sendersOf(
  { mailboxes }: Pick<Context, 'mailboxes'>,
  { sender_id }: OlderSuppression,
): readonly string[] {
  if (sender_id !== '') return [sender_id];
  return [...new Set([...mailboxes.values()].flatMap(({ sender }) => sender?.id ?? []))];
}

function asksAgain(
  rows: readonly Consent[],
  { created_at, scope }: OlderSuppression,
  now: number,
): boolean {
  const topic = /^topic:(.+)$/.exec(scope)?.[1];
  return standingConsents(rows, { granted: topic, refused: topic }, now).consents.some(
    ({ basis, proven, obtainedAt, expiresAt }) =>
      EXPRESS_BASES.includes(basis) &&
      proven &&
      obtainedAt > created_at &&
      (expiresAt === undefined || expiresAt > now),
  );
}
