// 1, 2 and 4 processes on one PostgreSQL: messages per second, how many went out twice, and by how
// many a daily limit was overrun. WORKERS_COUNT takes another number of messages a round.

import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { postgres } from '../../../packages/core/src/postgres.ts';
import { type BacklogData, openBacklog } from '../support/backlog-data.ts';
import type { Bench, Figures } from '../support/bench.ts';
import { median, round } from '../support/numbers.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { type CountingSink, startCountingSink } from '../support/start-sink.ts';
import { startWorkers } from '../support/start-workers.ts';

const COUNT = Number(process.env.WORKERS_COUNT ?? 10_000);
const ROUNDS = Number(process.env.WORKERS_ROUNDS ?? 3);
const SIZES = [1, 2, 4] as const;
/** Of so many due that all could claim them at once. */
const LIMIT = 500;
const OVER = 4 * LIMIT;
/** So long nothing more goes out before a limit is taken to hold, ms. */
const QUIET = 5_000;

interface World {
  readonly url: string;
  readonly data: BacklogData;
  readonly sink: CountingSink;
  next: number;
}

export const bench: Bench = async (log) => {
  const { url, close } = await startPostgres();
  const sink = await startCountingSink();
  const data = await openBacklog({ url }, () => postgres(url));
  const world: World = { url, data, sink, next: 0 };
  const rates = new Map<number, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const size of round % 2 === 0 ? SIZES : SIZES.toReversed()) {
      const rate = await measure(world, size);
      rates.set(size, [...(rates.get(size) ?? []), rate]);
      log(`round ${round + 1}, ${size} processes: ${Math.round(rate)}/s`);
    }
  }
  const { taken, people } = await sink.count();
  const doubles = taken - people;
  const overruns = await measureLimit(world);
  await sink.close();
  await close();
  return { ...toFigures(rates), doubles, overruns, messages: COUNT, rounds: ROUNDS };
};

/** From the moment at which all may begin, until the server has everything. */
async function measure(world: World, size: number): Promise<number> {
  await world.data.addDue(world.next, world.next + COUNT);
  world.next += COUNT;
  const workers = await startWorkers(size, { place: { url: world.url }, port: world.sink.port });
  const before = (await world.sink.count()).taken;
  const start = performance.now();
  workers.start();
  while ((await world.sink.count()).taken - before < COUNT) await delay(20);
  const seconds = (performance.now() - start) / 1_000;
  // The last answers are still to be recorded: whoever died now would leave them unknown.
  await delay(1_000);
  await workers.close();
  return COUNT / seconds;
}

/** By how many messages four processes exceed what one mailbox may send in 24 hours. */
async function measureLimit(world: World): Promise<number> {
  // What went out in the rounds does not count: nobody had set a limit.
  const dailyLimit = LIMIT;
  await world.data.addDue(world.next, world.next + OVER);
  const workers = await startWorkers(4, {
    ...{ place: { url: world.url }, port: world.sink.port, dailyLimit },
  });
  const before = (await world.sink.count()).taken;
  workers.start();
  let last = before;
  for (let quiet = 0; quiet < QUIET; quiet += 100) {
    await delay(100);
    const { taken } = await world.sink.count();
    if (taken !== last) quiet = 0;
    last = taken;
  }
  await workers.close();
  if (last - before < LIMIT / 2) throw new Error(`Only ${last - before} went out.`);
  return Math.max(0, last - before - LIMIT);
}

function toFigures(rates: ReadonlyMap<number, readonly number[]>): Figures {
  const of = (size: number) => median(rates.get(size) ?? []);
  return {
    ratio: round(of(2) / of(1)),
    ratioOfFour: round(of(4) / of(1)),
    ...Object.fromEntries(SIZES.map((size) => [`perSecondOf${size}`, round(of(size))])),
  };
}
