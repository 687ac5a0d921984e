import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { InboxFilter } from './inputs.ts';
import { refuseUnknown, toChoice, toInstant, toList, toText } from './parse-arguments.ts';

/** A filter that was checked; what is absent does not narrow. */
export interface ParsedInboxFilter {
  readonly direction: 'inbound' | 'outbound' | 'any';
  readonly tags: readonly string[];
  readonly excludeTags: readonly string[];
  readonly unread: boolean | undefined;
  readonly hasReplies: boolean | undefined;
  readonly from: string | undefined;
  readonly subject: string | undefined;
  /** Each of them has to occur. */
  readonly words: readonly string[];
  readonly since: number | undefined;
  readonly before: number | undefined;
  readonly campaign: string | undefined;
}

const NAMES: readonly (keyof InboxFilter)[] = [
  'direction',
  'tags',
  'excludeTags',
  'unread',
  'hasReplies',
  'from',
  'subject',
  'text',
  'since',
  'before',
  'campaign',
];

const MAX_WORDS = 10;

/** Reads a filter as a model gives it. Throws `ARGUMENT_UNKNOWN` and `ARGUMENT_INVALID`. */
export function parseInboxFilter(value: unknown): ParsedInboxFilter {
  const filter = toObject(value);
  refuseUnknown(filter, NAMES, 'filter');
  const hasReplies = toFlag(filter.hasReplies, 'hasReplies');
  const direction = toChoice(filter.direction, 'direction', ['inbound', 'outbound', 'any']);
  return {
    direction: direction ?? (hasReplies === undefined ? 'inbound' : 'outbound'),
    tags: toTagNames(filter.tags, 'tags'),
    excludeTags: toTagNames(filter.excludeTags, 'excludeTags'),
    unread: toFlag(filter.unread, 'unread'),
    hasReplies,
    from: toText(filter.from, 'from')?.trim(),
    subject: toText(filter.subject, 'subject')?.trim(),
    words: (toText(filter.text, 'text')?.trim().split(/\s+/) ?? []).slice(0, MAX_WORDS),
    since: toInstant(filter.since, 'since'),
    before: toInstant(filter.before, 'before'),
    campaign: toText(filter.campaign, 'campaign')?.trim(),
  };
}

/** Tags to look for; one that cannot exist simply finds nothing. */
export function toTagNames(value: unknown, name: string): readonly string[] {
  return [...new Set(toList(value, name).map((tag) => tag.toLowerCase()))].slice(0, 50);
}

function toObject(value: unknown): Partial<Record<keyof InboxFilter, unknown>> {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `filter has to be an object with ${NAMES.join(', ')}.`,
    fields: { argument: 'filter' },
  });
}

function toFlag(value: unknown, name: string): boolean | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'boolean') return value;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${name} has to be true or false.`,
    fields: { argument: name },
  });
}
