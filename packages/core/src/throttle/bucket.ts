import type { ThrottleRow } from '../storage/tables/throttle.ts';
import { admittedAt, charged, type Rate } from './gcra.ts';
import type { Limit } from './resolve-throttle.ts';
import { SLOW_STEPS } from './slow-steps.ts';

/** Between two looks at a place that is taken, µs: about what one SMTP transaction takes. */
const TURN = 200_000;
/** So long after its slot mail goes out at the latest while a worker runs, µs. */
const LATE = 5_000_000;

/**
 * What one mailbox, domain or provider has sent and may send, in memory while its row is locked.
 * Mail is planned first, so that a batch is decided on together, and charged when it is claimed.
 * What has to wait takes the next free slot of the queue, so that each waits its own time and none
 * looks before.
 */
export class Bucket {
  readonly id: string;
  readonly #row: ThrottleRow;
  readonly #limit: Limit | undefined;
  readonly #now: number;
  #tat: number;
  #planned: number;
  #queueEnd: number;
  #inFlight: number;

  /** @param now - Epoch ms. */
  constructor(row: ThrottleRow, limit: Limit | undefined, now: number, inFlight: number) {
    this.id = row.bucket;
    this.#row = row;
    this.#limit = limit;
    this.#now = now * 1_000;
    // A clock that went back owes no more than a full burst.
    const { interval, burst } = this.#rate() ?? UNLIMITED;
    this.#tat = Math.min(row.tat, this.#now + interval * burst);
    this.#planned = this.#tat;
    this.#inFlight = inFlight;
    this.#queueEnd = this.#isAbandoned() ? Math.min(row.queue_end, this.#now) : row.queue_end;
  }

  /** Whether so much may go out now; `bulk` leaves a quarter of the burst to other mail. */
  admits(cost: number, bulk: boolean): boolean {
    if (this.#isFull(cost)) return false;
    const rate = this.#rate(bulk);
    return rate === undefined || admittedAt(this.#planned, cost, rate) <= this.#now;
  }

  /** Whether others wait whose turn it is first. */
  hasQueue(): boolean {
    return this.#queueEnd > this.#now;
  }

  /** So much is about to go out. */
  plan(cost: number): void {
    const rate = this.#rate();
    if (rate !== undefined) this.#planned = charged(this.#planned, this.#now, cost, rate);
    this.#inFlight += cost;
  }

  /** When so much may be looked at again, epoch ms. What is no bulk mail does not queue behind it. */
  enqueue(cost: number, bulk: boolean): number {
    const rate = this.#rate(bulk);
    const free = rate === undefined ? this.#now : admittedAt(this.#planned, cost, rate);
    const from = Math.max(free, this.#isFull(cost) ? this.#now + TURN : this.#now);
    if (!bulk) {
      this.#planned = charged(this.#planned, from, cost, rate ?? UNLIMITED);
      return Math.ceil(from / 1_000);
    }
    const slot = Math.max(from, this.#queueEnd);
    this.#queueEnd = slot + cost * this.#step(slot);
    return Math.ceil(slot / 1_000);
  }

  /** So much was claimed. */
  charge(cost: number): void {
    const rate = this.#rate();
    if (rate !== undefined) this.#tat = charged(this.#tat, this.#now, cost, rate);
  }

  /** What to store; `undefined`: nothing changed. */
  toRow(): ThrottleRow | undefined {
    const [tat, queue_end] = [Math.ceil(this.#tat), Math.ceil(this.#queueEnd)];
    if (tat === this.#row.tat && queue_end === this.#row.queue_end) return undefined;
    const idle_at = Math.max(Math.ceil(Math.max(tat, queue_end) / 1_000), this.#row.slow_until);
    return { ...this.#row, tat, queue_end, idle_at };
  }

  /** Slots passed and nobody took them: who waited was cancelled or paused, or a clock ran ahead. */
  #isAbandoned(): boolean {
    if (this.#inFlight > 0) return false;
    return this.#rate() === undefined || this.#tat + 2 * this.#step(this.#now) + LATE < this.#now;
  }

  #isFull(cost: number): boolean {
    const atOnce = this.#limit?.atOnce ?? Number.POSITIVE_INFINITY;
    // More than ever fit go alone.
    return this.#inFlight > 0 && this.#inFlight + cost > atOnce;
  }

  #rate(bulk = false): Rate | undefined {
    const rate = this.#limit?.rate;
    const slow = this.#slowInterval(this.#now);
    if (slow > 0) return { interval: Math.max(slow, rate?.interval ?? 0), burst: 1 };
    if (rate === undefined || !bulk) return rate;
    return { ...rate, burst: rate.burst - Math.floor(rate.burst / 4) };
  }

  /** From one place in the queue to the next, µs; a provider's wish to be left alone ends some time. */
  #step(slot: number): number {
    const { rate, atOnce = Number.POSITIVE_INFINITY } = this.#limit ?? {};
    return Math.max(rate?.interval ?? 0, TURN / atOnce, this.#slowInterval(slot));
  }

  #slowInterval(at: number): number {
    const { slow_level, slow_until } = this.#row;
    if (slow_until * 1_000 <= at) return 0;
    return (SLOW_STEPS[Math.min(slow_level, SLOW_STEPS.length) - 1]?.interval ?? 0) * 1_000;
  }
}

const UNLIMITED: Rate = { interval: 0, burst: 1 };
