import type { ConsentSource, NewConsent } from '../../consent/insert-consents.ts';
import type { Context } from '../../context.ts';
import type { RecipientIdentity } from '../../keys/key-ring.ts';
import type { Tx } from '../../storage/database.ts';
import type { Consent } from '../../storage/tables/consent.ts';

/** A consent of a row, and whose it is. */
export interface GrantedConsent {
  readonly consent: NewConsent;
  readonly identity: RecipientIdentity;
}

/**
 * Leaves out the consents that the ledger has already, by person, sender, basis, time, topics and
 * wording: reading a file again adds none. One that nobody has confirmed, or that only an import
 * says while this one answers for it, is not the same.
 */
export async function findNewConsents(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  granted: readonly GrantedConsent[],
  { confirmedBy }: ConsentSource,
): Promise<readonly NewConsent[]> {
  if (granted.length === 0) return [];
  const people = new Set(granted.flatMap(({ identity }) => identity.allCanonical));
  const rows = await tx
    .selectFrom('consent')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('canonical', 'in', [...people])
    .where('kind', '=', 'grant')
    .where('confirmed_at', 'is not', null)
    .execute();
  const known = new Set(
    rows
      .filter((row) => confirmedBy !== 'system' || row.confirmed_by === 'system')
      .map((row) => keyOf(row.canonical, toGrant(row))),
  );
  return granted.flatMap(({ consent, identity }) => {
    const grant = { ...consent, wordingVersion: consent.wordingVersion ?? null };
    const keys = identity.allCanonical.map((canonical) => keyOf(canonical, grant));
    if (keys.some((key) => known.has(key))) return [];
    for (const key of keys) known.add(key);
    return [consent];
  });
}

type Grant = Pick<NewConsent, 'senderId' | 'purpose' | 'obtainedAt' | 'topics'> & {
  readonly basis: Consent['basis'];
  readonly wordingVersion: string | null;
};

function toGrant(row: Consent): Grant {
  return {
    senderId: row.sender_id,
    purpose: row.purpose,
    basis: row.basis,
    obtainedAt: row.obtained_at,
    topics: JSON.parse(row.topics) as string[],
    wordingVersion: row.wording_version,
  };
}

function keyOf(canonical: string, grant: Grant): string {
  const { senderId, purpose, basis, obtainedAt, topics, wordingVersion } = grant;
  return JSON.stringify([
    ...[canonical, senderId, purpose, basis, obtainedAt, wordingVersion],
    ...topics.toSorted(),
  ]);
}
