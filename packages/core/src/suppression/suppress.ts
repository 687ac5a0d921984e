import type { ExpressionBuilder } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { appendEvents, type NewEvent } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import { CANONICALISATION_VERSION } from '../keys/canonical-address.ts';
import { findErasures } from '../rights/find-erasures.ts';
import type { Database, Tx } from '../storage/database.ts';
import type { SuppressionReason } from '../storage/tables/people.ts';
import { insertSuppressions, type SuppressionRow } from './insert-suppressions.ts';
import { isSharedReport } from './is-shared-report.ts';
import { lockEverybody, lockRecipients } from './lock-recipients.ts';
import { parseScope } from './parse-scope.ts';
import type { SuppressionContext } from './suppression-context.ts';

/** What must not be written, by whom, and why. */
interface SuppressionDetails {
  /** `all`, `marketing` or `topic:<id>`; anything else throws `ARGUMENT_INVALID`. */
  readonly scope: string;
  /** The sender it holds against. @default every sender */
  readonly senderId?: string | undefined;
  readonly reason: SuppressionReason;
  /** `one-click`, `page`, `agent:<id>`, `reviewer:<id>`, `system`, `import:<format>` … */
  readonly source: string;
  readonly note?: string | undefined;
  /** Of a hard bounce: the key of the mailbox provider, see `providerKey`. */
  readonly provider?: string | undefined;
}

/** Who must not be written to, what with, by whom, and why. */
export interface NewSuppression extends SuppressionDetails {
  readonly address: Address;
}

/** The same for everybody at a domain and the domains below it. */
export interface NewDomainSuppression extends SuppressionDetails {
  /** As an {@link Address} has it: lower-case ASCII. */
  readonly domain: string;
}

/** What became of it; `added` is false when a row said the same already. */
export interface Suppressed {
  readonly id: string;
  readonly added: boolean;
}

/**
 * Records a suppression after waiting for sends to this person that are being decided. A row that
 * says the same already stays as it is. The reason is part of "the same": an unsubscribe beside a
 * `manual` row is kept, since the manual one can be lifted and the unsubscribe cannot.
 */
export async function suppress(
  tx: Tx,
  ctx: SuppressionContext,
  input: NewSuppression,
): Promise<Suppressed> {
  const identity = ctx.keys.identify(input.address);
  // A hard bounce is about one spelling: alice+x@ may not exist where alice@ does.
  const match = input.reason === 'hard_bounce' ? 'exact' : 'canonical';
  await lockRecipients(tx, ctx, [identity]);
  const hmacs = match === 'exact' ? identity.allExact : identity.allCanonical;
  const held = { match, hmacs, keyId: identity.keyId } as const;
  // What was erased is not written down again.
  if ((await findErasures(tx, ctx.tenant, [identity]))(identity) !== undefined) {
    return record(tx, ctx, { ...input, note: undefined }, { ...held, erasable: {} });
  }
  const details = { address: input.address, ...noteOf(input) };
  const erasable = { details, person: identity.canonical };
  return record(tx, ctx, input, { ...held, erasable });
}

/**
 * The same for somebody of whom only the HMAC is left, as it was stored with a delivery: a link in
 * old mail still works.
 */
export async function suppressCanonical(
  tx: Tx,
  ctx: SuppressionContext,
  input: SuppressionDetails & { readonly canonical: string },
): Promise<Suppressed> {
  const { canonical } = input;
  const allCanonical = [canonical];
  await lockRecipients(tx, ctx, [{ allCanonical, canonicalisation: CANONICALISATION_VERSION }]);
  const key = await tx
    .selectFrom('recipient_key')
    .select('key_id')
    .where('tenant', '=', ctx.tenant)
    .where('canonical', '=', canonical)
    .executeTakeFirstOrThrow();
  const held = { match: 'canonical', hmacs: [canonical], keyId: key.key_id } as const;
  return record(tx, ctx, input, { ...held, erasable: {} });
}

/**
 * Records a suppression of everybody at a domain, after waiting for every send that is being
 * decided. A row that says the same already stays as it is.
 */
