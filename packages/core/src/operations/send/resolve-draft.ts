import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { renderContent } from '../../compose/render-content.ts';
import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { type Address, domainOf } from '../../identity/address.ts';
import { createMessageId } from '../../identity/message-id.ts';
import { findAttachments } from '../../messages/find-attachments.ts';
import type { OutboundAttachment, OutboundContent } from '../../messages/outbound-content.ts';
import {
  type ExceededLimit,
  findExceededLimit,
} from '../../policy/conversation/conversation-limit.ts';
import { loadConversationFacts } from '../../policy/conversation/load-conversation-facts.ts';
import { toOwnWords } from '../../policy/conversation/own-words.ts';
import { quotesThread } from '../../policy/conversation/quotes-thread.ts';
import { isInternal } from '../../policy/is-internal.ts';
import { loadAudienceFacts } from '../../policy/load-audience-facts.ts';
import { isTemplateApproved } from '../../policy/load-facts.ts';
import { loadRecipientFacts } from '../../policy/load-recipient-facts.ts';
import { answersThread } from '../../policy/load-thread-facts.ts';
import type { Category } from '../../policy/modes.ts';
import { resolveCategory } from '../../policy/resolve-category.ts';
import type { Db } from '../../storage/database.ts';
import { renderTemplate } from '../../templates/render-template.ts';
import { templateHash } from '../../templates/template-hash.ts';
import type { Draft } from './draft.ts';

/** What a draft turned out to be. */
export interface ResolvedDraft {
  readonly draft: Draft;
  readonly subject: string;
  readonly body: string;
  readonly category: Category;
  readonly templateHash?: string;
  readonly attachments: readonly OutboundAttachment[];
  /** What the author is told about the category. */
  readonly notices: readonly string[];
}

/** Fills in the template, finds the attachments and settles the category. */
export async function resolveDraft(db: Db, ctx: Context, draft: Draft): Promise<ResolvedDraft> {
  const text = fillTemplate(ctx, draft);
  const recipients = [...draft.to, ...draft.cc, ...draft.bcc];
  const hash = text.templateHash;
  const template =
    draft.template === undefined || hash === undefined
      ? undefined
      : {
          category: ctx.templates.get(draft.template)?.category ?? 'marketing',
          approved: await isTemplateApproved(db, ctx, draft.template, hash),
        };
  const answers =
    draft.parent !== undefined && (await answersThread(db, ctx, draft.parent, recipients));
  const related = !answers && (await areRelated(db, ctx, draft, recipients));
  const exceeded =
    answers || related
      ? await findExceeded(db, ctx, draft, { body: text.body, answers })
      : undefined;
  const category = resolveCategory({
    requested: draft.requestedCategory,
    recipientCount: recipients.length,
    answersRecipients: answers,
    exceedsLimit: exceeded !== undefined,
    allInternal: recipients.every((address) => isInternal(ctx, address)),
    allRelated: related,
    ...(template === undefined ? {} : { template }),
  });
  const attachments = await findAttachments(db, ctx, draft.mailbox, draft.attachmentIds);
  checkAttachments(ctx, attachments);
  const notices =
    exceeded === undefined || category !== 'marketing'
      ? []
      : [`It counts as marketing: ${exceeded.reason}.`];
  return { draft, ...text, category, attachments, notices };
}

/** Whether the application or a person recorded a relationship with everybody outside. */
async function areRelated(
  db: Db,
  ctx: Context,
  { mailbox, template, requestedCategory }: Draft,
  recipients: readonly Address[],
): Promise<boolean> {
  if (template !== undefined || requestedCategory === 'marketing') return false;
  const outside = recipients.filter((address) => !isInternal(ctx, address));
  if (outside.length === 0) return false;
  const audience = await loadAudienceFacts(db, ctx, { senderId: mailbox.sender?.id }, outside);
  return audience.every(({ relationship }) => relationship !== undefined);
}

/** Whether answers like this one went to so many that they are none; the claim asks again. */
async function findExceeded(
  db: Db,
  ctx: Context,
  { mailbox, to, cc, bcc, parent }: Draft,
  { body, answers }: { readonly body: string; readonly answers: boolean },
): Promise<ExceededLimit | undefined> {
  const messageId = uuidv7();
  const all = [...to, ...cc, ...bcc];
  const recipients = await loadRecipientFacts(
    db,
    ctx,
    { mailbox: mailbox.address, messageIds: [messageId] },
    all,
  );
  const thread =
    parent === undefined
      ? undefined
      : { quotesThread: await quotesThread(db, ctx, parent.thread_id, body) };
  const own = toOwnWords(body, thread);
  const question = { phase: 'request', mailbox, messageId, body: own } as const;
  const known = await loadConversationFacts(db, ctx, question, recipients);
  return findExceededLimit(known, recipients, answers);
}

