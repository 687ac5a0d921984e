import type { HeaderField } from '../authentication.ts';
import { htmlToText } from '../html-to-text.ts';
import { fieldOf, type MimePart, splitHeader } from './split-mime-parts.ts';

/** A report taken apart, before anybody understands it. */
export interface ReportText {
  /** What it says in words, line by line, without the returned message. */
  readonly lines: readonly string[];
  /** The machine-readable part; the words again where there is none. */
  readonly statusLines: readonly string[];
  /** Whether there is a part of the type that RFC 3464 asks for. */
  readonly hasStatusPart: boolean;
  /** The header of the returned message. */
  readonly original: readonly HeaderField[];
}

const MAX_LINES = 4_000;
const RETURNED =
  /^(?:message\/(?:rfc822|partial|global|rfc822-headers|global-headers)|text\/rfc822(?:-headers?)?)$/;
const STATUS = /^message\/(?:global-)?delivery-?status$/;

/** Where the returned message begins when it is not a part of its own. */
const STOP =
  /^(?:\s*-{2,}[ -]{0,40}(?:This is a copy of|Below (?:this|the next) line|Original message|Message header follows|Unsent message follows|Returned (?:message|mail)|START OF RETURNED|Mensaje original|The header of the original|No message was collected|original (?:message|mail)|Undelivered message|Enclosed is a copy|Forwarded message|Contents of the undelivered)|Original message follows|Message headers follow|\s*Below is a copy of the original|The first \d{1,4} lines of|Original Message Headers|Original message headers:|Original mail as follows|Included is a copy of the message header|The attachment contains the original mail|Content-Type: (?:message\/rfc822|text\/rfc822-headers))/i;
/** A field that a returned message may begin with, in the first column. */
const TOP_FIELD =
  /^(?:Return-Path: ?<|Received: (?:from|by) |X-Original-To: |DKIM-Signature: v=|Delivered-To: )/;

/** The line that mailboxes put above a message. */
const MAILBOX_LINE = /^From \S{1,320} {1,2}[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d /;

/** A blank line or a rule, without the spaces around it. */
const BREAK = /^[-=*_]{0,90}$/;
/** What stands further right in a line is no account of a failure. */
const MAX_LINE = 4_000;

/** Sorts the parts of a report. */
export function toReportText(parts: readonly MimePart[], stop: RegExp | undefined): ReportText {
  const status = parts.filter(({ type }) => STATUS.test(type));
  const returned = parts.find(({ type }) => RETURNED.test(type));
  const { lines, rest } = cutOriginal(wordsOf(parts), stop);
  const statusLines = status.flatMap(({ text, fields }) => [
    // A part without a blank line: its fields were taken for a header.
    ...fields.map(({ key, value }) => `${key}: ${value}`.slice(0, MAX_LINE)),
    ...text.split('\n', MAX_LINES).map((line) => line.slice(0, MAX_LINE)),
    '',
  ]);
  const source = returned === undefined ? rest : returned.text;
  const original = originalFields(source);
  return {
    lines,
    statusLines: statusLines.length > 0 ? statusLines : lines,
    hasStatusPart: status.length > 0,
    original: original.length > 0 ? original : (parts.slice(1).find(isMessage)?.fields ?? []),
  };
}

/** A part whose header is the returned message's own. */
function isMessage({ fields }: MimePart): boolean {
  return fieldOf(fields, 'message-id') !== '' && fieldOf(fields, 'from') !== '';
}

/** The lines of all texts; of the two forms of one text the plain one. */
function wordsOf(parts: readonly MimePart[]): string[] {
  const plain = parts.filter(({ type }) => type.startsWith('text/plain'));
  const said = plain.filter(({ text }) => text.trim() !== '');
  const html = parts.filter(({ type }) => type === 'text/html');
  const other = parts.filter(({ type }) => !RETURNED.test(type) && !STATUS.test(type));
  const chosen = said.length > 0 ? said : html.length > 0 ? html : other.slice(0, 3);
  return chosen.flatMap(({ text }) => {
    const words = /<html[\s>]/i.test(text.slice(0, 2_000)) ? htmlToText(text) : text;
    const lines = words.replaceAll('\t', ' ').split('\n').slice(0, MAX_LINES);
    return lines.map((line) => toTranscript(line.slice(0, MAX_LINE)));
  });
}

/** Postfix marks what was said by "In:" and "Out:", the others by ">>>" and "<<<". */
function toTranscript(line: string): string {
  const [, side, rest] = /^ {0,4}(In|Out): {1,4}(.*)$/.exec(line) ?? [];
  return side === undefined ? line : `${side === 'In' ? '>>>' : '<<<'} ${rest ?? ''}`;
}

function cutOriginal(lines: string[], stop: RegExp | undefined): { lines: string[]; rest: string } {
  const at = lines.findIndex(
    (line, index) =>
      STOP.test(line) ||
      stop?.test(line) === true ||
      (index > 2 && isTop(line) && BREAK.test((lines[index - 1] ?? '').trim())),
  );
  if (at < 0) return { lines: lines.slice(0, MAX_LINES), rest: '' };
  const first = TOP_FIELD.test(lines[at] ?? '') ? at : at + 1;
  return { lines: lines.slice(0, at), rest: lines.slice(first).join('\n') };
}

function isTop(line: string): boolean {
  return TOP_FIELD.test(line) || MAILBOX_LINE.test(line);
}

/** The fields of a returned message, over the blank lines and rules that may stand before it. */
function originalFields(source: string): readonly HeaderField[] {
  const text = source
    .slice(0, 300_000)
    .replace(/^[\s>|=*-]+(?=[\w>|])/, '')
    .replace(/^[ >|]{1,8}(?=[\w-]{2,40}:)/gm, '');
  const { fields, body } = splitHeader(text);
  if (fieldOf(fields, 'message-id') !== '' || fieldOf(fields, 'to') !== '') return fields;
  // A part that holds a header of its own before the message's.
  return body === '' ? fields : [...fields, ...splitHeader(body.replace(/^\s+/, '')).fields];
}
