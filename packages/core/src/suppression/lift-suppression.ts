import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import type { Tx } from '../storage/database.ts';
import type { SuppressionReason } from '../storage/tables/people.ts';
import { lockRecipients } from './lock-recipients.ts';
import type { SuppressionContext } from './suppression-context.ts';

const LIFTABLE: readonly SuppressionReason[] = ['manual', 'hard_bounce'];

/**
 * Ends every suppression of a person, keeping the rows as history; returns how many. What the
 * person or the law asked for stays: any such row throws `LIFT_NOT_ALLOWED` and nothing changes.
 * Throws `REASON_REQUIRED` for an empty reason.
 */
export async function liftSuppression(
  tx: Tx,
  ctx: SuppressionContext,
  input: { readonly address: Address; readonly by: string; readonly reason: string },
): Promise<number> {
  const reason = input.reason.trim();
  if (reason === '') throw new MailwardenError('REASON_REQUIRED');
  const identity = ctx.keys.identify(input.address);
  await lockRecipients(tx, ctx, [identity]);
  const rows = await tx
    .selectFrom('suppression')
    .select(['id', 'reason', 'scope'])
    .where('tenant', '=', ctx.tenant)
    .where('hmac', 'in', [...identity.allExact, ...identity.allCanonical])
    .where('lifted_at', 'is', null)
    .orderBy('id')
    .execute();
  const kept = rows.filter((row) => !LIFTABLE.includes(row.reason)).map((row) => row.reason);
  if (kept.length > 0) {
    throw new MailwardenError('LIFT_NOT_ALLOWED', {
      detail: `Recorded reasons: ${[...new Set(kept)].join(', ')}.`,
      fields: { reasons: [...new Set(kept)] },
    });
  }
  if (rows.length === 0) return 0;
  const at = ctx.now();
  await tx
    .updateTable('suppression')
    .set({ lifted_at: at, lifted_by: input.by, lift_reason: reason })
    .where('tenant', '=', ctx.tenant)
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();
  await appendEvents(
    tx,
    ctx.tenant,
    rows.map((row) => ({
      at,
      type: 'suppression.lifted',
      actor: input.by,
      data: { suppressionId: row.id, scope: row.scope, reason: row.reason },
      details: { address: input.address, reason },
      person: identity.canonical,
    })),
  );
  return rows.length;
}
