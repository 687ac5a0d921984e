import { countsTogether } from './cap-matches.ts';
import type { CountedMail, LedgerMail } from './counted-mail.ts';
import type { FrequencyCap } from './frequency-cap.ts';

/** How a cap stands for one mail at one instant. */
export interface Place {
  /** Places taken in the window that ends now. */
  readonly used: number;
  /** Places left; below `wanted`, it has to wait. */
  readonly free: number;
  /** The first instant at which `wanted` places are free, if nothing else takes one; epoch ms. */
  readonly freeAt: number;
}

/**
 * Looks for `wanted` places under a cap. What was sent exactly one window ago counts no longer.
 * A message that wants more places than there are in an empty window never finds them all: then
 * `freeAt` is when the window is empty.
 */
export function findPlace(
  cap: FrequencyCap,
  ledger: readonly LedgerMail[],
  mail: CountedMail,
  { now, wanted }: { readonly now: number; readonly wanted: number },
): Place {
  const taken = ledger
    .filter((each) => each.at > now - cap.per && countsTogether(cap, each, mail))
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const used = taken.length;
  const tooMany = Math.min(used, used + wanted - cap.max);
  const lastInTheWay = tooMany > 0 ? taken[tooMany - 1] : undefined;
  return {
    used,
    free: Math.max(0, cap.max - used),
    freeAt: lastInTheWay === undefined ? now : lastInTheWay + cap.per,
  };
}
