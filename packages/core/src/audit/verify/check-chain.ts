import { NO_SEAL } from '../audit-seal.ts';
import type { AuditFault } from './audit-report.ts';
import { findInOrder } from './find-in-order.ts';

/** A seal as it stands in the export. */
export interface ChainLink {
  readonly number: number;
  readonly first: number;
  readonly count: number;
  readonly previous: string;
  readonly head: string;
  /** Nothing is wrong with it by itself. */
  readonly sound: boolean;
}

/** What is wrong between seals: order, gaps, and links that do not meet. */
export function checkChain(links: readonly ChainLink[]): readonly AuditFault[] {
  const faults: AuditFault[] = [];
  const seen = new Map<number, ChainLink>();
  const unique: ChainLink[] = [];
  for (const link of links) {
    if (seen.has(link.number)) faults.push(toFault('seal_inserted', link.number, 'is there twice'));
    else {
      seen.set(link.number, link);
      unique.push(link);
    }
  }
  const inOrder = findInOrder(unique.map((link) => link.number));
  for (const [index, link] of unique.entries()) {
    if (!inOrder.has(index)) faults.push(toFault('seal_reordered', link.number, 'is out of order'));
  }
  const chain = [...unique].sort((a, b) => a.number - b.number);
  let before: ChainLink | undefined;
  for (const link of chain) {
    faults.push(...checkLink(before, link));
    before = link;
  }
  return faults;
}

function checkLink(before: ChainLink | undefined, link: ChainLink): readonly AuditFault[] {
  const expected = before === undefined ? 0 : before.number + 1;
  if (link.number > expected) return [toGap(expected, link.number - 1)];
  const previous = before?.head ?? NO_SEAL;
  const first = before === undefined ? 0 : before.first + before.count;
  if (link.previous === previous && link.first === first) return [];
  // One of the two was changed and is reported already.
  if (!link.sound || before?.sound === false) return [];
  return [toFault('seal_changed', link.number, 'does not follow the seal before it')];
}

function toGap(from: number, to: number): AuditFault {
  const which = from === to ? `Seal ${from} is` : `Seals ${from} to ${to} are`;
  return { kind: 'seal_removed', seal: from, message: `${which} missing.` };
}

function toFault(kind: AuditFault['kind'], seal: number, what: string): AuditFault {
  return { kind, seal, message: `Seal ${seal} ${what}.` };
}
