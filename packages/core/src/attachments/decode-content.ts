import { toCharset } from '../inbound/mime/charset.ts';
import { isUtf16 } from './sniff-content.ts';

/** Bytes in which HTML has to name its character set (WHATWG HTML §4.2.5.4). */
const META_BYTES = 1_024;

/** How bytes become characters. */
export interface DecodeOptions {
  /** What it is said to be written in, as the Encoding Standard calls it. */
  readonly charset?: string | undefined;
  /** There are more bytes: the last of these may be a part of a character. */
  readonly isCut: boolean;
}

/**
 * The characters of a text file: by its byte order mark, as UTF-8 when it is well-formed, by the
 * `charset` that is said, else as windows-1252, in which every byte means something. ISO-2022-JP is
 * written in bytes that are well-formed UTF-8, and has to be said.
 */
export function decodeContent(bytes: Uint8Array, { charset, isCut }: DecodeOptions): string {
  const stream = isCut;
  if (isUtf16(bytes)) {
    return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes, { stream });
  }
  if (charset === 'iso-2022-jp' && bytes.every((byte) => byte < 0x80)) {
    return new TextDecoder(charset).decode(bytes, { stream });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
  } catch {
    return new TextDecoder(charset ?? 'windows-1252').decode(bytes, { stream });
  }
}

/** The character set that an HTML file says it has, if this runtime knows it. */
export function findHtmlCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, META_BYTES)).toString('latin1');
  const [, label] = /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head) ?? [];
  return toCharset(label);
}
