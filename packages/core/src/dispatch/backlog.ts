import { performance } from 'node:perf_hooks';
import type { ClaimedMessage } from './claim-messages.ts';

/** Most messages that are claimed ahead; a batch costs little more than one. */
const MOST = 200;
/** So much mail is claimed ahead, ms of the pace at which it has gone out of late. */
const AHEAD = 500;
/** What has waited longer, ms, is decided on again: somebody may have unsubscribed. */
const STALE = 5_000;
/** The pace is that of the last ones that ended. */
const PACE_OF = 64;

interface Waiting {
  readonly claimed: ClaimedMessage;
  readonly at: number;
}

/**
 * What a worker has claimed and not begun. It is short, and empty when mail goes out slowly: who
 * unsubscribes after the claim comes too late.
 */
export class Backlog {
  #waiting: Waiting[] = [];
  readonly #ends: number[] = [];

  /** How many to claim now, when so many could begin at once; 0 while enough is claimed. */
  room(free: number): number {
    const wanted = Math.min(MOST, Math.floor(this.#pace() * AHEAD));
    const missing = wanted - this.#waiting.length;
    return missing > wanted / 2
      ? Math.max(free + missing, 0)
      : Math.max(free - this.#waiting.length, 0);
  }

  add(claimed: readonly ClaimedMessage[]): void {
    const at = performance.now();
    this.#waiting.push(...claimed.map((each) => ({ claimed: each, at })));
  }

  /** The next one; `stale` when it has waited too long. */
  take(): { readonly claimed: ClaimedMessage; readonly stale: boolean } | undefined {
    const next = this.#waiting.shift();
    if (next === undefined) return undefined;
    return { claimed: next.claimed, stale: performance.now() - next.at > STALE };
  }

  /** A delivery has ended. */
  ended(): void {
    this.#ends.push(performance.now());
    if (this.#ends.length > PACE_OF) this.#ends.shift();
  }

  /** Deliveries per ms. */
  #pace(): number {
    const [first] = this.#ends;
    if (first === undefined || this.#ends.length < PACE_OF) return 0;
    return this.#ends.length / Math.max(1, performance.now() - first);
  }
}
