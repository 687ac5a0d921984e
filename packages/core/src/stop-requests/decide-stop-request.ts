import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toChoice, toText } from '../operations/parse-arguments.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import type { StopRequest } from '../storage/tables/people.ts';
import { recordUnsubscribe } from '../unsubscribe/record-unsubscribe.ts';
import { toUnsubscribeSubject } from '../unsubscribe/to-unsubscribe-subject.ts';
import { settleStopRequests } from './settle-stop-requests.ts';

/** What a person read in the mail. */
export interface StopDecision {
  readonly requestId: string;
  /** `stop`: the person asked to; `continue`: they meant something else. */
  readonly decision: 'stop' | 'continue';
  /** Needed for `continue`. */
  readonly reason?: string;
}

/**
 * Records what a person read. `stop` suppresses marketing as an unsubscribe does; after `continue`
 * mail that waits is decided again within a minute. Throws `NOT_PENDING`, `REASON_REQUIRED`,
 * `ARGUMENT_INVALID`.
 */
export async function decideStopRequest(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  input: StopDecision,
): Promise<void> {
  const id = toText(input.requestId, 'request_id')?.trim() ?? '';
  const decision = toChoice(input.decision, 'decision', ['stop', 'continue']);
  const reason = toText(input.reason, 'reason')?.trim() ?? '';
  if (decision === undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'decision has to be stop or continue.',
    });
  }
  if (decision === 'continue' && reason === '') throw new MailwardenError('REASON_REQUIRED');
  await ctx.storage.unit(async (tx) => {
    const request = await findOpen(tx, ctx, reviewer, id);
    if (request === undefined) {
      throw new MailwardenError('NOT_PENDING', { detail: 'There is no such open stop request.' });
    }
    if (decision === 'stop') await stop(tx, ctx, reviewer, request);
    const { canonical, sender_id: senderId } = request;
    const by = `reviewer:${reviewer.id}`;
    const what = { canonicals: [canonical], id, senderId, decision, by };
    await settleStopRequests(tx, ctx, reason === '' ? what : { ...what, reason });
  });
  await ctx.journal?.flush();
  ctx.wake();
}

function findOpen(
  tx: Tx,
  ctx: Context,
  { mailboxes }: ReviewerPrincipal,
  id: string,
): Promise<StopRequest | undefined> {
  return tx
    .selectFrom('stop_request')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .where('decided_at', 'is', null)
    .$if(mailboxes !== undefined, (query) => query.where('mailbox', 'in', mailboxes ?? []))
    .executeTakeFirst();
}

async function stop(
  tx: Tx,
  ctx: Context,
  reviewer: ReviewerPrincipal,
  request: StopRequest,
): Promise<void> {
  const delivery = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', request.delivery_id)
    .executeTakeFirstOrThrow();
  const wish = { scope: 'marketing', via: 'review', reviewer: reviewer.id } as const;
  await recordUnsubscribe(tx, ctx, toUnsubscribeSubject(delivery), wish);
}
