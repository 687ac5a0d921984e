import { parse } from 'tldts';

/** Where an address may begin inside a run of characters that are allowed in one. */
const EDGE = /[^\p{L}\p{N}._+-]|\.{2,}/gu;

/** Sentences that one run of letters and dots is tried as. */
const MAX_SENTENCES = 2;

/**
 * The places in a run before an at sign at which a local part may begin, the first one first: where
 * the run does, and after what stands between words. `before` and `after` are what stands around the
 * address.
 */
export function listLocalStarts(
  local: string,
  before: string | undefined,
  after: string,
): readonly number[] {
  const starts = [0];
  // `\n` of JSON that is text itself, or the last part of a path: either reading may be theirs.
  if (before === '\\' && /^[bfnrt]/.test(local)) starts.push(1);
  for (const edge of local.matchAll(EDGE)) {
    // O'Neil is not Neil.
    if (/['’]/.test(edge[0]) && /[\p{L}\p{N}]$/u.test(local.slice(0, edge.index))) continue;
    starts.push(edge.index + edge[0].length);
  }
  const wraps = /^[.,;:!?)]{0,2}(_+)(?![\p{L}\p{N}_])/u.exec(after)?.[1]?.length ?? 0;
  const all = starts.flatMap((at) => {
    // No local part begins with a dot (RFC 5321 §4.1.2).
    const first = at + (/^\.*/.exec(local.slice(at))?.[0].length ?? 0);
    // Markdown's emphasis has as many before as after.
    const marks = /^_*/.exec(local.slice(first))?.[0].length ?? 0;
    return marks > 0 && wraps > 0 ? [first, first + Math.min(marks, wraps)] : [first];
  });
  return [...new Set(all)].filter((at) => at < local.length);
}

/**
 * What of a run after an at sign may be the domain, the longest first. `example.org.Thanks` is a
 * domain and the next sentence: its first letter is the only one in upper case, and no domain ends
 * so. Where one could, as in `example.org.It`, it is the domain if the address is `closed` off.
 */
export function listDomainEnds(run: string, closed: boolean): readonly string[] {
  const whole = run.replace(/[.-]+$/, '');
  const sentences = [...whole.matchAll(/\.(?=\p{Lu})/gu)].filter(({ index }) => {
    const label = /[^.]*$/.exec(whole.slice(0, index))?.[0] ?? '';
    if (label !== label.toLowerCase()) return false;
    if (parse(whole).isIcann !== true) return true;
    return !closed && /^\p{Lu}\p{Ll}*(?:\.|$)/u.test(whole.slice(index + 1));
  });
  const ends = sentences.slice(0, MAX_SENTENCES).map(({ index }) => whole.slice(0, index));
  return [whole, ...ends];
}
