import { isUtf16 } from './sniff-content.ts';

/** Bytes in which HTML has to name its character set (WHATWG HTML §4.2.5.4). */
const META_BYTES = 1_024;

/**
 * The characters of a text file: by its byte order mark, as UTF-8 when it is well-formed, by the
 * `charset` that an HTML file names, else as windows-1252, in which every byte means something. The
 * end may be in the middle of a character.
 */
export function decodeContent(bytes: Uint8Array, named?: string): string {
  if (isUtf16(bytes)) return decode(bytes, bytes[0] === 0xff ? 'utf-16le' : 'utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return decode(bytes, named ?? 'windows-1252');
  }
}

/** The character set that an HTML file says it has, if this runtime knows it. */
export function findHtmlCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, META_BYTES)).toString('latin1');
  const [, label] = /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head) ?? [];
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array, label: string): string {
  return new TextDecoder(label).decode(bytes, { stream: true });
}
