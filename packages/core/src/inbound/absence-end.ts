import { BACK_WORDS } from './auto-reply-patterns.ts';

const DAY_MS = 86_400_000;
/** An absence is not longer than this; what lies further off is another date. */
const MAX_ABSENCE = 550 * DAY_MS;

/** Month names of a dozen languages by their first letters. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|jän|gen|ene|sty|янв)/i,
  /^(?:feb|fév|fev|lut|фев)/i,
  /^(?:mar|mär|maa|mrt|мар)/i,
  /^(?:apr|avr|abr|kwi|апр)/i,
  /^(?:may|mai|mei|maj|mag|май|мая)/i,
  /^(?:jun|juin|giu|cze|июн)/i,
  /^(?:jul|juil|lug|lip|июл)/i,
  /^(?:aug|aoû|aou|ago|sie|авг)/i,
  /^(?:sep|set|wrz|сен)/i,
  /^(?:oct|okt|out|ott|paź|paz|окт)/i,
  /^(?:nov|lis|ноя)/i,
  /^(?:dec|déc|dez|dic|gru|дек)/i,
];

const FORMS: readonly RegExp[] = [
  /(?<year>20\d\d)[-/.年] ?(?<month>\d{1,2})[-/.月] ?(?<day>\d{1,2})/,
  /(?<day>\d{1,2})(?:st|nd|rd|th|\.|er|º|°)?(?: of| de| di)? (?<name>\p{L}{3,10})\.?,?(?: de)?(?: (?<year>20\d\d))?/u,
  /(?<name>\p{L}{3,10})\.? (?<day>\d{1,2})(?!\d)(?:st|nd|rd|th)?,?(?: (?<year>20\d\d))?/u,
  /(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>20\d\d|\d\d)?/,
  /(?<first>\d{1,2})[/-](?<second>\d{1,2})(?:[/-](?<year>20\d\d|\d\d))?/,
  /(?<month>\d{1,2})月 ?(?<day>\d{1,2})/,
];

/** Japanese and Chinese say behind the date that it is the last day, or the day to be back on. */
const BEHIND_DATE =
  /(?:(20\d\d)[年/])?(\d{1,2})[月/](\d{1,2})日?.{0,8}?(?:まで|止|为止|前|后|後|返回|回|恢复|上班|出社|復帰|出勤|(?:より|から|以降).{0,6}(?:勤務|業務|対応|営業))/gu;

/**
 * The day that an absence is said to end on, or somebody to be back, as epoch ms at 00:00 UTC. Only
 * a date that follows words such as "until" or "back on" counts, and only one after `sentAt`.
 */
export function findAbsenceEnd(text: string, sentAt: number): number | undefined {
  const words = text.slice(0, 4_000).replace(/\s+/g, ' ');
  const pattern = new RegExp(
    `(?<![\\p{Script=Latin}\\p{Script=Cyrillic}])(?:${BACK_WORDS.source})`,
    'giu',
  );
  let end: number | undefined;
  for (const match of [...words.matchAll(pattern)].slice(0, 40)) {
    const after = words.slice(match.index + match[0].length, match.index + match[0].length + 60);
    const day = readDay(after, sentAt);
    if (day !== undefined && (end === undefined || day > end)) end = day;
  }
  for (const match of [...words.matchAll(BEHIND_DATE)].slice(0, 40)) {
    const day = toDay({ year: match[1], month: match[2], day: match[3] }, sentAt);
    if (day !== undefined && (end === undefined || day > end)) end = day;
  }
  return end;
}

function readDay(text: string, sentAt: number): number | undefined {
  let best: { at: number; day: number } | undefined;
  for (const form of FORMS) {
    const match = form.exec(text);
    if (match?.groups === undefined || match.index > 25) continue;
    const day = toDay(match.groups, sentAt);
    if (day !== undefined && (best === undefined || match.index < best.at)) {
      best = { at: match.index, day };
    }
  }
  return best?.day;
}

type Groups = Readonly<Record<string, string | undefined>>;

function toDay(groups: Groups, sentAt: number): number | undefined {
  const { first, name, second } = groups;
  const day = Number(groups.day);
  let month = Number(groups.month);
  if (name !== undefined) month = MONTHS.findIndex((pattern) => pattern.test(name)) + 1;
  if (first !== undefined && second !== undefined) {
    // 03/04 is April in most of the world; 04/13, or what were past already, can only be American.
    const other = toTime(Number(second), Number(first), groups.year, sentAt);
    return toTime(Number(first), Number(second), groups.year, sentAt) ?? other;
  }
  return toTime(day, month, groups.year, sentAt);
}

function toTime(
  day: number,
  month: number,
  given: string | undefined,
  sentAt: number,
): number | undefined {
  if (!(day >= 1 && day <= 31 && month >= 1 && month <= 12)) return undefined;
  const sentYear = new Date(sentAt).getUTCFullYear();
  const years =
    given === undefined
      ? [sentYear, sentYear + 1]
      : [Number(given) + (given.length === 2 ? 2000 : 0)];
  return years
    .map((year) => Date.UTC(year, month - 1, day))
    .find((time) => time > sentAt - DAY_MS && time < sentAt + MAX_ABSENCE);
}