function checkAttachments(ctx: Context, attachments: readonly OutboundAttachment[]): void {
  const bytes = attachments.reduce((sum, attachment) => sum + attachment.size, 0);
  const limit = ctx.settings.maxAttachmentBytes;
  if (bytes <= limit) return;
  throw new MailwardenError('BODY_TOO_LARGE', {
    detail: `The attachments have ${bytes} bytes together, the limit is ${limit}.`,
    fields: { bytes, limit },
  });
}

/** One draft per recipient when it is marketing; other mail keeps one envelope. */
export function fanOut(resolved: ResolvedDraft): readonly ResolvedDraft[] {
  const { draft, category } = resolved;
  const shared = draft.cc.length + draft.bcc.length > 0;
  if (category !== 'marketing' || shared || draft.to.length < 2) return [resolved];
  if (draft.revises !== undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'revises replaces one message; give its one recipient.',
      fields: { argument: 'revises' },
    });
  }
  return draft.to.map((address) => ({ ...resolved, draft: { ...draft, to: [address] } }));
}

/** Renders once: ids, Message-ID, nonce, text and HTML as they will be decided on and sent. */
export function composeOutbound(
  ctx: Context,
  resolved: ResolvedDraft,
  confirmLabel?: string,
): { readonly content: OutboundContent; readonly notices: readonly string[] } {
  const { draft, subject, body, category } = resolved;
  const { mailbox, parent } = draft;
  const nonce = randomBytes(18).toString('base64url');
  const rendered = renderContent({
    subject,
    body,
    category,
    nonce,
    mailboxAddress: mailbox.address,
    ...optional('confirmLabel', confirmLabel),
    ...optional('sender', mailbox.sender),
    ...optional('disclosure', mailbox.disclosure),
    ...optional('topic', draft.topic),
    ...optional('publicUrl', ctx.settings.publicUrl),
  });
  const content: OutboundContent = {
    id: uuidv7(),
    mailbox: mailbox.address,
    threadId: parent?.thread_id ?? uuidv7(),
    internetMessageId: createMessageId(domainOf(mailbox.address)),
    references: parent === undefined ? [] : referencesOf(parent),
    to: draft.to,
    cc: draft.cc,
    bcc: draft.bcc,
    subject,
    body,
    text: rendered.text,
    html: rendered.html,
    headers: draft.headers,
    attachments: resolved.attachments,
    category,
    nonce,
    ...optional('fromName', mailbox.name),
    ...optional('inReplyTo', parent?.internet_message_id),
    ...optional('parentId', parent?.id),
    ...optional('topic', draft.topic),
    ...optional('campaign', draft.campaign),
    ...optional('variant', draft.variant),
    ...optional('template', draft.template),
    ...optional('templateHash', resolved.templateHash),
    ...optional('variables', draft.template === undefined ? undefined : draft.variables),
    ...optional('requestedMode', draft.requestedMode),
    ...optional('sendAt', draft.sendAt),
  };
  return { content, notices: [...draft.notices, ...resolved.notices, ...rendered.notices] };
}

function fillTemplate(
  ctx: Context,
  draft: Draft,
): { readonly subject: string; readonly body: string; readonly templateHash?: string } {
  if (draft.template === undefined) {
    return { subject: required(draft.subject, 'subject'), body: required(draft.body, 'body') };
  }
  const template = ctx.templates.get(draft.template);
  if (template === undefined) {
    const choices = [...ctx.templates.keys()].join(', ') || 'none';
    throw new MailwardenError('TEMPLATE_UNKNOWN', { detail: `There are: ${choices}.` });
  }
  if (draft.body !== undefined || draft.subject !== undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'A template gives subject and body; leave both out and set variables.',
      fields: { argument: 'body' },
    });
  }
  return { ...renderTemplate(template, draft.variables), templateHash: templateHash(template) };
}

function required(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${name} is missing.`,
    fields: { argument: name },
  });
}

/** RFC 5322 §3.6.4: the parent's references and then the parent, oldest dropped first. */
function referencesOf(parent: NonNullable<Draft['parent']>): readonly string[] {
  const references = JSON.parse(parent.reference_ids) as string[];
  return [...references, parent.internet_message_id].slice(-20);
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
