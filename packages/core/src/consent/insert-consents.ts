import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import { findErased } from '../rights/keep-erased.ts';
import type { Tx } from '../storage/database.ts';
import { expiryOfParsed, type ParsedConsent } from './parse-consent.ts';

/** A consent of one person. */
export type NewConsent = ParsedConsent & { readonly address: Address };

/** Who says so, and who answers for it. */
export interface ConsentSource {
  readonly reportedBy: string;
  readonly onBehalfOf?: string | undefined;
  /** Absent: it does not count before somebody confirms it. */
  readonly confirmedBy?: string;
  /** Leaves out whom this reporter has written already. */
  readonly once?: true;
  /** An import: one event tells of all of it. */
  readonly quiet?: true;
}

/** Twenty values a row: below the 32,766 bound values that SQLite takes. */
const ROWS_PER_STATEMENT = 1_000;

/**
 * Appends grants to the ledger and returns their ids; the caller holds the recipients' locks. Nobody
 * whose data was erased gets one.
 */
export async function insertConsents(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'keys' | 'now'>,
  consents: readonly NewConsent[],
  source: ConsentSource,
): Promise<readonly string[]> {
  const at = ctx.now();
  const asked = consents.map(({ address }) => address);
  const erased = await findErased(tx, ctx, asked);
  const all = consents
    .filter(({ address }) => !erased.has(address))
    .map((consent) => toRow(ctx, consent, source, at));
  const done = source.once === true ? await findDone(tx, ctx, all, source) : new Set<string>();
  const rows = all.filter(({ canonical }) => !done.has(canonical));
  if (rows.length === 0) return [];
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    const page = rows.slice(at, at + ROWS_PER_STATEMENT);
    await tx.insertInto('consent').values(page).execute();
  }
  if (source.quiet === true) return rows.map(({ id }) => id);
  const type = source.confirmedBy === undefined ? 'consent.reported' : 'consent.recorded';
  await appendEvents(
    tx,
    ctx.tenant,
    rows.map(({ id, basis }) => ({
      at,
      type,
      actor: toActor(source.reportedBy),
      data: { consentId: id, basis },
    })),
  );
  return rows.map(({ id }) => id);
}

function toActor(reportedBy: string): string {
  return reportedBy === 'recipient' || reportedBy.startsWith('agent:') ? reportedBy : 'system';
}

function toRow(
  ctx: Pick<Context, 'tenant' | 'keys'>,
  consent: NewConsent,
  source: ConsentSource,
  at: number,
) {
  const identity = ctx.keys.identify(consent.address);
  return {
    tenant: ctx.tenant,
    id: uuidv7(),
    canonical: identity.canonical,
    key_id: identity.keyId,
    canonicalisation: identity.canonicalisation,
    sender_id: consent.senderId,
    purpose: consent.purpose,
    topics: JSON.stringify(consent.topics),
    kind: 'grant' as const,
    basis: consent.basis,
    limbs: consent.limbs === undefined ? null : JSON.stringify(consent.limbs),
    balancing: consent.balancing ?? null,
    wording_version: consent.wordingVersion ?? null,
    evidence: JSON.stringify(consent.evidence),
    obtained_at: consent.obtainedAt,
    expires_at: expiryOfParsed(consent),
    reported_by: source.reportedBy,
    on_behalf_of: source.onBehalfOf ?? null,
    recorded_at: at,
    confirmed_by: source.confirmedBy ?? null,
    confirmed_at: source.confirmedBy === undefined ? null : at,
  };
}

async function findDone(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  rows: readonly { readonly canonical: string }[],
  { reportedBy }: ConsentSource,
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const found = await tx
    .selectFrom('consent')
    .select('canonical')
    .where('tenant', '=', ctx.tenant)
    .where(
      'canonical',
      'in',
      rows.map(({ canonical }) => canonical),
    )
    .where('reported_by', '=', reportedBy)
    .execute();
  return new Set(found.map(({ canonical }) => canonical));
}
