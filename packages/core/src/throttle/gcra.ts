/** A rate as the generic cell rate algorithm counts it (ITU-T I.371, annex A). */
export interface Rate {
  /** From one message to the next, µs. */
  readonly interval: number;
  /** Messages that may come at once. */
  readonly burst: number;
}

/**
 * From when on `cost` messages may go out, µs; `tat` is the bucket's theoretical arrival time. More
 * than the burst go out together once the bucket is quite empty: one envelope is never split.
 */
export function admittedAt(tat: number, cost: number, { interval, burst }: Rate): number {
  return cost > burst ? tat : tat + (cost - burst) * interval;
}

/** The theoretical arrival time after `cost` messages at `now`, µs. */
export function charged(tat: number, now: number, cost: number, { interval }: Rate): number {
  return Math.max(tat, now) + cost * interval;
}
