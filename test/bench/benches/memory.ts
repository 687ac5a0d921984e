// The most memory that a worker has with a million due, while it sends MEMORY_SENT of them.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { postgres } from '../../../packages/core/src/postgres.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import type { StorageFactory } from '../../../packages/core/src/storage/database.ts';
import { openBacklog, type Place } from '../support/backlog-data.ts';
import type { Bench, Figures } from '../support/bench.ts';
import { DATA } from '../support/data-directory.ts';
import { round } from '../support/numbers.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { startCountingSink } from '../support/start-sink.ts';
import { startWorkers } from '../support/start-workers.ts';

const DUE = Number(process.env.MEMORY_DUE ?? 1_000_000);
const SENT = Number(process.env.MEMORY_SENT ?? 20_000);
const DATABASES = process.env.MEMORY_DATABASES ?? 'sqlite,postgres';
const MEGABYTE = 1_048_576;

export const bench: Bench = async (log) => {
  await mkdir(DATA, { recursive: true });
  const figures: Record<string, Figures> = {};
  if (DATABASES.includes('sqlite')) {
    const directory = await mkdtemp(join(DATA, 'memory-'));
    const file = join(directory, 'bench.db');
    figures.sqlite = await measure('sqlite', { file }, () => sqlite(file), log);
    await rm(directory, { recursive: true });
  }
  if (DATABASES.includes('postgres')) {
    const { url, close } = await startPostgres();
    figures.postgres = await measure('postgres', { url }, () => postgres(url), log);
    await close();
  }
  return { ...figures, due: DUE, sent: SENT };
};

async function measure(
  name: string,
  place: Place,
  factory: () => StorageFactory,
  log: (line: string) => void,
): Promise<Figures> {
  const data = await openBacklog(place, factory);
  const sink = await startCountingSink();
  // The same worker with next to nothing due is what a worker costs at all.
  const peaks: number[] = [];
  let added = 0;
  for (const due of [SENT / 20, DUE]) {
    await data.addDue(added, added + due);
    added += due;
    const workers = await startWorkers(1, { place, port: sink.port });
    const before = (await sink.count()).taken;
    const wanted = Math.min(due, SENT);
    workers.start();
    while ((await sink.count()).taken - before < wanted) await delay(200);
    peaks.push(await workers.peakRss());
    await workers.close();
    log(`${name}, ${due} due: ${round((peaks.at(-1) ?? 0) / MEGABYTE)} MB`);
  }
  await sink.close();
  const [idle = 0, peak = 0] = peaks.map((bytes) => round(bytes / MEGABYTE));
  return { peakMegabytes: peak, baselineMegabytes: idle, ratio: round(peak / idle) };
}
