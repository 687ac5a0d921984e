import { CLAIM_LANGUAGES } from '../compose/claims/languages.ts';
import type { Claim } from '../compose/find-claims.ts';
import type { Offer } from '../content/offer.ts';

const DAY = 86_400_000;

const DAY_OF_MONTH = /\b(\d{1,2})(?:st|nd|rd|th|er)?\b(?! ?%)/g;

/** How long an urgent word may be said before the end, ms. A zone's difference is in it. */
const LEAD = { today: 1.5 * DAY, tomorrow: 2.5 * DAY, soon: 7 * DAY } as const;

/**
 * Whether the words fit the end of an offer that runs. A date that cannot be read fits nothing, and
 * neither do "urgent" or "action required": no offer makes them true.
 */
export function fitsDeadline(
  { urgency, words }: Claim,
  { startsAt, endsAt }: Offer,
  now: number,
): boolean {
  if (urgency === undefined || startsAt > now || endsAt <= now) return false;
  if (urgency === 'date') return fitsDate(words.toLowerCase(), endsAt, now);
  return endsAt - now <= LEAD[urgency];
}

/** The named day is that of the end, in whichever zone: the last one in full, or the one of midnight. */
function fitsDate(words: string, endsAt: number, now: number): boolean {
  const days = [endsAt - DAY, endsAt - 1, endsAt].map((at) => new Date(at));
  const iso = /\d{4}-\d\d-\d\d/.exec(words)?.[0];
  if (iso !== undefined) return days.some((day) => day.toISOString().startsWith(iso));
  const month = findMonth(words);
  // "20% off, and it ends on March 31": a date stands last.
  const date = [...words.matchAll(DAY_OF_MONTH)].at(-1)?.[1];
  if (month !== undefined && date !== undefined) {
    return days.some((day) => day.getUTCMonth() + 1 === month && day.getUTCDate() === Number(date));
  }
  const weekday = findWeekday(words);
  if (weekday === undefined || endsAt - now > 14 * DAY) return false;
  return days.some((day) => day.getUTCDay() === weekday);
}

function findWeekday(words: string): number | undefined {
  for (const { weekdays } of Object.values(CLAIM_LANGUAGES)) {
    const found = weekdays.findIndex((name) => new RegExp(`(?<!\\p{L})${name}`, 'u').test(words));
    if (found >= 0) return found;
  }
  return undefined;
}

function findMonth(words: string): number | undefined {
  for (const { months } of Object.values(CLAIM_LANGUAGES)) {
    const found = Object.entries(months).find(([name]) =>
      new RegExp(`\\b${name}[\\p{L}]*\\b`, 'u').test(words),
    );
    if (found !== undefined) return found[1];
  }
  return undefined;
}
