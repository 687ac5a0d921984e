import { setTimeout as delay } from 'node:timers/promises';
import { makeBreakable } from './break-database.ts';
import { readSeed } from './read-seed.ts';
import { Storm } from './storm.ts';
import type { Vitals } from './storm-words.ts';

const LANES = 3;
const HOUR = 3_600_000;

/** What a soak is asked for. */
export interface SoakOptions {
  readonly name: 'sqlite' | 'postgres';
  readonly ms: number;
}

/**
 * Sends for so long while one fault follows the other, then judges. Returns the vitals of the process
 * that nobody killed, one sample a second.
 */
export async function soak({ name, ms }: SoakOptions): Promise<readonly Vitals[]> {
  const seed = readSeed();
  process.stdout.write(`soak on ${name}: seed ${seed} (FAULT_SEED)\n`);
  const database = makeBreakable(name);
  const storm = await Storm.open(() => database.open(), {
    ...{ seed, workers: 3 },
    where: () => database.where(),
  });
  try {
    const end = Date.now() + ms;
    const samples: Vitals[] = [];
    const until = async (step: () => Promise<void>): Promise<void> => {
      while (Date.now() < end) await step();
    };
    const seen = new Map<string, number>();
    const faults = faultsOf(storm, database);
    storm.server.setMood(10);
    await Promise.all([
      ...Array.from({ length: LANES }, () =>
        until(async () => {
          await storm.send();
          await delay(storm.random() * 60);
        }),
      ),
      until(async () => {
        const [what, cause] = faults[Math.floor(storm.random() * faults.length)] ?? [];
        if (what === undefined || cause === undefined) return;
        seen.set(what, (seen.get(what) ?? 0) + 1);
        await cause();
        await storm.adds();
        await delay(storm.random() * 400);
      }),
      until(async () => {
        const vitals = await storm.veteran?.vitals();
        if (vitals !== undefined) samples.push(vitals);
        await delay(1_000);
      }),
    ]);
    const buckets = await storm.settle();
    const faulty = Object.fromEntries([...seen, ...storm.server.moods]);
    process.stdout.write(`soak on ${name}: ${JSON.stringify({ faulty, buckets })}\n`);
    return samples;
  } finally {
    await storm.close();
    await database.close();
  }
}

type Fault = readonly [name: string, cause: () => Promise<void>];

function faultsOf(storm: Storm, database: ReturnType<typeof makeBreakable>): readonly Fault[] {
  const somebody = () => {
    const others = storm.workers.slice(1);
    return others[Math.floor(storm.random() * others.length)];
  };
  return [
    ['kill', () => Promise.resolve(somebody()?.kill())],
    ['suppression', () => storm.suppress()],
    [
      'storm of replies',
      async () => {
        storm.server.setMood(80);
        await delay(600);
        storm.server.setMood(10);
      },
    ],
    ['database cut', () => database.cut(storm, 200)],
    ['disk full', () => database.fill(storm, 300)],
    ['every clock forward', () => Promise.resolve(storm.moveClock(HOUR))],
    ['every clock back', () => Promise.resolve(storm.moveClock(-HOUR / 3))],
    [
      'one clock wrong',
      () => Promise.resolve(storm.moveClock(Math.round((storm.random() - 0.5) * HOUR), somebody())),
    ],
  ];
}
