import type { PartHeader } from './mime-header.ts';

/** Labels that TextDecoder and mail mean alike; the others have a history. */
const CHARSETS: ReadonlySet<string> = new Set([
  ...['', 'utf8', 'utf-8', 'us-ascii', 'ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252'],
]);
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** The text of a part, lines ending with LF; `undefined` when it has a form that is not common. */
export function decodeText(body: Buffer, header: PartHeader): string | undefined {
  const charset = (header.typeParams.get('charset') ?? '').toLowerCase();
  if (!CHARSETS.has(charset) || header.typeParams.has('format')) return undefined;
  const bytes = decodeBytes(body, header.encoding);
  if (bytes === undefined) return undefined;
  let decoder = decoders.get(charset);
  if (decoder === undefined) {
    decoder = new TextDecoder(charset === '' ? 'utf-8' : charset);
    decoders.set(charset, decoder);
  }
  return decoder.decode(bytes);
}

/** The bytes of a part (RFC 2045 §6). */
export function decodeBytes(body: Buffer, encoding: string): Buffer | undefined {
  if (encoding === 'base64') return decodeBase64(body);
  const lines = toLines(body);
  if (lines === undefined || encoding !== 'quoted-printable') {
    return lines === undefined ? undefined : Buffer.from(lines, 'latin1');
  }
  const text = lines.replace(/=(?:([\dA-Fa-f]{2})|\n)/g, (_, hex: string | undefined) =>
    hex === undefined ? '' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(text, 'latin1');
}

/** How much is decoded at once: a text of the whole would be as large as the message once more. */
const PIECE = 65_536;

/**
 * As programs write it: what is decoded is written again and compared, which takes a fraction of the
 * time of looking at each character. The rest is for a pattern to judge.
 */
function decodeBase64(body: Buffer): Buffer | undefined {
  const bytes = Buffer.alloc(Math.ceil((body.byteLength * 3) / 4));
  let size = 0;
  let rest = '';
  for (let from = 0; from < body.byteLength; from += PIECE) {
    const isLast = from + PIECE >= body.byteLength;
    const lines = body.toString('latin1', from, from + PIECE);
    const plain = rest + lines.replaceAll('\r', '').replaceAll('\n', '');
    const end = isLast ? plain.length : plain.length - (plain.length % 4);
    const piece = plain.slice(0, end);
    rest = plain.slice(end);
    const written = bytes.write(piece, size, 'base64');
    const isPadded = !isLast && piece.endsWith('=');
    if (isPadded || bytes.toString('base64', size, size + written) !== piece) {
      return decodeOddBase64(body);
    }
    size += written;
  }
  return bytes.subarray(0, size);
}

function decodeOddBase64(body: Buffer): Buffer | undefined {
  const text = body.toString('latin1').replace(/\s+/g, '');
  // Padding within, or another alphabet, is read in more than one way.
  return /^[A-Za-z\d+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Every line ends with LF, the last one too. */
function toLines(body: Buffer): string | undefined {
  const lines = body.toString('latin1').replaceAll('\r\n', '\n');
  if (lines.includes('\r')) return undefined;
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}
