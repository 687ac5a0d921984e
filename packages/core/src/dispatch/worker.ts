import { setTimeout as delay } from 'node:timers/promises';
import { sealAudit } from '../audit/seal-audit.ts';
import type { Context } from '../context.ts';
import { forgetAbsences } from '../preferences/forget-absences.ts';
import { sweepRetention } from '../retention/sweep-retention.ts';
import { resumeErasures } from '../rights/resume-erasures.ts';
import type { StopListening } from '../storage/database.ts';
import { instruments } from '../telemetry/instruments.ts';
import { quietly } from '../telemetry/quietly.ts';
import { secondsSince } from '../telemetry/seconds-since.ts';
import { learnRoutes } from '../throttle/learn-routes.ts';
import { spreadThrottled } from '../throttle/spread-throttled.ts';
import { forgetEvents } from '../webhooks/forget-events.ts';
import { Backlog } from './backlog.ts';
import { type ClaimedMessage, claimMessages } from './claim-messages.ts';
import { deliverMessage } from './deliver-message.ts';
import { giveBack } from './give-back.ts';
import { createPost, type Post } from './post.ts';
import { sweep } from './sweep.ts';
import type { BatchResult } from './work-batch.ts';

/** What nobody waits for. */
const CHORES = [sealAudit, resumeErasures, sweepRetention, forgetEvents, forgetAbsences];

/** How often leases, reviews and parked deliveries are looked at while running, ms. */
const SWEEP_EVERY = 5_000;

/** Sends what is due: as a loop, or one pass at a time. Any number may run on one database. */
export class Worker {
  readonly #ctx: Context;
  readonly #name: string;
  readonly #post: Post;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #backlog = new Backlog();
  readonly #passes = new Set<Promise<number>>();
  #loop: Promise<void> = Promise.resolve();
  #tidying: Promise<void> | undefined;
  #stopping = false;
  #woken = false;
  #wakeUp: () => void = () => {};
  #stopListening: StopListening = () => Promise.resolve();

  constructor(ctx: Context, name: string) {
    this.#ctx = ctx;
    this.#name = name;
    this.#post = createPost(ctx, name);
  }

  /** Starts the loop; `stop` ends it. */
  run(): void {
    const { storage, tenant } = this.#ctx;
    this.#stopListening = storage.listen(tenant, () => this.wake());
    this.#loop = this.#runLoop();
  }

  /** Sweeps once, then claims and delivers until nothing is due or the time is over. */
  pass(maxMs: number): Promise<number> {
    const pass = this.#runPass(maxMs).finally(() => this.#passes.delete(pass));
    this.#passes.add(pass);
    return pass;
  }

  /** Something may be due: look now. */
  wake(): void {
    this.#woken = true;
    this.#wakeUp();
  }

  /** Stops claiming, waits for what is in flight, gives back what has not begun. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wakeUp();
    await this.#stopListening();
    await Promise.allSettled([this.#loop, ...this.#passes]);
    await Promise.all([...this.#inFlight, this.#tidying]);
    await giveBack(this.#ctx, this.#name).catch(this.#ctx.report);
  }

  async #runPass(maxMs: number): Promise<number> {
    const end = performance.now() + maxMs;
    let total = 0;
    if (this.#stopping) return total;
    await sweep(this.#ctx);
    await this.#tidy();
    while (!this.#stopping && performance.now() < end) {
      const { concurrency } = this.#ctx.settings.dispatch;
      const { claimed, looked } = await this.#claim(this.#backlog.room(concurrency));
      total += claimed;
      while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
      if (looked === 0) break;
    }
    return total;
  }

  async #runLoop(): Promise<void> {
    let swept = Number.NEGATIVE_INFINITY;
    while (!this.#stopping) {
      try {
        if (performance.now() - swept > SWEEP_EVERY) {
          swept = performance.now();
          await sweep(this.#ctx);
          // Nobody's mail waits for whoever anchors the head, nor for an erasure.
          void this.#tidy();
        }
        const { concurrency } = this.#ctx.settings.dispatch;
        const room = this.#backlog.room(concurrency - this.#inFlight.size);
        const looked = room > 0 ? (await this.#claim(room)).looked : 0;
        if (looked === 0) await this.#idle();
      } catch (error) {
        this.#ctx.report(error);
        this.#woken = false;
        await this.#idle();
      }
    }
  }

  /** What nobody waits for, one pass at a time; a fault is reported and stops no mail. */
  #tidy(): Promise<void> {
    this.#tidying ??= this.#runTidying().finally(() => {
      this.#tidying = undefined;
    });
    return this.#tidying;
  }

  async #runTidying(): Promise<void> {
    for (const chore of CHORES) {
      await chore(this.#ctx, () => this.#stopping).then(() => {}, this.#ctx.report);
    }
  }

  async #claim(limit: number): Promise<{ readonly claimed: number; readonly looked: number }> {
    const start = performance.now();
    const result = await claimMessages(this.#ctx, this.#name, limit);
    if (result.looked > 0) this.#observeClaim(result, start);
    // What was claimed while stopping goes back unopened.
    if (this.#stopping) return { claimed: 0, looked: 0 };
    this.#backlog.add(result.results);
    this.#deliver();
    // What was claimed is on its way by now, whatever becomes of the rest.
    if (result.throttled > 0) await spreadThrottled(this.#ctx, `worker:${this.#name}`);
    // With the answers what goes there is taken next.
    await learnRoutes(this.#ctx, result.unknown);
    return { claimed: result.results.length, looked: result.looked };
  }

  #observeClaim({ results, looked }: BatchResult<ClaimedMessage>, start: number): void {
    const seconds = secondsSince(start);
    quietly(() => instruments().claim.record(seconds));
    this.#ctx.logger?.debug('claimed', { claimed: results.length, looked, ms: seconds * 1_000 });
  }

  /** As many at once as the options say; the others wait, claimed. */
  #deliver(): void {
    while (!this.#stopping && this.#inFlight.size < this.#ctx.settings.dispatch.concurrency) {
      const next = this.#backlog.take();
      if (next === undefined) return;
      const { claimed, stale } = next;
      const work = stale
        ? giveBack(this.#ctx, this.#name, claimed.deliveries)
        : deliverMessage(this.#ctx, this.#post, claimed);
      const delivery = work.catch(this.#ctx.report).finally(() => {
        this.#inFlight.delete(delivery);
        if (!stale) this.#backlog.ended();
        this.#deliver();
      });
      this.#inFlight.add(delivery);
    }
  }

  /** Until something was woken, a delivery ended, or the poll interval is over. */
  async #idle(): Promise<void> {
    if (!this.#woken && !this.#stopping) {
      const timer = new AbortController();
      const woke = new Promise<void>((resolve) => {
        this.#wakeUp = resolve;
      });
      const { pollInterval } = this.#ctx.settings.dispatch;
      const sleep = delay(pollInterval, undefined, { signal: timer.signal }).catch(() => {});
      await Promise.race([woke, sleep, ...this.#inFlight]);
      timer.abort();
    }
    this.#woken = false;
  }
}
