import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { claimMessages, type ClaimResult } from './claim-messages.ts';
import { deliverMessage } from './deliver-message.ts';
import { giveBack } from './give-back.ts';
import { sweep } from './sweep.ts';

/** How often leases, reviews and parked deliveries are looked at while running, ms. */
const SWEEP_EVERY = 5_000;

/** Sends what is due: as a loop, or one pass at a time. */
export interface Worker {
  run(): void;
  /** Sweeps once, then claims and delivers until nothing is due or the time is over. */
  pass(maxMs: number): Promise<number>;
  /** Something may be due: look now. */
  wake(): void;
  /** Stops claiming, waits for what is in flight, gives back what has not begun. */
  stop(): Promise<void>;
}

/** Makes a worker with a name of its own; any number may run on one database. */
export function createWorker(ctx: Context, name: string): Worker {
  const { concurrency, pollInterval } = ctx.settings.dispatch;
  const inFlight = new Set<Promise<void>>();
  let wakeUp = (): void => {};
  let woken = false;
  let stopping = false;
  let loop: Promise<void> = Promise.resolve();

  async function claim(limit: number): Promise<ClaimResult> {
    const result = await claimMessages(ctx, name, limit);
    for (const claimed of result.claimed) {
      const delivery = deliverMessage(ctx, name, claimed)
        .catch(ctx.report)
        .finally(() => inFlight.delete(delivery));
      inFlight.add(delivery);
    }
    return result;
  }

  async function idle(): Promise<void> {
    if (woken || stopping) {
      woken = false;
      return;
    }
    const timer = new AbortController();
    const woke = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    const sleep = delay(pollInterval, undefined, { signal: timer.signal }).catch(() => {});
    await Promise.race([woke, sleep, ...inFlight]);
    timer.abort();
    woken = false;
  }

  async function turn(): Promise<void> {
    const free = concurrency - inFlight.size;
    const looked = free > 0 ? (await claim(free)).looked : 0;
    if (looked === 0) await idle();
  }

  async function runLoop(): Promise<void> {
    let swept = Number.NEGATIVE_INFINITY;
    while (!stopping) {
      try {
        if (performance.now() - swept > SWEEP_EVERY) {
          swept = performance.now();
          await sweep(ctx);
        }
        await turn();
      } catch (error) {
        ctx.report(error);
        await idle();
      }
    }
  }

  return {
    run() {
      loop = runLoop();
    },
    async pass(maxMs) {
      const end = performance.now() + maxMs;
      let total = 0;
      await sweep(ctx);
      while (!stopping && performance.now() < end) {
        const { claimed, looked } = await claim(concurrency);
        total += claimed.length;
        await Promise.all(inFlight);
        if (looked === 0) break;
      }
      return total;
    },
    wake() {
      woken = true;
      wakeUp();
    },
    async stop() {
      stopping = true;
      wakeUp();
      await loop;
      await Promise.all(inFlight);
      await giveBack(ctx, name);
    },
  };
}
