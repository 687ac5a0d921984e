import { sortCallerHeaders } from '../../compose/caller-headers.ts';
import type { Context, Mailbox } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { type Address, parseAddress } from '../../identity/address.ts';
import { OVERSIGHT_MODES } from '../../policy/modes.ts';
import type { Principal } from '../../principal/principal.ts';
import type { SendEmailInput } from '../inputs.ts';
import { refuseUnknown, toChoice, toInstant, toList, toPairs, toText } from '../parse-arguments.ts';
import { parseTags } from '../parse-tags.ts';
import { resolveMailbox } from '../resolve-mailbox.ts';
import type { Draft } from './draft.ts';

const ARGUMENTS: readonly (keyof SendEmailInput)[] = [
  'mailbox',
  'to',
  'cc',
  'bcc',
  'subject',
  'body',
  'tags',
  'headers',
  'category',
  'topic',
  'campaign',
  'variant',
  'template',
  'variables',
  'sendAt',
  'attachments',
  'oversightMode',
  'idempotencyKey',
  'priority',
  'revises',
];

/** Recipients of one call, over to, cc and bcc. */
export const MAX_RECIPIENTS = 50;
const MAX_SUBJECT = 998;
const MAX_LABEL = 200;
const MAX_PRIORITY = 9;
const DEFAULT_PRIORITY = 5;

/** Understands a send call. Throws a coded error that says what to correct; nothing is lost by it. */
export function parseDraft(ctx: Context, principal: Principal, input: SendEmailInput): Draft {
  refuseUnknown(input, ARGUMENTS, 'send_email');
  const mailbox = resolveMailbox(ctx, principal, toText(input.mailbox, 'mailbox'));
  const headers = sortCallerHeaders(
    toPairs(input.headers, 'headers', ':').map(([name, value]) => `${name}: ${value}`),
    ctx.settings.allowedHeaders,
  );
  const to = toAddresses(input.to, 'to');
  const cc = without(toAddresses(input.cc, 'cc'), to);
  const draft = {
    mailbox,
    to,
    cc,
    bcc: without(toAddresses(input.bcc, 'bcc'), [...to, ...cc]),
    subject: parseSubject(input.subject),
    body: toText(input.body, 'body'),
    tags: parseTags(toList(input.tags, 'tags')),
    headers: headers.kept.map(({ name, value }) => [name, value] as const),
    headerFindings: headers.findings,
    notices: headers.dropped.map(({ notice }) => notice),
    requestedCategory: toChoice(input.category, 'category', [
      'marketing',
      'transactional',
      'conversational',
    ]),
    requestedMode: toChoice(input.oversightMode, 'oversight_mode', OVERSIGHT_MODES),
    topic: parseTopic(input.topic),
    campaign: parseName(input.campaign, 'campaign'),
    variant: parseName(input.variant, 'variant'),
    template: parseLabel(input.template, 'template'),
    variables: Object.fromEntries(toPairs(input.variables, 'variables', '=')),
    sendAt: toInstant(input.sendAt, 'send_at'),
    attachmentIds: toList(input.attachments, 'attachments'),
    idempotencyKey: parseLabel(input.idempotencyKey, 'idempotency_key'),
    priority: parsePriority(input.priority),
    revises: toText(input.revises, 'revises')?.trim(),
    parent: undefined,
  };
  checkSize(ctx, draft);
  checkRecipients(draft, mailbox);
  return draft;
}

function toAddresses(value: unknown, name: string): readonly Address[] {
  const addresses = toList(value, name)
    .flatMap((item) => item.split(/[,;]/))
    .filter(notBlank);
  const unique = new Map(addresses.map(parseAddress).map((item) => [item.toLowerCase(), item]));
  return [...unique.values()];
}

/** Nobody gets one message twice: who stands in an earlier field is left out of a later one. */
function without(list: readonly Address[], earlier: readonly Address[]): readonly Address[] {
  const known = new Set(earlier.map((address) => address.toLowerCase()));
  return list.filter((address) => !known.has(address.toLowerCase()));
}

function notBlank(text: string): boolean {
  return text.trim() !== '';
}

function parseSubject(value: unknown): string | undefined {
  const subject = toText(value, 'subject')?.trim();
  if (subject === undefined) return undefined;
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject) || subject.length > MAX_SUBJECT) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `subject has to be one line of at most ${MAX_SUBJECT} characters.`,
      fields: { argument: 'subject' },
    });
  }
  return subject;
}

function parseLabel(value: unknown, name: string): string | undefined {
  const label = toText(value, name)?.trim();
  if (label === undefined) return undefined;
  if (label.length > MAX_LABEL || /\p{Cc}/u.test(label)) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `${name} has to be one line of at most ${MAX_LABEL} characters.`,
      fields: { argument: name },
    });
  }
  return label;
}

/** A label that events and the audit repeat, where nothing can be erased: it names nobody. */
function parseName(value: unknown, name: string): string | undefined {
  const label = parseLabel(value, name);
  if (label === undefined || !/\S@\S/.test(label)) return label;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${name} may not hold an address.`,
    fields: { argument: name },
  });
}

function parseTopic(value: unknown): string | undefined {
  const topic = toText(value, 'topic')?.trim().toLowerCase();
  if (topic === undefined || /^[a-z0-9_.-]{1,64}$/.test(topic)) return topic;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: 'topic has to be 1 to 64 characters of a-z, 0-9, "_", "." and "-".',
    fields: { argument: 'topic' },
  });
}

function parsePriority(value: unknown): number {
  if (value === undefined || value === null || value === '') return DEFAULT_PRIORITY;
  const priority = typeof value === 'string' ? Number(value) : value;
  if (Number.isInteger(priority)) {
    const number = priority as number;
    if (number >= 0 && number <= MAX_PRIORITY) return number;
  }
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `priority has to be a whole number from 0 to ${MAX_PRIORITY}.`,
    fields: { argument: 'priority' },
  });
}

function checkSize(ctx: Context, { subject = '', body = '' }: Partial<Draft>): void {
  const bytes = Buffer.byteLength(subject) + Buffer.byteLength(body);
  if (bytes <= ctx.settings.maxBodyBytes) return;
  throw new MailwardenError('BODY_TOO_LARGE', {
    detail: `It has ${bytes} bytes, the limit is ${ctx.settings.maxBodyBytes}.`,
    fields: { bytes, limit: ctx.settings.maxBodyBytes },
  });
}

function checkRecipients({ to, cc, bcc }: Draft, mailbox: Mailbox): void {
  const count = to.length + cc.length + bcc.length;
  if (count > 0 && count <= MAX_RECIPIENTS && to.length > 0) return;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `to needs an address, and one call from ${mailbox.address} takes at most ${MAX_RECIPIENTS}; got ${count}.`,
    fields: { argument: 'to' },
  });
}
