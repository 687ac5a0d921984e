import {
  ATTRIBUTION_START,
  ATTRIBUTIONS,
  CLIENT_FOOTER,
  HEADER_LINE,
  HEADER_START,
  MAX_ATTRIBUTION,
  SEPARATOR,
} from './quote-patterns.ts';

/** Longest text that is looked at, in characters. */
const MAX_TEXT = 500_000;
/** An attribution is broken over at most this many lines. */
const ATTRIBUTION_LINES = 4;

/**
 * What the person wrote, without the quoted history and the signature. Answers between quoted lines
 * stay. When nothing would be left (a bare forward), the whole text is the news. Takes linear time;
 * email-reply-parser 2.3.9 spends 3.3 s on 8,000 blank lines, this 6 ms.
 */
export function cutNewText(text: string): string {
  const lines = text.slice(0, MAX_TEXT).replace(/\r\n?/g, '\n').split('\n');
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trimEnd();
    if (isEnd(lines, at)) break;
    const attribution = countAttributionLines(lines, at);
    if (attribution > 0) {
      if (!isQuoteNext(lines, at + attribution)) break;
      at += attribution - 1;
    } else if (!line.startsWith('>') && !CLIENT_FOOTER.test(line.slice(0, 80))) {
      kept.push(line);
    }
  }
  const news = tidy(kept);
  return news === '' ? tidy(lines) : news;
}

/** Whether everything from this line on is signature or another message. */
function isEnd(lines: readonly string[], at: number): boolean {
  const raw = lines[at] ?? '';
  // RFC 3676 §4.3: "-- " ends the text; programs that trim lines leave "--".
  if (raw === '-- ' || raw === '--') return true;
  const line = raw.trim();
  if (line.length > 200) return false;
  return SEPARATOR.test(line) || isHeaderBlock(lines, at);
}

/** "From: … Sent: … To: … Subject: …" as Outlook writes it, perhaps under a line of underscores. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = /^_{10,}$/.test((lines[at] ?? '').trim()) ? at + 1 : at;
  if (!HEADER_START.test((lines[first] ?? '').slice(0, 200))) return false;
  const next = lines.slice(first + 1, first + 8).filter((line) => line.trim() !== '');
  return next.slice(0, 4).filter((line) => HEADER_LINE.test(line.slice(0, 200))).length >= 2;
}

/** How many lines, from this one on, say "On … Ana wrote:"; 0 when they do not. */
function countAttributionLines(lines: readonly string[], at: number): number {
  let joined = '';
  for (let count = 1; count <= ATTRIBUTION_LINES; count++) {
    const line = (lines[at + count - 1] ?? '').trim();
    if (line === '' || line.startsWith('>')) return 0;
    // Without a blank line between them the last line of the text must not be taken along.
    if (count === 2 && !ATTRIBUTION_START.test(joined.slice(0, 40))) return 0;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (joined.length > MAX_ATTRIBUTION) return 0;
    if (/[:：]$/.test(line)) {
      return ATTRIBUTIONS.some((pattern) => pattern.test(joined)) ? count : 0;
    }
  }
  return 0;
}

function isQuoteNext(lines: readonly string[], from: number): boolean {
  for (let at = from; at < lines.length && at < from + 3; at++) {
    const line = lines[at] ?? '';
    if (line.trim() !== '') return line.startsWith('>');
  }
  return false;
}

function tidy(lines: readonly string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
