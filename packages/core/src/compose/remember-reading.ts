import { hash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { RecentMap } from '../recent-map.ts';

/** How much one reader remembers, characters: of texts in which nothing was found 2,700, in 300 kB. */
const REMEMBERED = 400_000;
/** What an entry takes besides, characters. */
const ENTRY = 100;
/** Longer texts are known by their hash, so that the text itself need not be kept. */
const SHORT = 200;

/**
 * The same reader, which reads a text once and remembers what it found: a request, its claim and
 * every recipient of a campaign ask about one body, and to take Markdown apart costs ten times as
 * much as the rest of a decision. One result per body; another subject makes it anew. A reader that
 * throws is asked again.
 */
export function rememberReading<T>(
  read: (subject: string, body: string) => T,
): (subject: string, body: string) => T {
  const known = new RecentMap<string, Reading<T>>(REMEMBERED, ({ size }) => size);
  return (subject, body) => {
    const key = keyOf(body);
    const before = known.get(key);
    if (before?.subject === subject) return before.result;
    const { result, kept } = detach(read(subject, body));
    known.set(key, { subject, result, size: ENTRY + subject.length + kept + (key.length - 1) });
    return result;
  };
}

interface Reading<T> {
  readonly subject: string;
  readonly result: T;
  /** Characters. */
  readonly size: number;
}

const NOTHING: unknown = Object.freeze([]);

/** What was found may be parts of the text, which would keep all of it. */
function detach<T>(result: T): { readonly result: T; readonly kept: number } {
  if (Array.isArray(result) && result.length === 0) return { result: NOTHING as T, kept: 0 };
  const bytes = serialize(result);
  return { result: deserialize(bytes) as T, kept: bytes.length };
}

/** Several readers ask about one text in turn. */
let last: { readonly body: string; readonly key: string } = { body: '', key: '=' };

/** No two texts have the same: a short one is its own key, and none looks like a hash. */
function keyOf(body: string): string {
  if (body.length <= SHORT) return `=${body}`;
  if (last.body !== body) {
    // Not as UTF-8, in which all lone surrogates are one.
    last = { body, key: `#${hash('sha256', Buffer.from(body, 'utf16le'), 'base64')}` };
  }
  return last.key;
}
