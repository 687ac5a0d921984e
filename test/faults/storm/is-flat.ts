import { median } from '../../bench/support/numbers.ts';

/** Whether a series of samples stays where it is once it is warm. */
export interface Flatness {
  /** Medians of the second and of the last quarter. */
  readonly early: number;
  readonly late: number;
  /** What the straight line through all but the first quarter gains from its begin to its end. */
  readonly drift: number;
  readonly isFlat: boolean;
}

/** What may be gained from the second quarter to the last. */
const MOST = 0.15;

/** The first quarter is not looked at: caches fill, and code is compiled. */
export function isFlat(values: readonly number[]): Flatness {
  const quarter = Math.floor(values.length / 4);
  const warm = values.slice(quarter);
  const early = median(warm.slice(0, quarter));
  const late = median(values.slice(-quarter));
  const drift = slope(warm) * (warm.length - 1);
  return { early, late, drift, isFlat: late <= early * (1 + MOST) && drift <= early * MOST };
}

function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [above, below] = [0, 0];
  for (const [at, value] of values.entries()) {
    above += (at - middle) * (value - mean);
    below += (at - middle) ** 2;
  }
  return below === 0 ? 0 : above / below;
}
