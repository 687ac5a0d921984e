import type { GroupVariation } from '../../operations/review-results.ts';
import type { VaryingValue } from '../shape/normalise-text.ts';

/** Different values of one kind that are kept; beyond that only the longest matter. */
const MAX_DISTINCT = 1_000;
const EXAMPLES = 5;
const MAX_LENGTH = 120;

/** Collects what was put aside in many messages, in bounded memory. */
export function countVariations(): {
  add(values: readonly VaryingValue[]): void;
  list(): readonly GroupVariation[];
} {
  const seen = new Map<VaryingValue['kind'], Set<string>>();
  const longest = new Map<VaryingValue['kind'], readonly string[]>();
  return {
    add(values) {
      for (const { kind, value } of values) {
        const known = seen.get(kind) ?? new Set();
        if (known.has(value)) continue;
        if (known.size < MAX_DISTINCT) seen.set(kind, known.add(value));
        longest.set(kind, keepLongest(longest.get(kind) ?? [], value));
      }
    },
    list() {
      return [...seen].map(([kind, values]) => ({
        kind,
        distinct: values.size,
        examples: (longest.get(kind) ?? []).map((value) => value.slice(0, MAX_LENGTH)),
      }));
    },
  };
}

function keepLongest(list: readonly string[], value: string): readonly string[] {
  if (list.includes(value)) return list;
  if (list.length === EXAMPLES && value.length <= (list.at(-1)?.length ?? 0)) return list;
  return [...list, value].sort((a, b) => b.length - a.length).slice(0, EXAMPLES);
}
