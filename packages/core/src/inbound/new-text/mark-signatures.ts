import type { LineKind } from './classify-lines.ts';
import { DISCLAIMER_WORD, SUBSCRIPTION_WORD } from './footers.ts';
import { markNotices } from './mark-notices.ts';
import { runsOn } from './pick-part.ts';
import {
  COMPANY_LINE,
  CONTACT,
  DASHED_NAME,
  NAME,
  POSITION,
  POSTSCRIPT,
  SIGN_OFF,
} from './sign-offs.ts';
import { hasText, mark, type Part, textAbove } from './signature-part.ts';

/** What stands below a rule is a footer only when it is this short, in lines. */
const MAX_FOOTER = 15;
const MAX_CARD = 14;
/** A shorter rule above a sentence is a heading's. */
const SURE_RULE = 20;
/** What stands between the parts of a card in one line. */
const PIPE = /\s[|│｜¦]\s/u;

/**
 * Marks signatures, device lines and disclaimers in every part between quotations: the person may
 * sign above the quoted message or below it.
 */
export function markSignatures(lines: readonly string[], kinds: LineKind[]): void {
  let hasAnswer = false;
  for (let from = 0; from < kinds.length; ) {
    let to = from;
    while (to < kinds.length && isOwn(kinds[to])) to++;
    let firstText = from;
    while (firstText < to && kinds[firstText] !== 'text') firstText++;
    const part = { lines, kinds, from, to, firstText: hasAnswer ? from - 1 : firstText };
    hasAnswer ||= firstText < to;
    if (isCardBelowQuote(part)) mark(part, from, to);
    else if (to > from) markPart(part);
    from = to + 1;
  }
}

function isOwn(kind: LineKind | undefined): boolean {
  return kind !== 'quote' && kind !== 'attribution' && kind !== 'history';
}

/** A few lines of name and position below the quoted message, when the answer stands above it. */
function isCardBelowQuote(part: Part): boolean {
  const { from, kinds, lines, to } = part;
  if (from === 0 || kinds[from - 1] !== 'quote' || !hasText(part, from)) return false;
  const own = lines.slice(from, Math.min(to, from + 30)).filter((line) => line.trim() !== '');
  return own.length > 1 && own.length <= 6 && isName(own[0]) && hasCard(part, from, to);
}

function isName(line = ''): boolean {
  return (
    line.length < 400 && NAME.test((line.split(/[|│｜¦]|\s\/\s/u)[0] ?? '').replaceAll('*', ''))
  );
}

function markPart(part: Part): void {
  let start = part.from;
  while (start < part.to && part.kinds[start] !== 'delimiter') start++;
  let to = mark(part, start, part.to);
  to = markRules({ ...part, to });
  to = markDevice({ ...part, to });
  to = markNotices({ ...part, to });
  markPictures({ ...part, to });
  markCard({ ...part, to });
}

/** Outlook names a picture, mostly of a logo, in a line of its own. */
const PICTURE = /^\s{0,9}\[cid:[^\]\s]{1,150}\]\s{0,9}$/;

/** A picture beside words says nothing in a text; one alone is the answer. */
function markPictures({ from, kinds, lines, to }: Part): void {
  const pictures: number[] = [];
  let hasWords = false;
  for (let at = from; at < to; at++) {
    if (kinds[at] !== 'text') continue;
    if (PICTURE.test((lines[at] ?? '').slice(0, 200))) pictures.push(at);
    else hasWords = true;
  }
  if (hasWords) for (const at of pictures) kinds[at] = 'signature';
}

/** A line of dashes or underscores: above a footer it ends the text, within a text it stays. */
function markRules(part: Part): number {
  let first = part.to;
  let below = 0;
  let hasSentence = false;
  let hasProse = false;
  let hasNotice = false;
  let items = 0;
  for (let at = part.to - 1; at >= part.from; at--) {
    const line = part.lines[at] ?? '';
    if (part.kinds[at] === 'rule') {
      const isShort = line.trim().length < SURE_RULE && hasSentence;
      const isSure = line.includes('_') && (!isShort || !hasProse || hasNotice);
      const isHeading = (hasSentence && isUnderline(part, at)) || isAnnounced(part, at);
      const isFooter =
        below === 0 || (!isHeading && (isSure || (below <= 3 && !isShort && items < below)));
      if ((isFooter || hasCard(part, at, first)) && below <= MAX_FOOTER && hasText(part, at))
        first = at;
      else part.kinds[at] = 'text';
    } else if (part.kinds[at] === 'text') {
      below += 1;
      if (/^\s{0,6}(?:\d{1,2}[.)] ?|[-*•] )\S/u.test(line)) items += 1;
      hasSentence ||= /[.!?]\s*$/.test(line);
      hasProse ||= /[.!?]\s*$/.test(line) && runsOn(line.slice(0, 300));
      hasNotice ||=
        DISCLAIMER_WORD.test(line.slice(0, 300)) || SUBSCRIPTION_WORD.test(line.slice(0, 300));
      if (SIGN_OFF.test(line.slice(0, 80))) below = MAX_FOOTER + 1;
    }
  }
  return mark(part, first, part.to);
}

/** The text above says that something follows. */
function isAnnounced(part: Part, at: number): boolean {
  return /[:：]\s*$/.test((part.lines[textAbove(part, at)] ?? '').slice(-40));
}

