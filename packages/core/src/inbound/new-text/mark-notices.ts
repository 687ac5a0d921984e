import {
  DISCLAIMER_START,
  DISCLAIMER_WORD,
  SOCIAL_START,
  SOCIAL_WORD,
  SUBSCRIPTION_START,
  SUBSCRIPTION_WORD,
} from './footers.ts';
import { runsOn } from './pick-part.ts';
import { SIGN_OFF } from './sign-offs.ts';
import { hasText, mark, type Part, textAbove } from './signature-part.ts';

/** The name of the company before its notice. */
const COMPANY = /^\s{0,3}\p{Lu}[\p{L}&.-]{0,30}(?: [\p{Lu}&][\p{L}&.-]{0,30}){1,4}[.:] /u;

/** What may stand below such a line, in lines. */
const MAX_TAIL = 15;

/** Marks disclaimers and footers; returns where they begin. */
export function markNotices(part: Part): number {
  const signed = lastSignOff(part);
  for (let at = part.from; at < part.to; ) {
    const end = endOfParagraph(part, at);
    const paragraph = part.lines.slice(at, Math.min(end, at + 20));
    const isNotice = end > at && (isDisclaimer(paragraph) || (at > signed && isReason(paragraph)));
    const start = isNotice ? headingAbove(part, at) : noticeBelowText(part, at, end);
    if (start !== undefined && hasText(part, start)) return mark(part, start, part.to);
    at = end + 1;
  }
  return part.to;
}

function lastSignOff({ from, lines, to }: Part): number {
  let at = to - 1;
  while (at >= from && !SIGN_OFF.test((lines[at] ?? '').slice(0, 80))) at--;
  return at;
}

/** "CONFIDENTIAL" in a line of its own above the notice, or the notice itself. */
function headingAbove(part: Part, notice: number): number {
  const above = textAbove(part, notice);
  const line = (part.lines[above] ?? '').slice(0, 80).trim();
  const isHeading = line.length < 70 && /\p{Lu}{4}/u.test(line) && !/\p{Ll}/u.test(line);
  return above > part.from && isHeading && DISCLAIMER_WORD.test(line) ? above : notice;
}

/** What is added without a blank line, below a sentence that has ended: elements of HTML have none. */
function noticeBelowText(part: Part, from: number, end: number): number | undefined {
  const { lines } = part;
  for (let at = from; at < end; at++) {
    const line = (lines[at] ?? '').slice(0, 300);
    if (SOCIAL_START.test(line) && SOCIAL_WORD.test(line)) return isTail(part, at) ? at : undefined;
    if (at === from) continue;
    const isStart = DISCLAIMER_START.test(line) || SUBSCRIPTION_START.test(line);
    if (!isStart || !/^\s{0,3}\p{Lu}/u.test(line)) continue;
    const rest = lines.slice(at, Math.min(end, at + 20));
    const hasEnded = /[.!?:)]\s*$/.test((lines[at - 1] ?? '').slice(-40));
    if (hasEnded && (isDisclaimer(rest) || isReason(rest)))
      return isTail(part, end) ? at : undefined;
  }
  return undefined;
}

/** Whether nothing below is a sentence: an address, a year, names of networks. */
function isTail({ kinds, lines, to }: Part, from: number): boolean {
  for (let at = from, count = 0; at < to; at++) {
    if (at > from + 4 * MAX_TAIL) return false;
    if (kinds[at] !== 'text') continue;
    const line = (lines[at] ?? '').slice(0, 200);
    count += 1;
    if (count > MAX_TAIL || line.length > 100 || /[!?:]\s*$/.test(line) || SIGN_OFF.test(line)) {
      return false;
    }
    if (!SOCIAL_WORD.test(line) && (runsOn(line) || /\.\s*$/.test(line))) return false;
  }
  return true;
}

function isDisclaimer(paragraph: readonly string[]): boolean {
  const first = (paragraph[0] ?? '').slice(0, 300);
  const isStart = DISCLAIMER_START.test(first) || DISCLAIMER_START.test(first.replace(COMPANY, ''));
  return isStart && DISCLAIMER_WORD.test(paragraph.join(' ').slice(0, 2_000));
}

/** Why one gets the message, or how one gets it no more; above a greeting a person explains it. */
function isReason(paragraph: readonly string[]): boolean {
  const first = (paragraph[0] ?? '').slice(0, 300);
  return (
    SUBSCRIPTION_START.test(first) && SUBSCRIPTION_WORD.test(paragraph.join(' ').slice(0, 2_000))
  );
}

function endOfParagraph({ kinds, to }: Part, from: number): number {
  let at = from;
  while (at < to && kinds[at] !== 'blank') at++;
  return at;
}
