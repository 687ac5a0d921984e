/** A body part as it stands in a message: CRLF line ends, no line over 76 characters. */
export interface EncodedText {
  readonly encoding: '7bit' | 'quoted-printable' | 'base64';
  readonly body: string;
}

/** RFC 2045 §6.7 rule 5 and §6.8. */
const MAX_LINE = 76;

/**
 * A text part in the plainest transfer encoding that arrives as it left (RFC 2045 §6): as it is
 * when it is ASCII in short lines, else quoted-printable, or base64 where that is much shorter.
 * Lines that begin with `From ` are never sent as they are: some stores write `>From `, which
 * breaks a DKIM signature.
 */
export function encodeText(text: string): EncodedText {
  const canonical = text.includes('\r') || text.includes('\n') ? toCrlf(text) : text;
  if (isPlain(canonical)) return { encoding: '7bit', body: canonical };
  const bytes = Buffer.from(canonical);
  const quoted = toQuotedPrintable(bytes);
  // Quoted-printable stays legible for filters; base64 pays where most bytes would be coded.
  return quoted.length <= bytes.length * 2
    ? { encoding: 'quoted-printable', body: quoted }
    : { encoding: 'base64', body: toBase64Lines(bytes) };
}

/** Base64 in lines of 76 characters. */
export function toBase64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}(?!$)/g, '$&\r\n');
}

function toCrlf(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n');
}

function isPlain(text: string): boolean {
  if (/^(?:[^\r\n]{77}|From )|[ \t]$/m.test(text)) return false;
  return /^[\t\r\n\x20-\x7e]*$/.test(text);
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const DOT = 46;
const EQUALS = 61;
const UPPER_F = 70;
const HEX = Buffer.from('0123456789ABCDEF');

/** Bytes that quoted-printable writes as they are wherever they stand: printable ASCII but `=`. */
const LITERAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > SPACE && byte < 127 && byte !== EQUALS ? 1 : 0,
);

/** RFC 2045 §6.7. `bytes` have CRLF line ends and no CR or LF besides. */
function toQuotedPrintable(bytes: Buffer): string {
  // Every byte becomes three at most, and every 73 of those a soft line break more.
  const out = Buffer.allocUnsafe(bytes.length * 3 + Math.ceil((bytes.length * 3) / 73) * 3 + 3);
  let at = 0;
  let column = 0;
  for (let index = 0; index < bytes.length; index++) {
    // Most of a line stands for itself.
    while (column > 0 && column < MAX_LINE - 1 && LITERAL[bytes[index] as number] === 1) {
      out[at++] = bytes[index++] as number;
      column += 1;
    }
    if (index === bytes.length) break;
    const byte = bytes[index] as number;
    if (byte === CR || byte === LF) {
      out[at++] = byte;
      column = 0;
      continue;
    }
    // One place is kept for the "=" of a soft line break.
    if (column + widthOf(bytes, index, column) > MAX_LINE - 1) {
      out[at++] = EQUALS;
      out[at++] = CR;
      out[at++] = LF;
      column = 0;
    }
    const width = widthOf(bytes, index, column);
    if (width === 1) {
      out[at++] = byte;
    } else {
      out[at++] = EQUALS;
      out[at++] = HEX[byte >> 4] as number;
      out[at++] = HEX[byte & 15] as number;
    }
    column += width;
  }
  return out.toString('latin1', 0, at);
}

/** 1 for a byte that stands for itself here, 3 for one that is written as `=XX`. */
function widthOf(bytes: Buffer, index: number, column: number): 1 | 3 {
  const byte = bytes[index] as number;
  if (LITERAL[byte] === 1) return column === 0 && isChangedAtStart(bytes, index) ? 3 : 1;
  if (byte !== SPACE && byte !== TAB) return 3;
  // White space at the end of a line would be lost.
  return index + 1 < bytes.length && bytes[index + 1] !== CR ? 1 : 3;
}

/** `From ` and a dot at the start of a line, which stores and careless relays change. */
function isChangedAtStart(bytes: Buffer, index: number): boolean {
  const byte = bytes[index];
  if (byte === DOT) return true;
  return byte === UPPER_F && bytes.toString('latin1', index, index + 5) === 'From ';
}
