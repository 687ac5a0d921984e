import { parseRemember } from '../content/parse-remember.ts';
import { remember } from '../content/remember.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { DecideOptions } from '../operations/inputs.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { DecideResult } from '../operations/results.ts';
import { isSamePerson } from '../principal/is-same-person.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { Message } from '../storage/tables/message.ts';
import { approveMessage } from './approve-message.ts';
import { decideInbound } from './decide-inbound.ts';
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
  const remembered = parseRemember(ctx, decision, options.remember ?? []);
  if (decision === 'reject' && reason === '') throw new MailwardenError('REASON_REQUIRED');
  const result = await ctx.storage.unit(async (tx) => {
    const message = await getMessage(tx, ctx, id);
    if (message.direction === 'inbound') {
      return decideInbound(tx, ctx, { reviewer, message, decision, reason });
    }
    const held = await lockHeld(tx, ctx, message.id);
    checkCase(ctx, { reviewer, message, held, options });
    if (decision === 'reject') return rejectMessage(tx, ctx, { reviewer, message, held, options });
    const approved = await approveMessage(tx, ctx, { reviewer, message, held, options });
    // After the decision, which is on what the reviewer was shown.
    await remember(tx, ctx, { reviewer, messageId: message.id, remembered });
    return approved;
  });
  ctx.wake();
  return result;
}

async function getMessage(tx: Tx, ctx: Context, id: string): Promise<Message> {
  const query = tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id);
  const locked = ctx.storage.capabilities.supportsRowLocks ? query.forUpdate() : query;
  const message = await locked.executeTakeFirst();
  if (message !== undefined) return message;
  throw new MailwardenError('MESSAGE_NOT_FOUND', { fields: { messageId: id.slice(0, 80) } });
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
