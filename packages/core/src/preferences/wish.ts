import { MailwardenError } from '../errors/mailwarden-error.ts';

/** At most `count` marketing messages in any `days` days. */
export interface Maximum {
  /** 1 to 1,000. */
  readonly count: number;
  /** 1 to 400. */
  readonly days: number;
}

/** How much marketing one person wants from one sender, or from every one. */
export interface Wish {
  /** Sorted. */
  readonly declinedTopics: readonly string[];
  /** Epoch ms. */
  readonly pausedUntil: number | undefined;
  readonly maximum: Maximum | undefined;
}

const MAX_COUNT = 1_000;
const MAX_DAYS = 400;

/** Throws `ARGUMENT_INVALID` unless both are whole numbers in their range. */
export function parseMaximum({ count, days }: Maximum): Maximum {
  if (isWhole(count, MAX_COUNT) && isWhole(days, MAX_DAYS)) return { count, days };
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `maximum needs count, 1 to ${MAX_COUNT}, and days, 1 to ${MAX_DAYS}.`,
    fields: { argument: 'maximum' },
  });
}

/** Whether text is a topic id. */
export function isTopic(text: string): boolean {
  return /^[a-z0-9_.-]{1,64}$/.test(text);
}

/** Throws `ARGUMENT_INVALID` for what is no topic id. */
export function parseTopics(topics: readonly string[]): readonly string[] {
  const ids = topics.map((topic) => String(topic).trim().toLowerCase());
  const wrong = ids.find((id) => !isTopic(id));
  if (wrong === undefined) return [...new Set(ids)].sort();
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${JSON.stringify(wrong.slice(0, 80))} is no topic: 1 to 64 characters of a-z, 0-9, "_", "." and "-".`,
    fields: { argument: 'topics' },
  });
}

function isWhole(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= most;
}
