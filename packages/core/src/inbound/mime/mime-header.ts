import type { Header } from 'postal-mime';

/** A header field as the library gives it. */
export type MimeField = Header;

/** What says how a part is to be read. */
export interface PartHeader {
  readonly fields: readonly MimeField[];
  /** `type/subtype`, lower case. */
  readonly type: string;
  readonly typeParams: ReadonlyMap<string, string>;
  readonly disposition: string;
  readonly dispositionParams: ReadonlyMap<string, string>;
  /** Lower case; empty when there is none. */
  readonly encoding: string;
  readonly contentId: string | undefined;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The header of a message or a part; `undefined` when it has any form that is not the common one. */
export function readPartHeader(head: Buffer): PartHeader | undefined {
  const text = utf8.decode(head).replaceAll('\r\n', '\n');
  if (text.includes('\r')) return undefined;
  const fields = toFields(text);
  const find = (key: string) => fields.find((field) => field.key === key)?.value;
  const type = readValue(find('content-type') ?? 'text/plain');
  const disposition = readValue(find('content-disposition') ?? '');
  const encoding = (find('content-transfer-encoding') ?? '').toLowerCase();
  if (type === undefined || disposition === undefined || !ENCODINGS.has(encoding)) return undefined;
  if (!type.value.includes('/')) return undefined;
  return {
    fields,
    type: type.value,
    typeParams: type.params,
    disposition: disposition.value,
    dispositionParams: disposition.params,
    encoding,
    contentId: find('content-id'),
  };
}

const ENCODINGS: ReadonlySet<string> = new Set([
  ...['', '7bit', '8bit', 'binary', 'base64', 'quoted-printable'],
]);

/** Folded lines are joined with the space that they begin with (RFC 5322 §2.2.3). */
function toFields(head: string): readonly MimeField[] {
  if (head === '') return [];
  return head
    .replace(/\n(?=[ \t])/g, '')
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':');
      const originalKey = trim(colon < 0 ? line : line.slice(0, colon));
      const value = colon < 0 ? '' : trim(line.slice(colon + 1));
      return { key: originalKey.toLowerCase(), originalKey, value };
    });
}

/** Space and tab alone: with a no-break space before it, a field is another one. */
function trim(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

interface Value {
  readonly value: string;
  readonly params: ReadonlyMap<string, string>;
}

const TOKEN = /^[\w.+/-]{0,200}$/;
const PARAM = /[ \t]*;[ \t]*([\w-]+)=(?:"([^"\\]*)"|([^\s;"()\\]+))/y;

/** A value with parameters in their plain form: no comments, escapes or pieces (RFC 2231). */
function readValue(text: string): Value | undefined {
  if (text.length > 1_000) return undefined;
  const end = text.indexOf(';');
  const value = (end < 0 ? text : text.slice(0, end)).trimEnd();
  if (!TOKEN.test(value)) return undefined;
  const params = new Map<string, string>();
  let at = value.length;
  while (at < text.length) {
    PARAM.lastIndex = at;
    const [all, name, quoted, bare] = PARAM.exec(text) ?? [];
    if (all === undefined || name === undefined) {
      // A semicolon at the end says nothing.
      return /^[ \t]*;?[ \t]*$/.test(text.slice(at))
        ? { value: value.toLowerCase(), params }
        : undefined;
    }
    const key = name.toLowerCase();
    if (!params.has(key)) params.set(key, quoted ?? bare ?? '');
    at += all.length;
  }
  return { value: value.toLowerCase(), params };
}
