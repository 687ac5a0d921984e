// Units of work per second on SQLite: synchronous FULL against NORMAL, alone and in groups.
//   node test/bench/synchronous.ts [directory on the disk to measure]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sqlite } from '../../packages/core/src/sqlite.ts';
import type { Storage } from '../../packages/core/src/storage/database.ts';

const ROUNDS = 5;
const UNITS = 2_000;
const GROUPS = [1, 20, 200];

const root = process.argv[2] ?? tmpdir();
const results = new Map<string, number[]>();

for (let round = 0; round < ROUNDS; round += 1) {
  for (const synchronous of ['full', 'normal'] as const) {
    const directory = await mkdtemp(join(root, 'mailwarden-bench-'));
    const storage = await sqlite(join(directory, 'bench.db'), { synchronous }).open();
    await storage.migrate('auto');
    for (const concurrent of GROUPS) {
      const name = `${synchronous.padEnd(6)} ${String(concurrent).padStart(3)} concurrent`;
      const rate = await measure(storage, concurrent);
      results.set(name, [...(results.get(name) ?? []), rate]);
    }
    await storage.close();
    await rm(directory, { recursive: true });
  }
}

for (const [name, rates] of results) {
  const sorted = rates.toSorted((a, b) => a - b);
  const [low, median, high] = [0, ROUNDS >> 1, ROUNDS - 1].map((at) => Math.round(sorted[at] ?? 0));
  process.stdout.write(`${name}: median ${median} units/s (${low} to ${high})\n`);
}

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
