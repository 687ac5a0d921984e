import {
  BEGINS_WITH_DATE,
  BEGINS_WITH_ON,
  ENDS_WITH_WROTE,
  POSTED_BY,
  QUOTING,
  WROTE,
} from './attribution-words.ts';
import { undoQuotedPrintable } from './undo-quoted-printable.ts';

/** An attribution is broken over at most this many lines. */
const MAX_LINES = 4;
/** Lines are joined up to this length, which also bounds the cost of the patterns. */
const MAX_LENGTH = 400;

const TIME = /\d{1,2}(?:[:.h時时]|시 ?)\d{2}|\d ?[ap]\.?m\b/iu;
const DAY = /\b(?:19|20)\d{2}\b|\d{4}[年/.-]|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}년/u;
/** "On Mon Jan 1" */
const MONTH_DAY =
  /^on (?:\p{L}{3,9}\.?,? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6}\.? \d{1,2}\b/iu;
const YEAR = /\b(?:19|20)\d{2}\b/gu;
const ADDRESS = /[^\s<>@]@[^\s<>@]/u;
/** Any language: a date before, then an address in brackets and a colon. */
const ENDS_WITH_ADDRESS =
  /[<([][^<>@\s]{1,120}@[^<>@\s]{1,120}(?:<mailto:[^<>\s]{1,150}>)?\s?[>)\]]["']?\s?[:：]$/iu;
/** Gmail of 2013: a date and a name, and no colon. */
const DATE_AND_NAME =
  /^\d{4}[-/]\d{1,2}[-/]\d{1,2}\b(?:.{1,200}<[^<>@\s]{1,120}@[^<>@\s]{1,120}>|[ \d:]{0,9} GMT[+-]\d{2}:?\d{2} [^<]{1,80})$/u;

/** A line that says who wrote what follows, and when. */
export interface Attribution {
  readonly lines: number;
  /** It names a date or an address; without, a quotation must follow for it to count. */
  readonly isSure: boolean;
}

/** The attribution that begins at this line, if one does; it may be broken over lines. */
export function findAttribution(lines: readonly string[], at: number): Attribution | undefined {
  let joined = '';
  for (let count = 1; count <= MAX_LINES; count++) {
    const line = (lines[at + count - 1] ?? '').trim();
    const isRest = /<[^<>]{1,200}$/.test(joined) && /^> ?[:：]?$/.test(line);
    if (line === '' || (line.startsWith('>') && !isRest)) return undefined;
    if (count > 1 && BEGINS_WITH_ON.test(line) && /\d/.test(line)) return undefined;
    joined = join(joined, line);
    if (joined.length > MAX_LENGTH) return undefined;
    const isSure = isAttribution(undoQuotedPrintable(joined));
    if (isSure !== undefined && !(count > 1 && !isSure)) return { lines: count, isSure };
    if (count === 1 && !mayGoOn(line)) return undefined;
  }
  return undefined;
}

function join(before: string, line: string): string {
  if (before === '') return line.replace(/^[-*_"“\s]{1,8}/, '');
  if (/\S=$/.test(before)) return before.slice(0, -1) + line;
  return /[<([]$/.test(before) || line.startsWith('>') ? before + line : `${before} ${line}`;
}

/** A first line of several holds a part of the date or the address, and is no sentence before it. */
function mayGoOn(line: string): boolean {
  const start = line.replace(/^[-*_"“\s]{1,8}/, '');
  if (/<|\S@\S/.test(start)) return true;
  return /\d/.test(start) && (BEGINS_WITH_ON.test(start) || BEGINS_WITH_DATE.test(start));
}

/** Whether it is one, and surely; undefined when it is none. */
function isAttribution(text: string): boolean | undefined {
  // Most lines are a person's own, and end here.
  if (!/[\d:：٠-٩۰-۹]|wrote/u.test(text)) return undefined;
  const line = text.replace(/[*_\s]{1,6}$/, '').replace(ARABIC_DIGIT, toAscii);
  if (POSTED_BY.test(line)) return true;
  const hasColon = /[:：]\s?-{0,20}$/.test(line);
  const hasAddress = ADDRESS.test(line);
  if (QUOTING.test(line)) return hasAddress;
  // "In 2019 Ana wrote:" is a sentence: a year alone is no date.
  const hasDate =
    /\d/.test(line.replace(YEAR, '')) &&
    (DAY.test(line) || TIME.test(line) || hasAddress || MONTH_DAY.test(line));
  const begins = BEGINS_WITH_ON.test(line) || BEGINS_WITH_DATE.test(line);
  if (ENDS_WITH_WROTE.test(line)) {
    if (begins && hasDate && (hasColon || hasAddress || /-$/.test(line))) return true;
    if (!hasColon) return / via /.test(line) && line.length < 120 ? false : undefined;
    if (hasAddress) return true;
    return begins || line.split(/\s+/).length <= 6 ? false : undefined;
  }
  if (hasColon && WROTE.test(line)) {
    if (hasDate && (begins || hasAddress || isNameWroteDate(line))) return true;
    return begins ? false : undefined;
  }
  if (begins && hasColon && (DAY.test(line) || TIME.test(line)) && ENDS_WITH_ADDRESS.test(line)) {
    return true;
  }
  // Any language: day and time, a name and a colon.
  if (hasColon && BEGINS_WITH_DATE.test(line) && DAY.test(line) && TIME.test(line)) return false;
  return DATE_AND_NAME.test(line) ? false : undefined;
}

/** Arabic and Persian; the last four bits are the value. */
const ARABIC_DIGIT = /[٠-٩۰-۹]/gu;

function toAscii(digit: string): string {
  return String(digit.charCodeAt(0) & 0xf);
}

/** "Ana Weber wrote on 2026-11-21 at 9:00:" */
function isNameWroteDate(line: string): boolean {
  const verb = WROTE.exec(line)?.index ?? -1;
  return (
    verb > 0 && verb < 80 && /\d/.test(line.slice(verb)) && !/[.!?] /.test(line.slice(0, verb))
  );
}
