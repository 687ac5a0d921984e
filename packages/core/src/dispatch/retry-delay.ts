/** How the time until the next attempt is found. */
export interface RetryInput {
  /** Attempts made so far, 1 or more. */
  readonly attempts: number;
  /** First delay, ms. */
  readonly delay: number;
  /** 0 ≤ random < 1. */
  readonly random: number;
}

/** Longest wait between two attempts, ms: 4 hours (RFC 5321 §4.5.4.1 asks for 30 minutes or more later on). */
const LONGEST = 4 * 3_600_000;

/** Doubles with each attempt; ±25 % jitter keeps a stopped server from a stampede. */
export function retryDelay({ attempts, delay, random }: RetryInput): number {
  const doubled = Math.min(delay * 2 ** (attempts - 1), LONGEST);
  return Math.round(doubled * (0.75 + random / 2));
}