/** As long as the line directly above it: that is a heading. */
function isUnderline({ kinds, lines }: Part, at: number): boolean {
  const above = (lines[at - 1] ?? '').trim();
  const isNear = kinds[at - 1] === 'text' && kinds[at + 1] === 'text';
  return isNear && Math.abs(above.length - (lines[at] ?? '').trim().length) <= 3;
}

function hasCard({ kinds, lines, to }: Part, from: number, end: number): boolean {
  let above = 0;
  for (let at = from; at < Math.min(end, to, from + MAX_CARD); at++) {
    if (kinds[at] !== 'text') continue;
    const line = (lines[at] ?? '').slice(0, 300);
    if (CONTACT.test(line) || (above > 0 && isPosition(line))) return true;
    above += 1;
  }
  return false;
}

/** A position or a company, and no sentence about one. */
function isPosition(line: string): boolean {
  return POSITION.test(line) && !(runsOn(line) && /[.!?]\s*$/.test(line));
}

/** What follows "Sent from my phone" without any mark is the other message or a footer. */
function markDevice(part: Part): number {
  for (let at = part.from; at < part.to; at++) {
    if (part.kinds[at] !== 'device') continue;
    if (hasText(part, at)) return mark(part, at, part.to);
    part.kinds[at] = 'signature';
  }
  return part.to;
}

/** "Regards, / Ana / Acme Ltd / +49 30 1234" and "-Ana"; a name alone below a greeting is the person's. */
function markCard(part: Part): void {
  const { kinds, lines } = part;
  let last = part.to - 1;
  while (last >= part.from && kinds[last] !== 'text') last--;
  const isAlone = !/^\s{0,3}[-–—~*•]|:\s*$/.test((lines[last - 1] ?? '').slice(0, 200));
  const signed = (lines[last] ?? '').slice(0, 300);
  const isCard = /^\s{0,3}(?:--|—)\s\S/u.test(signed) && CONTACT.test(signed);
  if (isAlone && (isCard || DASHED_NAME.test(signed)) && hasText(part, last)) {
    mark(part, last, part.to);
    return;
  }
  for (let at = last, below = 0; at > part.from && below <= MAX_CARD; at--) {
    if (kinds[at] !== 'text') continue;
    const line = (lines[at] ?? '').slice(0, 120);
    if (POSTSCRIPT.test(line)) return;
    if (below > 0 && SIGN_OFF.test(line)) {
      if (hasText(part, at) && hasCard(part, at + 1, last + 1)) mark(part, at, part.to);
      return;
    }
    const mayBeCard =
      (isName(line) || COMPANY_LINE.test(line)) &&
      (kinds[at - 1] === 'blank' || isBelowSentence(part, at));
    if (mayBeCard && isUnsignedCard(part, at, last + 1)) {
      mark(part, startOfSignOff(part, at), part.to);
      return;
    }
    below += 1;
  }
}

/** Name, position and number, each in a line, directly below a sentence. */
function isBelowSentence({ kinds, lines }: Part, at: number): boolean {
  const isEnd = kinds[at - 1] === 'text' && /[.!?]\s*$/.test((lines[at - 1] ?? '').slice(-40));
  const position = (lines[at + 1] ?? '').slice(0, 120);
  return isEnd && POSITION.test(position) && CONTACT.test((lines[at + 2] ?? '').slice(0, 120));
}

/** The line of the greeting above a card, or the card's own first line. */
function startOfSignOff(part: Part, card: number): number {
  const lineAt = (at: number): string => (part.lines[at] ?? '').slice(0, 120);
  let above = textAbove(part, card);
  // A card that begins with the position has its name above it.
  if (POSITION.test(lineAt(card)) && isName(lineAt(above))) above = textAbove(part, above);
  return above > part.from && SIGN_OFF.test(lineAt(above)) ? above : card;
}

/** A name above a position and numbers, and no sentence; a list that was asked for has a colon above it. */
function isUnsignedCard(part: Part, from: number, to: number): boolean {
  if (!hasText(part, from)) return false;
  const own = part.lines.slice(from, to).filter((line) => line.trim() !== '');
  const before = (part.lines[textAbove(part, from)] ?? '').trim();
  // ":+1:" is an answer.
  if (/[:：]$/.test(before) && !/:[\w+-]{1,30}:$/.test(before)) return false;
  const first = own[0] ?? '';
  if (PIPE.test(first) && isPartOfName(before, first)) return true;
  // Below a whole card in one line a company adds what it has to.
  if (isWholeCard(first) && !isWholeCard(own[1] ?? '')) return true;
  if (own.length < 2 || own.some((line) => line.length >= 100 || /[.!?:。！？：]\s*$/.test(line)))
    return false;
  const signs = own.filter((line) => CONTACT.test(line) || POSITION.test(line)).length;
  // Who has written the name already does not write it again.
  if (signs > 0 && isPartOfName(before, first)) return true;
  return signs >= 2 || PIPE.test(first) || POSITION.test(own[1] ?? '');
}

/** "Ana Weber | Head of Sales | Acme Ltd | T: 212 555 0100" */
function isWholeCard(raw: string): boolean {
  const line = raw.slice(0, 400);
  return line.split(/\s[|│｜¦]\s/u).length > 2 && (POSITION.test(line) || /\S@\S|\d{3}/.test(line));
}

function isPartOfName(signed: string, name: string): boolean {
  const words = signed.slice(0, 60).match(/\p{L}+/gu) ?? [];
  return words.length > 0 && words.length <= 3 && words.every((word) => name.includes(word));
}
