import { setTimeout as delay } from 'node:timers/promises';
import type { Mailwarden } from '@mailwarden/core';
import { expect } from 'vitest';
import type { Storage } from '../../../packages/core/src/storage/database.ts';
import { createRandom } from '../../bench/support/numbers.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { bundleProcess } from './bundle-process.ts';
import { judgeStorm } from './judge-storm.ts';
import { type MoodyServer, startMoodyServer } from './moody-server.ts';
import type { KillPoint } from './mortal-storage.ts';
import { createStormWarden } from './storm-warden.ts';
import type { StormMail } from './storm-words.ts';
import { type StormWorker, startStormWorker } from './storm-worker.ts';

const HOUR = 3_600_000;
/** Until what is left has gone out, ms. */
const PATIENCE = 120_000;

export interface StormOptions {
  readonly seed: number;
  /** How many processes work at any time. */
  readonly workers: number;
  /** Where the processes find the database, when not where it is. */
  readonly where?: () => TestDatabase['where'] | undefined;
}

interface Start {
  readonly bundle: string;
  readonly began: number;
  readonly ahead: { ms: number };
}

/** Processes that work on one database while a test breaks what it can, and the books of what they did. */
export class Storm {
  readonly random: () => number;
  readonly server: MoodyServer;
  readonly database: TestDatabase;
  /** Looks below every handle, on connections of its own. */
  readonly storage: Storage;
  /** A warden that sends nothing: the application's own process. */
  readonly warden: Mailwarden;
  /** What each send call was answered. */
  readonly answers = new Map<string, { readonly mail: StormMail; readonly status: string }>();
  /** How often a process reported each code. */
  readonly faults = new Map<string, number>();
  /** Whatever no fault explains. */
  readonly oddities: string[] = [];
  readonly suppressed: string[] = [];
  readonly #where: TestDatabase['where'];
  readonly #bundle: string;
  readonly #began: number;
  readonly #size: number;
  #workers: StormWorker[] = [];
  readonly #sending = new Set<Promise<void>>();
  #closing = false;
  #started = 0;
  #mails = 0;
  #ahead = { ms: 0 };

  private constructor(
    made: Pick<Storm, 'random' | 'server' | 'database' | 'storage' | 'warden'>,
    { where, workers }: StormOptions,
    { bundle, began, ahead }: Start,
  ) {
    this.#bundle = bundle;
    this.random = made.random;
    this.server = made.server;
    this.database = made.database;
    this.storage = made.storage;
    this.warden = made.warden;
    this.#where = where?.() ?? made.database.where;
    this.#size = workers;
    this.#began = began;
    this.#ahead = ahead;
  }

  static async open(open: () => Promise<TestDatabase>, options: StormOptions): Promise<Storm> {
    const random = createRandom(options.seed);
    const bundle = await bundleProcess();
    const database = await open();
    const began = Date.now();
    const ahead = { ms: 0 };
    const warden = await createStormWarden({
      ...{ database: database.factory, began, ahead: () => ahead.ms },
    });
    const storage = await database.again().open();
    const server = await startMoodyServer(random);
    const made = { random, server, database, storage, warden };
    const storm = new Storm(made, options, { bundle, began, ahead });
    for (let each = 0; each < options.workers; each += 1) storm.#spawn();
    await storm.worker();
    return storm;
  }

  /** One of the processes that work, once there is one. */
  async worker(): Promise<StormWorker> {
    const workers = this.#workers.filter((each) => each.isAlive());
    const at = Math.floor(this.random() * workers.length);
    const chosen = workers[at];
    if (chosen === undefined) return delay(20).then(() => this.worker());
    const isReady = (each: StormWorker) =>
      each.ready.then(
        () => true,
        () => delay(20, false),
      );
    await Promise.race(workers.map(isReady));
    return (await Promise.race([isReady(chosen), delay(0, false)])) ? chosen : this.worker();
  }

  get workers(): readonly StormWorker[] {
    return this.#workers;
  }

  /** Who was there first; only a test that means to kills it. */
  get veteran(): StormWorker | undefined {
    return this.#workers[0];
  }

