import { decodeCharacterReferences } from '../compose/character-references.ts';

/** A text whose escapes are undone, and where each of its characters is written. */
export interface DecodedText {
  readonly text: string;
  /** Where the character begins in the text as it is written. */
  startOf(index: number): number;
  /** Where it ends there. */
  endOf(index: number): number;
}

/** UTF-8 in a URL (RFC 3986 §2.1), HTML's references, and backslashes of JSON and JavaScript. */
const ESCAPE = new RegExp(
  [
    '%[0-7][\\da-f]',
    '%[cd][\\da-f]%[89ab][\\da-f]',
    '%e[\\da-f](?:%[89ab][\\da-f]){2}',
    '%f[0-4](?:%[89ab][\\da-f]){3}',
    '&(?:#\\d{1,7}|#x[\\da-f]{1,6}|[a-z]{2,8});',
    '\\\\(?:u[\\da-f]{4}|x[\\da-f]{2}|["\'/\\\\])',
  ].join('|'),
  'gi',
);

/** What stands in an address and has a name of its own in HTML. */
const NAMED: Readonly<Record<string, string>> = {
  '&commat;': '@',
  '&period;': '.',
  '&plus;': '+',
  '&lowbar;': '_',
  '&equals;': '=',
};

/** A link in a link in a link; more is nobody's mail. */
const PASSES = 4;

interface View {
  readonly text: string;
  readonly starts: Int32Array | undefined;
  readonly ends: Int32Array | undefined;
}

/**
 * Undoes the escapes that an address may be written with in a link, in HTML or in JSON, also where
 * one is inside another. A backslash before a letter stays: `\n` can be a line break or the end of a
 * path, and who looks for addresses reads it both ways.
 */
export function decodeText(written: string): DecodedText {
  let view: View = { text: written, starts: undefined, ends: undefined };
  for (let pass = 0; pass < PASSES; pass += 1) {
    const next = undo(view);
    if (next === undefined) break;
    view = next;
  }
  const { text, starts, ends } = view;
  return {
    text,
    startOf: (index) => starts?.[index] ?? index,
    endOf: (index) => ends?.[index] ?? index + 1,
  };
}

/** Undefined when there was nothing to undo. */
function undo({ text, starts, ends }: View): View | undefined {
  const escapes = [...text.matchAll(ESCAPE)].flatMap((match) => {
    const meant = decodeEscape(match[0]);
    return meant === match[0]
      ? []
      : [{ at: match.index, end: match.index + match[0].length, meant }];
  });
  if (escapes.length === 0) return undefined;
  // An escape is never shorter than what it means.
  const places = { starts: new Int32Array(text.length), ends: new Int32Array(text.length) };
  const parts: string[] = [];
  let length = 0;
  const put = (part: string, startOf: (index: number) => number, endOf: typeof startOf) => {
    for (let index = 0; index < part.length; index += 1) {
      places.starts[length] = startOf(index);
      places.ends[length] = endOf(index);
      length += 1;
    }
    parts.push(part);
  };
  const start = (index: number) => starts?.[index] ?? index;
  const stop = (index: number) => ends?.[index] ?? index + 1;
  let last = 0;
  for (const { at, end, meant } of [...escapes, { at: text.length, end: text.length, meant: '' }]) {
    const from = last;
    put(
      text.slice(from, at),
      (index) => start(from + index),
      (index) => stop(from + index),
    );
    put(
      meant,
      () => start(at),
      () => stop(end - 1),
    );
    last = end;
  }
  return { text: parts.join(''), ...places };
}

function decodeEscape(written: string): string {
  if (written.startsWith('&'))
    return NAMED[written.toLowerCase()] ?? decodeCharacterReferences(written);
  if (written.startsWith('\\')) return decodeBackslash(written);
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

function decodeBackslash(written: string): string {
  const code = /^\\[ux]([\da-f]+)$/i.exec(written)?.[1];
  return code === undefined ? written.slice(1) : String.fromCharCode(Number.parseInt(code, 16));
}
