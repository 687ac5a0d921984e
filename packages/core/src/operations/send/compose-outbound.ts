import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { renderContent } from '../../compose/render-content.ts';
import type { Context } from '../../context.ts';
import { domainOf } from '../../identity/address.ts';
import { createMessageId } from '../../identity/message-id.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import type { Draft } from './draft.ts';
import type { ResolvedDraft } from './resolve-draft.ts';

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

/** RFC 5322 §3.6.4: the parent's references and then the parent, oldest dropped first. */
function referencesOf(parent: NonNullable<Draft['parent']>): readonly string[] {
  const references = JSON.parse(parent.reference_ids) as string[];
  return [...references, parent.internet_message_id].slice(-20);
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
