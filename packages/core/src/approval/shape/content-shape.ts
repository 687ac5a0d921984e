import { createHash } from 'node:crypto';
import { canonicalJson } from '../../compose/canonical-json.ts';
import { domainOf } from '../../identity/address.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import { findNames } from './find-names.ts';
import { normaliseText, type VaryingValue } from './normalise-text.ts';

/** Raise it when the same content gets another shape; what was held before falls out of its group. */
const VERSION = 3;

export interface ShapeInput {
  readonly content: OutboundContent;
  readonly variables: Readonly<Record<string, string>>;
  /** Where this Mailwarden is reached from outside. */
  readonly publicUrl: string | undefined;
}

export interface ContentShape {
  /** SHA-256, hex. */
  readonly shape: string;
  /** What was put aside, in the order of the text. */
  readonly varying: readonly VaryingValue[];
}

/**
 * What two messages of one kind have in common: all that an approval binds to, except for names,
 * plain numbers and own links. Another link, amount sign, percentage, attachment, header or
 * template is another shape; so is anything that a reader cannot see.
 */
export function contentShape({ content, variables, publicUrl }: ShapeInput): ContentShape {
  const recipients = [...content.to, ...content.cc, ...content.bcc];
  const names = findNames({ body: content.body, recipients, variables });
  const options = {
    marketing: content.category === 'marketing',
    names: names.anywhere,
    addresses: recipients.map((address) => address.toLowerCase()),
    ownHosts: ownHosts(content, publicUrl),
  };
  const subject = normaliseText(content.subject, options);
  const body = normaliseText(content.body, { ...options, greeted: names.inGreeting });
  const canonical = canonicalJson({
    version: VERSION,
    subject: subject.text,
    body: body.text,
    from: content.fromName ?? null,
    replyTo: content.replyTo ?? null,
    headers: content.headers,
    attachments: content.attachments.map(({ name, type, sha256 }) => ({ name, type, sha256 })),
    topic: content.topic ?? null,
    variant: content.variant ?? null,
    template: content.template ?? null,
    templateHash: content.templateHash ?? null,
    answers: content.inReplyTo !== undefined,
    sendNotBefore: content.sendAt ?? null,
  });
  return {
    shape: createHash('sha256').update(canonical, 'utf8').digest('hex'),
    varying: [...subject.varying, ...body.varying],
  };
}

function ownHosts({ mailbox }: OutboundContent, publicUrl: string | undefined): readonly string[] {
  const host = publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
  return [...host, domainOf(mailbox)];
}
