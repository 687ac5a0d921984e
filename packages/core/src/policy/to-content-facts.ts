import { hasSlot } from '../compose/has-slot.ts';
import type { Context, Mailbox } from '../context.ts';
import { digestOutbound } from '../messages/digest-outbound.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { ContentFacts, HeaderFinding } from './facts.ts';
import { judgeTopic } from './judge-topic.ts';
import type { Category } from './modes.ts';

/** What is known of content besides itself. */
export interface ContentInput {
  readonly mailbox: Mailbox;
  readonly content: OutboundContent;
  readonly tags: readonly string[];
  /** Undefined: it is not stored yet, and what is given is what is meant. */
  readonly storedDigest: string | undefined;
  /** A person approved exactly this text of the template. */
  readonly approved: boolean;
  readonly requestedCategory?: Category;
  readonly headerFindings?: readonly HeaderFinding[];
}

/** What rules look at in the content. */
export function toContentFacts(
  { templates, settings }: Pick<Context, 'templates' | 'settings'>,
  { content, approved, mailbox, ...input }: ContentInput,
): ContentFacts {
  const { template } = content;
  const digest = digestOutbound(content, mailbox);
  return {
    category: content.category,
    tags: input.tags,
    subject: content.subject,
    body: content.body,
    text: content.text,
    html: content.html,
    headers: content.headers,
    headerFindings: input.headerFindings ?? [],
    toCount: content.to.length,
    ccCount: content.cc.length,
    bccCount: content.bcc.length,
    hasFooter: hasSlot('unsubscribe', content),
    asksToConfirm: hasSlot('confirm', content),
    digest,
    storedDigest: input.storedDigest ?? digest,
    disclosed: isDisclosedBy(mailbox, content.text),
    ...(input.requestedCategory === undefined
      ? {}
      : { requestedCategory: input.requestedCategory }),
    ...(content.requestedMode === undefined ? {} : { requestedMode: content.requestedMode }),
    ...(content.topic === undefined ? {} : { topic: content.topic }),
    ...judgeTopic(settings.frequency, content.topic),
    ...(content.campaign === undefined ? {} : { campaign: content.campaign }),
    ...(content.variant === undefined ? {} : { variant: content.variant }),
    ...(template === undefined ? {} : { template: { id: template, approved } }),
    ...(approved ? { variables: textVariables(templates, content) } : {}),
    ...(content.sendAt === undefined ? {} : { sendAt: content.sendAt }),
  };
}

function isDisclosedBy({ disclosure }: Mailbox, text: string): boolean {
  return disclosure !== undefined && text.includes(disclosure.replace(/\s+/g, ' ').trim());
}

/** Of an approved template's variables those whose type does not bind what they can say. */
function textVariables(
  templates: Context['templates'],
  { template = '', variables = {} }: OutboundContent,
): string[] {
  const types = templates.get(template)?.variables ?? {};
  return Object.entries(variables)
    .filter(([name]) => !Object.hasOwn(types, name) || types[name] === 'text')
    .map(([, value]) => value);
}