export async function suppressDomain(
  tx: Tx,
  ctx: SuppressionContext,
  input: NewDomainSuppression,
): Promise<Suppressed> {
  const hmacs = ctx.keys.identifyDomain(input.domain);
  await lockEverybody(tx, ctx);
  const keyId = ctx.keys.fingerprints[0]?.keyId ?? '';
  return record(tx, ctx, input, {
    match: 'domain',
    hmacs,
    keyId,
    erasable: { details: noteOf(input) },
  });
}

interface Held {
  readonly match: SuppressionRow['match'];
  /** Under every key; the first is stored. */
  readonly hmacs: readonly string[];
  readonly keyId: string;
  /** What the audit keeps apart, to be erased with the person. */
  readonly erasable: Pick<NewEvent, 'details' | 'person'>;
}

function noteOf({ note }: SuppressionDetails): { readonly note?: string } {
  return note === undefined ? {} : { note };
}

async function record(
  tx: Tx,
  ctx: SuppressionContext,
  input: SuppressionDetails,
  { match, hmacs, keyId, erasable }: Held,
): Promise<Suppressed> {
  const { reason, source, note, provider, senderId = '' } = input;
  const scope = parseScope(input.scope);
  const existing = await findSame(tx, ctx, { hmacs, scope, senderId, reason, source, provider });
  if (existing !== undefined) return { id: existing.id, added: false };
  const at = ctx.now();
  const id = uuidv7();
  const what = { id, match, hmac: hmacs[0] ?? '', keyId, scope, senderId, reason, source, note };
  const stamp = { canonicalisation: CANONICALISATION_VERSION, createdAt: at };
  await insertSuppressions(tx, ctx, [{ ...what, ...stamp, provider }]);
  const data = { suppressionId: id, scope, reason };
  await appendEvents(tx, ctx.tenant, [
    {
      at,
      type: 'suppression.added',
      actor: toActor(source),
      data: senderId === '' ? data : { ...data, senderId },
      ...erasable,
    },
  ]);
  return { id, added: true };
}

interface Same {
  readonly hmacs: readonly string[];
  readonly scope: string;
  readonly senderId: string;
  readonly reason: SuppressionReason;
  readonly source: string;
  readonly provider: string | undefined;
}

/**
 * The row that says the same already. A dead address that somebody tells of without a provider's
 * answer is dead whatever was wrong at the provider: it is not lifted with what failed in a storm,
 * nor marked by a later one. A complaint that is known better than from a shared report no longer
 * rests on that.
 */
async function findSame(
  tx: Tx,
  { tenant }: Pick<SuppressionContext, 'tenant'>,
  { hmacs, scope, senderId, reason, source, provider }: Same,
): Promise<{ readonly id: string } | undefined> {
  const isSame = (eb: ExpressionBuilder<Database, 'suppression'>) =>
    eb.and([
      eb('tenant', '=', tenant),
      eb('hmac', 'in', hmacs),
      eb('scope', '=', scope),
      eb('sender_id', '=', senderId),
      eb('reason', '=', reason),
      eb('lifted_at', 'is', null),
    ]);
  if (reason !== 'hard_bounce' || provider !== undefined) {
    const row = await tx
      .selectFrom('suppression')
      .select(['id', 'source'])
      .where(isSame)
      .executeTakeFirst();
    if (row !== undefined && isSharedReport(row.source) && !isSharedReport(source)) {
      await tx
        .updateTable('suppression')
        .set({ source })
        .where('tenant', '=', tenant)
        .where('id', '=', row.id)
        .execute();
    }
    return row;
  }
  const [row] = await tx
    .updateTable('suppression')
    .set({ provider: null, provisional_until: null })
    .where(isSame)
    .returning('id')
    .execute();
  return row;
}

/** Events name principals; how a recipient told us is on the row. */
function toActor(source: string): string {
  if (FROM_RECIPIENT.has(source)) return 'recipient';
  return /^(agent|reviewer|worker):/.test(source) ? source : 'system';
}

const FROM_RECIPIENT: ReadonlySet<string> = new Set([
  'one-click',
  'page',
  'mailto',
  'reply',
  'report',
  'provider',
]);
