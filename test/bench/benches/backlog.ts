// What a claim of 200 costs, by how much is due and how much was sent long ago: on SQLite and
// PostgreSQL. BACKLOG_DUE and BACKLOG_FINISHED take other sizes, BACKLOG_DATABASES one of the two.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { claimMessages } from '../../../packages/core/src/dispatch/claim-messages.ts';
import { sweep } from '../../../packages/core/src/dispatch/sweep.ts';
import { postgres } from '../../../packages/core/src/postgres.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import type { StorageFactory } from '../../../packages/core/src/storage/database.ts';
import { openBacklog, type Place } from '../support/backlog-data.ts';
import { backlogOptions } from '../support/backlog-options.ts';
import type { Bench, Figures } from '../support/bench.ts';
import { DATA } from '../support/data-directory.ts';
import { median, percentile, round } from '../support/numbers.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { toContext } from '../support/to-context.ts';

const DUE = (process.env.BACKLOG_DUE ?? '10000,100000,1000000').split(',').map(Number);
const FINISHED = Number(process.env.BACKLOG_FINISHED ?? 10_000_000);
const DATABASES = process.env.BACKLOG_DATABASES ?? 'sqlite,postgres';
const BATCH = 200;
const WARM_UP = 5;
const ROUNDS = 30;

export const bench: Bench = async (log) => {
  await mkdir(DATA, { recursive: true });
  const figures: Record<string, Figures> = {};
  if (DATABASES.includes('sqlite')) {
    const directory = await mkdtemp(join(DATA, 'backlog-'));
    const file = join(directory, 'bench.db');
    figures.sqlite = await measureAll('sqlite', { file }, () => sqlite(file), log);
    await rm(directory, { recursive: true });
  }
  if (DATABASES.includes('postgres')) {
    const { url, close } = await startPostgres();
    figures.postgres = await measureAll('postgres', { url }, () => postgres(url), log);
    await close();
  }
  return { ...figures, batch: BATCH, rounds: ROUNDS, finished: FINISHED };
};

async function measureAll(
  name: string,
  place: Place,
  factory: () => StorageFactory,
  log: (line: string) => void,
): Promise<Figures> {
  const data = await openBacklog(place, factory);
  const costs: Record<string, Cost> = {};
  const step = async (label: string): Promise<void> => {
    const cost = await measure(factory);
    costs[label] = cost;
    log(
      `${name}, ${label}: ${round(median(cost.claims))} ms a claim, ${round(cost.sweep)} a sweep`,
    );
  };
  let from = 0;
  for (const due of DUE) {
    await data.addDue(from, due);
    from = due;
    await step(`${due} due`);
  }
  await data.addFinished(0, FINISHED);
  await step(`${from} due, ${FINISHED} finished`);
  return toFigures(costs);
}

interface Cost {
  /** ms each. */
  readonly claims: readonly number[];
  readonly sweep: number;
}

/** Claims one batch after the other, as a worker does; nothing is given back. */
async function measure(factory: () => StorageFactory): Promise<Cost> {
  // Port 9 is nobody's: what is claimed is never sent.
  const ctx = await toContext(backlogOptions(factory(), 9));
  const claims: number[] = [];
  for (let at = 0; at < WARM_UP + ROUNDS; at += 1) {
    const start = performance.now();
    const { results } = await claimMessages(ctx, 'bench', BATCH);
    if (results.length !== BATCH) throw new Error(`${results.length} were claimed.`);
    if (at >= WARM_UP) claims.push(performance.now() - start);
  }
  const start = performance.now();
  await sweep(ctx);
  const swept = performance.now() - start;
  await ctx.storage.close();
  return { claims, sweep: swept };
}

/** `ratio` compares medians, `ratioOfFastest` the tenth that nothing else on the machine slowed. */
function toFigures(costs: Readonly<Record<string, Cost>>): Figures {
  const all = Object.values(costs).map(({ claims }) => claims);
  const spread = (of: (claims: readonly number[]) => number) => {
    const values = all.map(of);
    return round(Math.max(...values) / Math.min(...values));
  };
  return {
    ratio: spread(median),
    ratioOfFastest: spread((claims) => percentile(claims, 0.1)),
    ...Object.fromEntries(
      Object.entries(costs).map(([label, { claims, sweep: ms }]) => [
        label,
        { msPerClaim: round(median(claims)), msPerSweep: round(ms) },
      ]),
    ),
  };
}
