import { randomInt } from 'node:crypto';

/** A member and how long its text is. */
export interface SampleCandidate {
  readonly id: string;
  readonly length: number;
}

/**
 * Whom to show: the longest, the shortest, the rest by a chance that no author can foresee, in the
 * order in which they were given.
 */
export function chooseSample(
  candidates: readonly SampleCandidate[],
  size: number,
): readonly string[] {
  const byLength = candidates.toSorted((a, b) => a.length - b.length);
  const chosen = new Set<string>();
  for (const each of [byLength.at(-1), byLength[0]]) if (each !== undefined) chosen.add(each.id);
  const rest = candidates.map(({ id }) => id).filter((id) => !chosen.has(id));
  while (chosen.size < size && rest.length > 0) {
    const at = randomInt(rest.length);
    chosen.add(rest[at] ?? '');
    rest[at] = rest.at(-1) ?? '';
    rest.pop();
  }
  return candidates.map(({ id }) => id).filter((id) => chosen.has(id));
}
