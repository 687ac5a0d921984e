import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { databases } from '../../support/databases.ts';
import type { WireMoment } from './moody-server.ts';
import { KILL_POINTS, type KillPoint } from './mortal-storage.ts';
import { readSeed } from './read-seed.ts';
import { Storm } from './storm.ts';

const WIRE: readonly WireMoment[] = ['mail', 'rcpt', 'content', 'dot'];
const NAMED: readonly (KillPoint | WireMoment)[] = [...KILL_POINTS, ...WIRE];
/** Who has not come to the named point by then is killed where he is, ms. */
const PATIENCE = 20_000;
const LANES = 4;

/**
 * Kills so many processes with SIGKILL while they send, at every named point and at random ones, on
 * a server that misbehaves besides, and judges what became of every mail.
 */
export async function killMany(name: 'sqlite' | 'postgres', kills: number): Promise<void> {
  const { open } = databases.find((each) => each.name === name) ?? {};
  if (open === undefined) throw new Error(`There is no ${name}.`);
  const seed = readSeed();
  process.stdout.write(`kills on ${name}: seed ${seed} (FAULT_SEED)\n`);
  const storm = await Storm.open(open, { seed, workers: 3 });
  try {
    storm.server.setMood(15);
    const killed = new Map<string, number>();
    let isOver = false;
    const lane = async (): Promise<void> => {
      while (!isOver) {
        await storm.send();
        await delay(storm.random() * 60);
      }
    };
    const lanes = Promise.all(Array.from({ length: LANES }, lane));
    const named = [...NAMED];
    for (let each = 0; each < kills; each += 1) {
      const point = named.shift();
      const where = await killOne(storm, point);
      // On a loaded machine it may not be reached in time: again, later.
      if (point !== undefined && where !== point) named.push(point);
      killed.set(where, (killed.get(where) ?? 0) + 1);
      if (each % 4 === 0) await storm.suppress();
      await storm.adds();
    }
    isOver = true;
    await lanes;
    const buckets = await storm.settle();
    const report = { killed: Object.fromEntries(killed), buckets };
    process.stdout.write(`kills on ${name}: ${JSON.stringify(report)}\n`);
    // A random point may be any; a named one that nobody comes to would be a test of nothing.
    if (kills > NAMED.length) expect(named).toEqual([]);
  } finally {
    await storm.close();
  }
}

/** Kills one process, whoever first comes to the point, and tells where. */
async function killOne(storm: Storm, point: KillPoint | WireMoment | undefined): Promise<string> {
  const someone = await storm.worker();
  if (point === undefined) {
    await delay(storm.random() * 150);
    someone.kill();
    await someone.gone;
    return 'anywhere';
  }
  // Whoever sweeps has to find something: somebody dies with a claim just before.
  if (point.startsWith('sweep')) await killOne(storm, 'claim, committed');
  const { promise: struck, resolve: strike } = Promise.withResolvers<true>();
  if (isWire(point)) storm.server.strikeAt(point, (name) => storm.kill(name));
  else storm.dieAt(point);
  void storm.oneLess().then(() => strike(true));
  // Something to do at once, for several at a time.
  for (let each = 0; each < 3; each += 1) void storm.send(someone);
  const came = await Promise.race([struck, delay(PATIENCE, false)]);
  storm.dieAt(undefined);
  storm.server.strikeAt(undefined);
  if (came) return point;
  someone.kill();
  await someone.gone;
  return 'anywhere';
}

function isWire(point: KillPoint | WireMoment): point is WireMoment {
  return WIRE.some((each) => each === point);
}
