import { isProvenOptInAfter } from '../consent/is-proven-opt-in-after.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';
import type { Suppression, SuppressionReason } from '../storage/tables/people.ts';
import { isSharedReport } from './is-shared-report.ts';
import { lockRecipients } from './lock-recipients.ts';
import type { SuppressionSubject } from './parse-subject.ts';
import type { SuppressionContext } from './suppression-context.ts';

type LiftContext = SuppressionContext & Pick<Context, 'mailboxes'>;

const LIFTABLE: readonly SuppressionReason[] = ['manual', 'hard_bounce'];
/** What the person asked for themselves, and so may take back, if it is proven. */
const LIFTABLE_BY_OPT_IN: readonly SuppressionReason[] = ['unsubscribe', 'complaint'];

/**
 * Ends every suppression of a person, or of a domain, keeping the rows as history; returns how
 * many. An unsubscribe or a complaint ends only when an opt-in after it is proven; what the law
 * asked for stays: any such row throws `LIFT_NOT_ALLOWED` and nothing changes. A complaint that any of
 * several people can have written is no wish of this one, and ends like a bounce. Throws
 * `REASON_REQUIRED` for an empty reason.
 */
export async function liftSuppression(
  tx: Tx,
  ctx: LiftContext,
  input: { readonly subject: SuppressionSubject; readonly by: string; readonly reason: string },
): Promise<number> {
  const reason = input.reason.trim();
  if (reason === '') throw new MailwardenError('REASON_REQUIRED');
  const rows = await lockActive(tx, ctx, input.subject);
  const kept: SuppressionReason[] = [];
  for (const row of rows) {
    if (!(await mayLift(tx, ctx, input.subject, row))) kept.push(row.reason);
  }
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
      ...erasableOf(ctx, input.subject, reason),
    })),
  );
  return rows.length;
}

/** What the audit keeps apart, to be erased with the person. */
function erasableOf(ctx: SuppressionContext, subject: SuppressionSubject, reason: string) {
  if (subject.kind === 'domain') return { details: { reason } };
  const { address } = subject;
  return { details: { address, reason }, person: ctx.keys.identify(address).canonical };
}

type ActiveRow = Pick<
  Suppression,
  'id' | 'reason' | 'scope' | 'sender_id' | 'source' | 'created_at'
>;

async function lockActive(
  tx: Tx,
  ctx: SuppressionContext,
  subject: SuppressionSubject,
): Promise<readonly ActiveRow[]> {
  let hmacs: readonly string[];
  if (subject.kind === 'address') {
    const identity = ctx.keys.identify(subject.address);
    await lockRecipients(tx, ctx, [identity]);
    hmacs = [...identity.allExact, ...identity.allCanonical];
  } else {
    hmacs = ctx.keys.identifyDomain(subject.domain);
  }
  return await tx
    .selectFrom('suppression')
    .select(['id', 'reason', 'scope', 'sender_id', 'source', 'created_at'])
    .where('tenant', '=', ctx.tenant)
    .where('hmac', 'in', hmacs)
    .where('lifted_at', 'is', null)
    .orderBy('id')
    .execute();
}

async function mayLift(
  tx: Tx,
  ctx: LiftContext,
  subject: SuppressionSubject,
  row: ActiveRow,
): Promise<boolean> {
  if (LIFTABLE.includes(row.reason)) return true;
  if (row.reason === 'complaint' && isSharedReport(row.source)) return true;
  if (!LIFTABLE_BY_OPT_IN.includes(row.reason) || subject.kind !== 'address') return false;
  return await isProvenOptInAfter(tx, ctx, ctx.keys.identify(subject.address), row);
}
