import type { AuditFault } from './audit-report.ts';
import { findInOrder } from './find-in-order.ts';

/** The entries that stand before one seal in the export, and what that seal says they were. */
export interface SealedGroup {
  /** Undefined for what follows the last seal. */
  readonly seal: number | undefined;
  readonly first: number;
  readonly entries: readonly {
    readonly id: string;
    readonly hash: string;
    readonly line: number;
  }[];
  /** Hashes, hex. */
  readonly leaves: readonly string[];
}

interface Found {
  readonly id: string;
  readonly line: number;
  readonly seal: number | undefined;
  /** Index of its leaf; undefined when no seal knows it. */
  readonly leaf: number | undefined;
}

/**
 * Compares entries with the leaves of their seals, like a diff: what stands elsewhere was reordered,
 * what nobody knows was put in, or changed where a leaf is missing at the same place.
 */
export function compareEntries(groups: readonly SealedGroup[]): {
  readonly proven: number;
  readonly faults: readonly AuditFault[];
} {
  const leaves = groups.flatMap(({ leaves: hashes, seal, first }) =>
    hashes.map((hash, index) => ({ hash, seal, place: first + index })),
  );
  leaves.sort((a, b) => a.place - b.place);
  const indexes = new Map(leaves.map(({ hash }, index) => [hash, index]));
  const found = findEntries(groups, indexes);
  const placed = found.filter((entry) => entry.leaf !== undefined);
  const inOrder = findInOrder(placed.map((entry) => entry.leaf ?? 0));
  const anchors = new Set<number>();
  const faults: AuditFault[] = [];
  for (const [index, entry] of placed.entries()) {
    const leaf = leaves[entry.leaf ?? 0];
    if (leaf === undefined) continue;
    if (inOrder.has(index) && leaf.seal === entry.seal) anchors.add(entry.leaf ?? 0);
    else faults.push(toFault('reordered', entry, leaf.place));
  }
  faults.push(...pairUp(found, findGaps(leaves, placed, anchors), anchors));
  return { proven: anchors.size, faults };
}

/** A second copy of an entry is one that no seal knows. */
function findEntries(
  groups: readonly SealedGroup[],
  indexes: ReadonlyMap<string, number>,
): readonly Found[] {
  const taken = new Set<number>();
  return groups.flatMap(({ seal, entries }) =>
    entries.map(({ id, line, hash }) => {
      const leaf = indexes.get(hash);
      if (leaf === undefined || taken.has(leaf)) return { id, line, seal, leaf: undefined };
      taken.add(leaf);
      return { id, line, seal, leaf };
    }),
  );
}

interface Leaf {
  readonly hash: string;
  readonly seal: number | undefined;
  readonly place: number;
}

/** The leaves without an entry, by the seal and the last entry in place before them. */
function findGaps(
  leaves: readonly Leaf[],
  placed: readonly Found[],
  anchors: ReadonlySet<number>,
): ReadonlyMap<string, Leaf[]> {
  const present = new Set(placed.map((entry) => entry.leaf));
  const gaps = new Map<string, Leaf[]>();
  let before = -1;
  for (const [index, leaf] of leaves.entries()) {
    if (anchors.has(index)) before = index;
    if (present.has(index)) continue;
    const key = `${leaf.seal} ${before}`;
    const gap = gaps.get(key);
    if (gap === undefined) gaps.set(key, [leaf]);
    else gap.push(leaf);
  }
  return gaps;
}

/** Between the same two entries in place, an unknown entry is the missing one, changed. */
function pairUp(
  found: readonly Found[],
  gaps: ReadonlyMap<string, Leaf[]>,
  anchors: ReadonlySet<number>,
): readonly AuditFault[] {
  const faults: AuditFault[] = [];
  let before = -1;
  for (const entry of found) {
    if (entry.leaf !== undefined) {
      if (anchors.has(entry.leaf)) before = entry.leaf;
      continue;
    }
    const lost = gaps.get(`${entry.seal} ${before}`)?.shift();
    faults.push(
      lost === undefined ? toFault('inserted', entry) : toFault('changed', entry, lost.place),
    );
  }
  for (const { place, seal } of [...gaps.values()].flat()) {
    const message = `Entry ${place} is missing.`;
    faults.push({ kind: 'removed', message, place, ...(seal === undefined ? {} : { seal }) });
  }
  return faults;
}

function toFault(
  kind: 'changed' | 'inserted' | 'reordered',
  { id, line }: Found,
  place?: number,
): AuditFault {
  const messages = {
    changed: `Entry ${place} (${id}) is not what was sealed.`,
    inserted: `Entry ${id} was never sealed here.`,
    reordered: `Entry ${id} stands in the wrong place; it is entry ${place}.`,
  };
  return {
    kind,
    message: messages[kind],
    entry: id,
    line,
    ...(place === undefined ? {} : { place }),
  };
}
