import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { Tx } from '../storage/database.ts';
import type { SuppressionContext } from './suppression-context.ts';

/** Keeps a statement below the 32,766 bound values that SQLite takes. */
const ROWS_PER_STATEMENT = 2_000;

/**
 * Waits for, and then keeps until the transaction ends, the right to decide about these people.
 * Sends, suppressions and erasures all take it first and load their facts in a later statement, so
 * whichever commits first is seen by the other. Rows are taken in one order, under every key, so
 * that processes with different first keys meet too. With one writer at a time there is nothing
 * to wait for and only the rows are made.
 */
export async function lockRecipients(
  tx: Tx,
  ctx: SuppressionContext,
  identities: readonly Pick<RecipientIdentity, 'allCanonical' | 'canonicalisation'>[],
): Promise<void> {
  if (identities.length === 0) return;
  const rows = toRows(ctx, identities);
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    await tx
      .insertInto('recipient_key')
      .values(rows.slice(at, at + ROWS_PER_STATEMENT))
      .onConflict((conflict) => conflict.columns(['tenant', 'canonical']).doNothing())
      .execute();
  }
  await lockKeys(
    tx,
    ctx,
    rows.map((row) => row.canonical),
  );
}

/** The same for people who have their rows; `canonicals` (HMACs) are sorted and differ. */
export async function lockKeys(
  tx: Tx,
  ctx: Pick<SuppressionContext, 'tenant' | 'storage'>,
  canonicals: readonly string[],
): Promise<void> {
  if (!ctx.storage.capabilities.supportsRowLocks) return;
  for (let at = 0; at < canonicals.length; at += ROWS_PER_STATEMENT) {
    await tx
      .selectFrom('recipient_key')
      .select('canonical')
      .where('tenant', '=', ctx.tenant)
      .where('canonical', 'in', canonicals.slice(at, at + ROWS_PER_STATEMENT))
      .orderBy('canonical')
      .forUpdate()
      .execute();
  }
}

/**
 * The same for people who cannot be named one by one: a whole domain, an import. Every claim locks
 * its mailbox before it loads facts, so whoever holds all mailboxes decides about everybody.
 */
export async function lockEverybody(tx: Tx, ctx: SuppressionContext): Promise<void> {
  if (!ctx.storage.capabilities.supportsRowLocks) return;
  await tx
    .selectFrom('mailbox')
    .select('address')
    .where('tenant', '=', ctx.tenant)
    .orderBy('address')
    .forUpdate()
    .execute();
}

function toRows(
  ctx: SuppressionContext,
  identities: readonly Pick<RecipientIdentity, 'allCanonical' | 'canonicalisation'>[],
) {
  const created_at = ctx.now();
  const keyIds = ctx.keys.fingerprints.map((key) => key.keyId);
  const rows = new Map(
    identities.flatMap((identity) =>
      identity.allCanonical.map((canonical, index) => [
        canonical,
        {
          tenant: ctx.tenant,
          canonical,
          key_id: keyIds[index] ?? '',
          canonicalisation: identity.canonicalisation,
          created_at,
        },
      ]),
    ),
  );
  return [...rows.values()].sort((a, b) => (a.canonical < b.canonical ? -1 : 1));
}
