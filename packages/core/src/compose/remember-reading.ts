import { hash, randomBytes } from 'node:crypto';
import { Readings } from './readings.ts';
import { toReading } from './to-reading.ts';

/**
 * The same reader, which reads a text once and remembers what it found: a request, its claim and
 * every recipient of a campaign ask about one body, and to take Markdown apart costs ten times as
 * much as the rest of a decision. What it remembers is bounded, and 26,000 texts in which it found
 * nothing, or the same, are remembered always. A reader that throws is asked again.
 */
export function rememberReading<T>(
  read: (subject: string, body: string) => T,
): (subject: string, body: string) => T {
  let recent = new Readings<T>();
  let earlier = recent;
  return (subject, body) => {
    // In UTF-8 all lone surrogates are one.
    if (!subject.isWellFormed() || !body.isWellFormed()) return read(subject, body);
    const digest = digestOf(subject, body);
    const known = recent.get(digest);
    if (known !== undefined) return known.result;
    const reading = earlier.get(digest) ?? toReading(read(subject, body));
    recent.add(digest, reading);
    if (recent.isFull) {
      earlier = recent;
      recent = new Readings();
    }
    return reading.result;
  };
}

/** Nobody can look for two texts that have one digest, in the bits that count. */
const SECRET = randomBytes(16).toString('hex');

/** A body's digest has always the same length, so no two pairs make one text. */
function digestOf(subject: string, body: string): string {
  return hash('sha256', `${SECRET}${digestOfBody(body)}${subject}`, 'binary');
}

/** Several readers ask about one body in turn. */
let last: { readonly body: string; readonly digest: string } | undefined;

function digestOfBody(body: string): string {
  if (last?.body !== body) last = { body, digest: hash('sha256', body, 'base64') };
  return last.digest;
}
