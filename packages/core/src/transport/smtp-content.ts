/** A message as it follows DATA, without the final dot. */
export interface SmtpContent {
  readonly bytes: Buffer;
  /** Has bytes that need 8BITMIME (RFC 6152). */
  readonly isEightBit: boolean;
}

const LF = 10;
const CR = 13;
const DOT = 46;

/**
 * Makes a message fit for DATA: every line ends with CRLF, also the last, and a dot at the start of
 * a line is doubled (RFC 5321 §4.5.2). No CR or LF stands alone, so that no server takes another
 * end of the message for its end. Content that is fit already is not copied.
 */
export function toSmtpContent(raw: Uint8Array): SmtpContent {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  let before = LF;
  let isFit = bytes.length >= 2 && bytes[bytes.length - 2] === CR && bytes[bytes.length - 1] === LF;
  let isEightBit = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte > 0x7f) isEightBit = true;
    // An LF without its CR, a CR without its LF, a dot that begins a line.
    if ((byte === LF) !== (before === CR) || (byte === DOT && before === LF)) isFit = false;
    before = byte;
  }
  return { bytes: isFit ? bytes : mend(bytes), isEightBit };
}

function mend(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n');
  const ended = lines.endsWith('\r\n') ? lines : `${lines}\r\n`;
  return Buffer.from(ended.replace(/^\./gm, '..'), 'latin1');
}
