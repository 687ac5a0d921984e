/** What the first bytes show, whatever name and media type say. */
export type Sniffed = 'pdf' | 'zip' | 'ole' | 'binary' | 'html' | 'ics' | 'text';

/** Bytes that decide. */
const HEAD = 4_096;

const ZIP = ['PK\u{3}\u{4}', 'PK\u{5}\u{6}'];
const OLE = '\u{d0}\u{cf}\u{11}\u{e0}\u{a1}\u{b1}\u{1a}\u{e1}';
/** GIF, gzip, RAR, bzip2 and 7-Zip: the first bytes of some have nothing that text has not. */
const OTHERS = ['GIF8', '\u{1f}\u{8b}', 'Rar!', 'BZh', '7z\u{bc}\u{af}'];

/** Tells forms apart by their signatures. A signature counts at the very beginning only. */
export function sniffContent(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEAD, bytes.byteLength));
  const latin = head.toString('latin1');
  const start = latin.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (/^%PDF-\d/.test(start)) return 'pdf';
  if (ZIP.some((mark) => latin.startsWith(mark))) return 'zip';
  if (latin.startsWith(OLE)) return 'ole';
  if (isUtf16(head)) return 'text';
  if (OTHERS.some((mark) => latin.startsWith(mark)) || isBinary(head)) return 'binary';
  if (/^(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]/i.test(start)) {
    return 'html';
  }
  return /^BEGIN:VCALENDAR\s/i.test(start) ? 'ics' : 'text';
}

/** A byte order mark; without one, UTF-16 is not told from other bytes. */
export function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** Text has no NUL and hardly any other control but white space and escape. */
function isBinary(head: Uint8Array): boolean {
  const controls = head.filter(
    (byte) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b,
  );
  return head.includes(0) || controls.length > head.length / 100;
}
