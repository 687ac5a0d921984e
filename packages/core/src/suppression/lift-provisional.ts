import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';

/** Which provisional suppressions a reviewer lifts. */
export interface LiftProvisionalInput {
  /** Recorded at or after this, epoch ms. */
  readonly from: number;
  /** Recorded before this, epoch ms. */
  readonly until: number;
  /** As the event `suppression.provisional` names it. @default every provider */
  readonly provider?: string;
  readonly reason: string;
}

/** Rows of one transaction: a claim waits for none of them for long. */
const PAGE = 1_000;

/**
 * Lifts what was suppressed as dead while unusually many addresses of a provider failed, by the time
 * of recording; returns how many. Only hard bounces of the last seven days are provisional;
 * everything else about these people stays. Throws `REASON_REQUIRED`, `ARGUMENT_INVALID`.
 */
export async function liftProvisional(
  ctx: Context,
  by: string,
  input: LiftProvisionalInput,
): Promise<number> {
  const range = parseRange(input);
  let lifted = 0;
  for (;;) {
    const count = await ctx.storage.unit((tx) => liftPage(tx, ctx, by, range));
    lifted += count;
    if (count < PAGE) return lifted;
  }
}

function parseRange({ from, until, provider, reason }: LiftProvisionalInput): LiftProvisionalInput {
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw new MailwardenError('REASON_REQUIRED');
  }
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(until) || from >= until) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'from and until have to be epoch milliseconds, from before until.',
      fields: { argument: 'from' },
    });
  }
  if (provider !== undefined && typeof provider !== 'string') {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'provider has to be a text.',
      fields: { argument: 'provider' },
    });
  }
  return { from, until, reason: reason.trim(), ...(provider === undefined ? {} : { provider }) };
}

async function liftPage(
  tx: Tx,
  ctx: Context,
  by: string,
  { from, until, provider, reason }: LiftProvisionalInput,
): Promise<number> {
  const at = ctx.now();
  const rows = await tx
    .selectFrom('suppression')
    .select(['id', 'scope', 'reason'])
    .where('tenant', '=', ctx.tenant)
    .where('provisional_until', '>', at)
    .where('lifted_at', 'is', null)
    .where('reason', '=', 'hard_bounce')
    .where('created_at', '>=', from)
    .where('created_at', '<', until)
    .$if(provider !== undefined, (query) => query.where('provider', '=', provider ?? ''))
    .limit(PAGE)
    .execute();
  if (rows.length === 0) return 0;
  const lifted = await tx
    .updateTable('suppression')
    .set({ lifted_at: at, lifted_by: by, lift_reason: reason })
    .where('tenant', '=', ctx.tenant)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    // Somebody may have told of it for another reason since it was found.
    .where('provisional_until', '>', at)
    .where('lifted_at', 'is', null)
    .returning('id')
    .execute();
  const ids = new Set(lifted.map(({ id }) => id));
  await appendEvents(
    tx,
    ctx.tenant,
    rows
      .filter(({ id }) => ids.has(id))
      .map((row) => ({
        at,
        type: 'suppression.lifted',
        actor: by,
        data: { suppressionId: row.id, scope: row.scope, reason: row.reason },
        details: { reason },
      })),
  );
  return rows.length;
}
