import { parseRemember } from '../content/parse-remember.ts';
import { remember } from '../content/remember.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { DecideOptions, RememberInput } from '../operations/inputs.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { DecideResult } from '../operations/results.ts';
import { isSamePerson } from '../principal/is-same-person.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { approveMessage } from './approve-message.ts';
import { assertReviewable } from './assert-reviewable.ts';
import { decideInbound } from './decide-inbound.ts';
import { recordReviewed } from './feedback/record-reviewed.ts';
import { parseDecideOptions } from './parse-decide-options.ts';
import { rejectMessage } from './reject-message.ts';
import { reviewToken } from './review-token.ts';

/** What a reviewer decides on, locked. */
export interface ReviewCase {
  readonly reviewer: ReviewerPrincipal;
  readonly message: Message;
  /** Those that wait; at least one. */
  readonly held: readonly Delivery[];
  readonly options: DecideOptions;
  /** The look at a group that this is decided by. */
  readonly group?: DecidedInGroup;
}

/** How an event names the look that a decision on many came from. */
export interface DecidedInGroup {
  readonly view: string;
  readonly members: number;
  /** This message's content was shown. */
  readonly sampled: boolean;
}

/**
 * A person's decision on exactly what they saw (P4). Of concurrent deciders one wins, the others
 * get `NOT_PENDING`. The author, agent or the person it acted for, never decides.
 */
export async function decideMessage(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  messageId: string,
  decision: 'approve' | 'reject',
  given: DecideOptions = {},
): Promise<DecideResult> {
  const id = toText(messageId, 'message_id')?.trim() ?? '';
  const options = parseDecideOptions(given);
  checkDecision(decision, options);
  const remembered = parseRemember(ctx, decision, options.remember ?? []);
  const result = await ctx.storage.unit((tx) =>
    decideLocked(tx, ctx, { reviewer, id, decision, options, remembered, feedback: true }),
  );
  ctx.wake();
  return result;
}

/** Throws `ARGUMENT_INVALID` and `REASON_REQUIRED` before anything is looked up. */
export function checkDecision(decision: 'approve' | 'reject', options: DecideOptions): void {
  const reason = options.reason?.trim() ?? '';
  if (decision !== 'approve' && decision !== 'reject') {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'decision has to be approve or reject.',
      fields: { argument: 'decision' },
    });
  }
  if (decision === 'reject' && options.edit !== undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'edit goes with approve; say in the reason what the author should change.',
      fields: { argument: 'edit' },
    });
  }
  if (options.category !== undefined && (decision === 'reject' || reason === '')) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'category goes with approve and with a reason: why this is a conversation.',
      fields: { argument: 'category' },
    });
  }
  if (decision === 'reject' && reason === '') throw new MailwardenError('REASON_REQUIRED');
}

/** A checked decision on one message. */
export interface DecisionCall {
  readonly reviewer: ReviewerPrincipal;
  readonly id: string;
  readonly decision: 'approve' | 'reject';
  readonly options: DecideOptions;
  /** What stays approved beyond this message. */
  readonly remembered?: readonly RememberInput[];
  /** Counts by itself for the rules; a group counts once. */
  readonly feedback: boolean;
  readonly group?: DecidedInGroup;
}

/** Locks the message, then its deliveries, and decides in this transaction. */
export async function decideLocked(
  tx: Tx,
  ctx: Context,
  { reviewer, id, decision, options, remembered = [], feedback, group }: DecisionCall,
): Promise<DecideResult> {
  const message = await lockMessage(tx, ctx, id);
  assertReviewable(reviewer, message, id);
  if (message.direction === 'inbound') {
    const reason = options.reason?.trim() ?? '';
    return decideInbound(tx, ctx, { reviewer, message, decision, reason });
  }
  const held = await lockHeld(tx, ctx, message.id);
  const review = { reviewer, message, held, options, ...(group && { group }) };
  checkCase(ctx, review);
  const result =
    decision === 'approve'
      ? await approveMessage(tx, ctx, review)
      : await rejectMessage(tx, ctx, review);
  // After the decision, which is on what the reviewer was shown.
  if (decision === 'approve') await remember(tx, ctx, { reviewer, messageId: id, remembered });
  if (feedback) await recordReviewed(tx, ctx, message, result);
  return result;
}

/** The message, kept for this transaction. */
export function lockMessage(tx: Tx, ctx: Context, id: string): Promise<Message | undefined> {
  const query = tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id);
  const locked = ctx.storage.capabilities.supportsRowLocks ? query.forUpdate() : query;
  return locked.executeTakeFirst();
}

function lockHeld(tx: Tx, ctx: Context, messageId: string): Promise<Delivery[]> {
  const query = tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', messageId)
    .where('state', '=', 'held')
    .orderBy('id');
  return ctx.storage.capabilities.supportsRowLocks ? query.forUpdate().execute() : query.execute();
}

function checkCase(ctx: Context, { reviewer, message, held, options }: ReviewCase): void {
  if (held.length === 0) throw new MailwardenError('NOT_PENDING');
  const authors = [message.agent, message.on_behalf_of];
  if (authors.some((author) => isSamePerson(reviewer.id, author))) {
    throw new MailwardenError('OWN_MESSAGE');
  }
  if (options.revision !== undefined && options.revision !== message.revision) {
    throw new MailwardenError('REVISION_CONFLICT', {
      detail: `It is at revision ${message.revision}; you saw ${options.revision}.`,
    });
  }
  if (options.review !== undefined && options.review !== reviewToken(message)) {
    throw new MailwardenError('REVISION_CONFLICT', {
      detail: 'Something new was found since; look again.',
    });
  }
  if (message.review_expires_at !== null && message.review_expires_at <= ctx.now()) {
    throw new MailwardenError('NOT_PENDING', { detail: 'The time to decide has run out.' });
  }
}