  /** Kills whoever has this name. */
  kill(name: string): void {
    for (const each of this.#workers) if (each.name === name) each.kill();
  }

  /** Whoever comes to this point kills itself, until it is taken back. */
  dieAt(at: KillPoint | undefined): void {
    for (const each of this.#workers) each.tell({ say: 'die', at });
  }

  /** Resolves when one of those who live now is gone. */
  oneLess(): Promise<void> {
    return Promise.race(this.#workers.map((each) => each.gone));
  }

  /** One more send call, repeated until a process that lives has answered it. */
  send(through?: StormWorker): Promise<void> {
    const sent = this.#send(through).finally(() => this.#sending.delete(sent));
    this.#sending.add(sent);
    return sent;
  }

  async #send(through: StormWorker | undefined): Promise<void> {
    this.#mails += 1;
    const key = `k${this.#mails}`;
    const isShared = this.random() < 0.15;
    const to = isShared
      ? [1, 2, 3].map((each) => `c${each}.${key}@people.example`)
      : [`p.${key}@example.com`];
    const mail = { key, to };
    for (let next = through; ; next = undefined) {
      const worker = next ?? (await this.worker());
      const said = await worker.send(mail);
      if (said !== undefined && said.status !== 'unavailable') {
        this.answers.set(key, { mail, status: said.status });
        if (!['queued', 'duplicate', 'blocked'].includes(said.status)) {
          this.oddities.push(`send: ${said.status}: ${said.reason}`);
        }
        return;
      }
      await delay(20);
    }
  }

  /** Somebody to whom mail is on its way wants none; returns when that is committed. */
  async suppress(): Promise<void> {
    const recent = [...this.answers.values()].slice(-20);
    const [address] = recent[Math.floor(this.random() * recent.length)]?.mail.to ?? [];
    if (address === undefined || this.suppressed.includes(address)) return;
    await this.patiently(() => this.warden.system().suppress(address));
    this.suppressed.push(address);
  }

  /** As an application does that repeats what was unavailable. */
  async patiently<T>(step: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'STORAGE_UNAVAILABLE') throw error;
        await delay(20);
      }
    }
  }

  /** Moves every clock, or that of one process. */
  moveClock(by: number, only?: StormWorker): void {
    if (only === undefined) this.#ahead.ms += by;
    const ahead = this.#ahead.ms + (only === undefined ? 0 : by);
    for (const each of only === undefined ? this.#workers : [only])
      each.tell({ say: 'clock', ahead });
  }

  /** P5, at any instant. */
  async adds(): Promise<void> {
    const { candidates, ...buckets } = await this.patiently(() =>
      this.warden.system().accounting(),
    );
    expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(candidates);
  }

  /** Ends every fault, lets what is left go out, stops everybody, and judges. */
  async settle(): Promise<Record<string, number>> {
    this.server.setMood(0);
    await Promise.all(this.#sending);
    const end = Date.now() + PATIENCE;
    for (;;) {
      this.moveClock(2 * HOUR);
      await delay(200);
      const left = await this.warden.system().accounting();
      if (left.pending + left.deferred === 0) break;
      if (Date.now() > end) throw new Error(`It does not end: ${JSON.stringify(left)}`);
    }
    this.#closing = true;
    await Promise.all(
      this.#workers.map(async (each) => {
        await each.ready;
        await each.stop();
      }),
    );
    return judgeStorm(this);
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const each of this.#workers) each.kill();
    await Promise.all(this.#workers.map((each) => each.gone));
    await this.warden.stop();
    await this.server.close();
    await this.database.dispose();
  }

  #spawn(): void {
    this.#started += 1;
    const worker = startStormWorker(
      this.#bundle,
      {
        ...{ name: `w${this.#started}.acme.example`, where: this.#where },
        ...{ smtpUrl: this.server.url, began: this.#began, ahead: this.#ahead.ms },
      },
      ({ code, text }) => {
        this.faults.set(code, (this.faults.get(code) ?? 0) + 1);
        if (code !== 'STORAGE_UNAVAILABLE') this.oddities.push(`${code}: ${text}`);
      },
    );
    this.#workers.push(worker);
    void worker.gone.then(() => {
      this.#workers = this.#workers.filter((each) => each !== worker);
      if (!this.#closing && this.#workers.length < this.#size) this.#spawn();
    });
  }
}
