import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { parseAddress } from '../identity/address.ts';
import type { CallOptions } from '../principal/handles.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { Message } from '../storage/tables/message.ts';
import type { ReplyEmailInput } from './inputs.ts';
import type { SendOutcome } from './outcome.ts';
import { refuseUnknown, toText } from './parse-arguments.ts';
import { listMailboxes, resolveMailbox } from './resolve-mailbox.ts';
import type { Draft } from './send/draft.ts';
import { parseDraft } from './send/parse-draft.ts';
import { sendDraft } from './send/send-draft.ts';
import { toRefusal } from './to-refusal.ts';

const ARGUMENTS: readonly (keyof ReplyEmailInput)[] = [
  'mailbox',
  'messageId',
  'body',
  'tags',
  'oversightMode',
  'idempotencyKey',
  'revises',
  'sendAt',
  'attachments',
];

/**
 * Answers a message in its thread. The recipient, the subject and the threading headers follow
 * from the message (RFC 5322 §3.6.4); the agent chooses none of them.
 */
export async function replyEmail(
  ctx: Context,
  principal: AgentPrincipal,
  input: ReplyEmailInput,
  call?: CallOptions,
): Promise<SendOutcome> {
  try {
    refuseUnknown(input, ARGUMENTS, 'reply_email');
    const parent = await getParent(ctx, principal, input);
    const draft = toReplyDraft(ctx, principal, input, parent);
    return await sendDraft(ctx, principal, draft, call);
  } catch (error) {
    const refusal = toRefusal(error);
    return { ...refusal, messages: [refusal] };
  }
}

function toReplyDraft(
  ctx: Context,
  principal: AgentPrincipal,
  input: ReplyEmailInput,
  parent: Message,
): Draft {
  const { messageId: _, mailbox: __, ...rest } = input;
  const draft = parseDraft(ctx, principal, {
    ...rest,
    mailbox: parent.mailbox,
    to: answerTo(parent),
    subject: replySubject(parent.subject),
  });
  return { ...draft, parent };
}

async function getParent(
  ctx: Context,
  principal: AgentPrincipal,
  input: ReplyEmailInput,
): Promise<Message> {
  const id = toText(input.messageId, 'message_id')?.trim() ?? '';
  const named = toText(input.mailbox, 'mailbox');
  const mailboxes =
    named === undefined ? listMailboxes(ctx, principal) : [resolveMailbox(ctx, principal, named)];
  const message = await ctx.storage.db
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  const own = mailboxes.some((mailbox) => mailbox.address === message?.mailbox);
  if (message === undefined || !own || message.quarantined === 1 || message.erased_at !== null) {
    throw new MailwardenError('MESSAGE_NOT_FOUND', { fields: { messageId: id.slice(0, 80) } });
  }
  return message;
}

/** Who is answered: for our own mail its first recipient, else Reply-To or From (RFC 5322 §3.6.2). */
function answerTo(parent: Message): string {
  if (parent.direction === 'inbound') return parseAddress(parent.reply_to ?? parent.from_address);
  const [first = ''] = JSON.parse(parent.to_addresses) as string[];
  return parseAddress(first);
}

function replySubject(subject: string): string {
  const bare = subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  if (bare === '') return 'Re:';
  return /^re:/i.test(bare) ? bare.slice(0, 990) : `Re: ${bare.slice(0, 986)}`;
}
