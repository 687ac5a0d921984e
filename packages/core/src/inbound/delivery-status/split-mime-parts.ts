import type { HeaderField } from '../authentication.ts';
import { htmlToText } from '../html-to-text.ts';

/** One leaf of a message's MIME tree, or a whole message within it, decoded. */
export interface MimePart {
  /** `type/subtype`, lower case. */
  readonly type: string;
  readonly fields: readonly HeaderField[];
  readonly text: string;
}

/** More than any report has; the rest of a long message says nothing about its delivery. */
export const MAX_REPORT_BYTES = 1_500_000;
const MAX_PARTS = 60;
const MAX_DEPTH = 8;
const MAX_HEADER = 200_000;

/**
 * The parts of a message in order. Unlike a mail reader's parser this one keeps reports and returned
 * messages apart from the text, and reads on where boundaries are missing or wrong, as they often
 * are in reports. Linear time.
 */
export function splitMimeParts(bytes: Uint8Array): readonly MimePart[] {
  const parts: MimePart[] = [];
  const source = Buffer.from(bytes.subarray(0, MAX_REPORT_BYTES)).toString('latin1');
  addParts(source.replace(/\r\n?/g, '\n'), 'text/plain', 0, parts);
  return parts;
}

/** Header fields and body of a message or part whose lines end with LF. */
export function splitHeader(source: string): { fields: HeaderField[]; body: string } {
  const start = source.startsWith('From ') ? source.indexOf('\n') + 1 : 0;
  const blank = source.startsWith('\n', start) ? start : source.indexOf('\n\n', start);
  const head = source.slice(start, blank < 0 ? source.length : blank).slice(0, MAX_HEADER);
  const fields: HeaderField[] = [];
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 1 || colon > 80) continue;
    fields.push({
      key: line.slice(0, colon).trim().toLowerCase(),
      value: line.slice(colon + 1).trim(),
    });
  }
  return { fields, body: blank < 0 ? '' : source.slice(blank).replace(/^\n{1,2}/, '') };
}

/** The value of the first field of that name, or empty. */
export function fieldOf(fields: readonly HeaderField[], key: string): string {
  return fields.find((field) => field.key === key)?.value ?? '';
}

function addParts(source: string, fallback: string, depth: number, parts: MimePart[]): void {
  if (parts.length >= MAX_PARTS) return;
  const { fields, body } = splitHeader(source);
  const contentType = fieldOf(fields, 'content-type');
  const type = typeOf(contentType) ?? fallback;
  if (type.startsWith('multipart/') && depth < MAX_DEPTH) {
    const inner = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    const pieces = splitAtBoundary(body, boundaryOf(contentType, body));
    if (pieces.length > 0) {
      for (const piece of pieces) addParts(piece, inner, depth + 1, parts);
      return;
    }
  }
  let text: string | undefined;
  parts.push({
    type,
    fields,
    // Of most mail nobody asks for it.
    get text() {
      text ??= decodeBody(body, type, fields);
      return text;
    },
  });
}

function typeOf(contentType: string): string | undefined {
  return /^\s*"?([\w.+-]{1,80}\/[\w.+-]{1,80})/.exec(contentType)?.[1]?.toLowerCase();
}

function boundaryOf(contentType: string, body: string): string | undefined {
  const [, quoted, bare] =
    /\bboundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType) ?? [];
  const declared = (quoted ?? bare)?.trim();
  if (declared !== undefined && body.includes(`--${declared}`)) return declared;
  // Not declared, or another one: the first line that looks like one, with a part's header after it.
  return /(?:^|\n)--([^\s-][^\n]{0,150})\n(?:content-|mime-)/i
    .exec(body.slice(0, 20_000))?.[1]
    ?.trim();
}

function splitAtBoundary(body: string, boundary: string | undefined): readonly string[] {
  if (boundary === undefined || boundary === '') return [];
  const mark = `--${boundary}`;
  const pieces: string[] = [];
  let from = -1;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== '\n') continue;
    if (from >= 0) pieces.push(body.slice(from, at));
    const lineEnd = body.indexOf('\n', at);
    const isLast = body.startsWith('--', at + mark.length);
    from = isLast || lineEnd < 0 ? -1 : lineEnd + 1;
    if (pieces.length >= MAX_PARTS) return pieces;
  }
  if (from >= 0 && from < body.length) pieces.push(body.slice(from));
  // What stands before the first boundary is a note for old readers, except when it is all there is.
  return pieces;
}

function decodeBody(body: string, type: string, fields: readonly HeaderField[]): string {
  const bytes = decodeTransfer(body, fieldOf(fields, 'content-transfer-encoding').toLowerCase());
  const [, charset] =
    /\bcharset\s*=\s*"?([\w.:-]{1,40})/i.exec(fieldOf(fields, 'content-type')) ?? [];
  const text = decodeCharset(bytes, charset ?? sniffCharset(bytes)).replace(/\r\n?/g, '\n');
  return type === 'text/html' ? htmlToText(text) : text;
}

function decodeTransfer(body: string, encoding: string): Buffer {
  if (encoding.startsWith('base64')) return Buffer.from(body, 'base64');
  if (!encoding.startsWith('quoted-printable')) return Buffer.from(body, 'latin1');
  const joined = body.replace(/=[ \t]{0,20}\n/g, '');
  return Buffer.from(
    joined.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );
}

/** Japanese reports often do not say that they are ISO-2022-JP. */
function sniffCharset(bytes: Buffer): string {
  return bytes.subarray(0, 20_000).includes('\u001b$') ? 'iso-2022-jp' : 'utf-8';
}

function decodeCharset(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
