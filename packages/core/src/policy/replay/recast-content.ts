import { renderContent } from '../../compose/render-content.ts';
import type { Mailbox } from '../../context.ts';
import { domainOf } from '../../identity/address.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import type { ResolvedPolicy } from '../../options/resolve-policy.ts';
import { renderTemplate } from '../../templates/render-template.ts';
import { templateHash } from '../../templates/template-hash.ts';
import type { HeaderFinding } from '../facts.ts';
import type { Category } from '../modes.ts';
import { resolveCategory } from '../resolve-category.ts';
import type { StoredFacts } from './stored-facts.ts';

/** Content as the changed policy would have made it. */
export interface Recast {
  readonly content: OutboundContent;
  /** A person approved the template as it now is. */
  readonly approved: boolean;
  readonly headerFindings: readonly HeaderFinding[];
  /** The policy's change does not reach it. */
  readonly isSame: boolean;
}

/** What it was and what it would be. */
export interface RecastInput {
  readonly facts: StoredFacts;
  readonly before: Mailbox;
  readonly after: Mailbox;
  readonly running: ResolvedPolicy;
  readonly changed: ResolvedPolicy;
}

/**
 * Template, category, header fields and footer once more; what the change does not touch stays as it
 * was decided on. Undefined when the template is gone or does not take the variables.
 */
export function recastContent(stored: OutboundContent, input: RecastInput): Recast | undefined {
  const text = recastTemplate(stored, input);
  if (text === undefined) return undefined;
  const approved = input.facts.content.approved && text.templateHash === stored.templateHash;
  const category = recastCategory(stored, input, approved);
  const { headers, headerFindings } = recastHeaders(stored, input);
  const { before, after, running, changed } = input;
  const isSame =
    text.templateHash === stored.templateHash &&
    category === stored.category &&
    headers.length === stored.headers.length &&
    JSON.stringify(before.sender ?? null) === JSON.stringify(after.sender ?? null) &&
    running.settings.publicUrl === changed.settings.publicUrl;
  if (isSame) return { content: stored, approved, headerFindings, isSame };
  const { publicUrl } = changed.settings;
  const { sender } = after;
  const rendered = renderContent({
    subject: text.subject,
    body: text.body,
    category,
    nonce: stored.nonce,
    mailboxAddress: after.address,
    ...(stored.topic === undefined ? {} : { topic: stored.topic }),
    ...(sender === undefined ? {} : { sender }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  const { text: plain, html } = rendered;
  const content = { ...stored, ...text, text: plain, html, category, headers };
  return { content, approved, headerFindings, isSame };
}

type Text = Pick<OutboundContent, 'subject' | 'body' | 'templateHash'>;

function recastTemplate(stored: OutboundContent, { changed }: RecastInput): Text | undefined {
  const { subject, body, template: id, templateHash: hash, variables = {} } = stored;
  if (id === undefined || hash === undefined) return { subject, body };
  const template = changed.templates.get(id);
  if (template === undefined) return undefined;
  if (templateHash(template) === hash) return { subject, body, templateHash: hash };
  try {
    return { ...renderTemplate(template, variables), templateHash: templateHash(template) };
  } catch {
    return undefined;
  }
}

/** Only where what it hangs on has changed: the author's word and the thread are not all known. */
function recastCategory(
  stored: OutboundContent,
  { facts, running, changed }: RecastInput,
  approved: boolean,
): Category {
  const recipients = [...stored.to, ...stored.cc, ...stored.bcc];
  const input = ({ settings, templates }: ResolvedPolicy, isApproved: boolean) => {
    const template = templates.get(stored.template ?? '');
    return {
      allInternal: recipients.every((address) =>
        settings.internalDomains.includes(domainOf(address)),
      ),
      ...(template === undefined
        ? {}
        : { template: { category: template.category ?? 'marketing', approved: isApproved } }),
    };
  };
  const was = input(running, facts.content.approved);
  const is = input(changed, approved);
  if (JSON.stringify(was) === JSON.stringify(is)) return stored.category;
  const answered = facts.thread?.recipientsWroteHere === true;
  const { requestedCategory: requested } = facts.content;
  return resolveCategory({
    ...is,
    requested,
    recipientCount: recipients.length,
    // Then nothing else made marketing of an answer.
    exceedsLimit: stored.category === 'marketing' && requested !== 'marketing',
    answersRecipients: answered || (stored.category === 'conversational' && !was.allInternal),
  });
}

function recastHeaders(
  { headers }: OutboundContent,
  { facts, running, changed }: RecastInput,
): Pick<OutboundContent, 'headers'> & Pick<Recast, 'headerFindings'> {
  const findings = facts.content.headerFindings ?? [];
  const fold = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()));
  const was = fold(running.settings.allowedHeaders);
  const is = fold(changed.settings.allowedHeaders);
  const isRefused = (name: string) => was.has(name.toLowerCase()) && !is.has(name.toLowerCase());
  const isAdmitted = (name: string) => is.has(name.toLowerCase()) && !was.has(name.toLowerCase());
  const refused = headers.filter(([name]) => isRefused(name));
  return {
    headers: headers.filter(([name]) => !isRefused(name)),
    headerFindings: [
      ...findings.filter(({ name, problem }) => problem !== 'not_allowed' || !isAdmitted(name)),
      ...refused.map(([name]) => ({ name, problem: 'not_allowed' as const })),
    ],
  };
}
