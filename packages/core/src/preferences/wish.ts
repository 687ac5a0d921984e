import type { Context } from '../context.ts';
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
const DAY = 86_400_000;

/**
 * Throws `ARGUMENT_INVALID` unless both are whole numbers in their range; the ledger that is counted
 * in may be kept for less than 400 days.
 */
export function parseMaximum(
  { settings }: Pick<Context, 'settings'>,
  { count, days }: Maximum,
): Maximum {
  const kept = settings.retention.reservations ?? Number.POSITIVE_INFINITY;
  const most = Math.min(MAX_DAYS, Math.floor(kept / DAY));
  if (isWhole(count, MAX_COUNT) && isWhole(days, most)) return { count, days };
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `maximum needs count, 1 to ${MAX_COUNT}, and days, 1 to ${most}.`,
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
