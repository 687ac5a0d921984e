// Units of work per second on SQLite: synchronous FULL against NORMAL, alone and in groups.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import type { Storage } from '../../../packages/core/src/storage/database.ts';
import type { Bench } from '../support/bench.ts';
import { DATA } from '../support/data-directory.ts';
import { median, round } from '../support/numbers.ts';

const ROUNDS = 5;
const UNITS = 2_000;
const GROUPS = [1, 20, 200] as const;

export const bench: Bench = async (log) => {
  const rates = new Map<string, number[]>();
  await mkdir(DATA, { recursive: true });
  for (let at = 0; at < ROUNDS; at += 1) {
    for (const synchronous of ['full', 'normal'] as const) {
      const directory = await mkdtemp(join(DATA, 'synchronous-'));
      const storage = await sqlite(join(directory, 'bench.db'), { synchronous }).open();
      await storage.migrate('auto');
      for (const concurrent of GROUPS) {
        const name = `${synchronous} ${concurrent}`;
        rates.set(name, [...(rates.get(name) ?? []), await measure(storage, concurrent)]);
      }
      await storage.close();
      await rm(directory, { recursive: true });
    }
    log(`round ${at + 1} of ${ROUNDS}`);
  }
  return Object.fromEntries(
    GROUPS.map((concurrent) => {
      const full = median(rates.get(`full ${concurrent}`) ?? []);
      const normal = median(rates.get(`normal ${concurrent}`) ?? []);
      const figures = {
        fullPerSecond: round(full),
        normalPerSecond: round(normal),
        ratio: round(normal / full),
      };
      return [`concurrent${concurrent}`, figures];
    }),
  );
};

/** Units per second; each writes one row of about the size of an event. */
async function measure(storage: Storage, concurrent: number): Promise<number> {
  const value = 'x'.repeat(300);
  const start = performance.now();
  for (let done = 0; done < UNITS; done += concurrent) {
    await Promise.all(
      Array.from({ length: concurrent }, () =>
        storage.unit((tx) =>
          tx
            .insertInto('event')
            .values({
              tenant: 'default',
              id: String(performance.now()),
              at: 1,
              type: 'bench',
              actor: 'system',
              data: value,
            })
            .execute(),
        ),
      ),
    );
  }
  return UNITS / ((performance.now() - start) / 1_000);
}
