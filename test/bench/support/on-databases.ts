import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { postgres } from '../../../packages/core/src/postgres.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import type { Figures } from './bench.ts';
import { DATA } from './data-directory.ts';
import { insertAudience } from './send-data.ts';
import { openSendWorld, type SendWorld } from './send-world.ts';
import { startPostgres } from './start-postgres.ts';
import { startSink } from './start-sink.ts';

/** What is in each database before anything is measured. */
export interface Audience {
  readonly people: number;
  readonly suppressions: number;
}

/**
 * The same measurement on SQLite and on PostgreSQL, one after the other; the figures of the first
 * stand on top. `SEND_DATABASES` takes one of the two.
 */
export async function onDatabases(
  audience: Audience,
  log: (line: string) => void,
  measure: (name: string, world: SendWorld) => Promise<Figures>,
): Promise<Figures> {
  const wanted = process.env.SEND_DATABASES ?? 'sqlite,postgres';
  await mkdir(DATA, { recursive: true });
  const sink = await startSink();
  const figures: Figures[] = [];
  for (const { name, open } of DATABASES.filter((each) => wanted.includes(each.name))) {
    const { factory, close } = await open();
    const storage = await factory().open();
    await storage.migrate('auto');
    await insertAudience(storage, audience);
    await storage.close();
    log(`${name}: ${audience.people} contacts, ${audience.suppressions} suppressions`);
    const world = await openSendWorld(factory(), sink.port);
    const measured = await measure(name, world);
    figures.push(name === 'sqlite' ? measured : { [name]: measured });
    await world.warden.stop();
    await close();
  }
  await sink.close();
  return { ...Object.assign({}, ...figures), sink: sink.name };
}

const DATABASES = [
  {
    name: 'sqlite',
    open: async () => {
      const directory = await mkdtemp(join(DATA, 'send-'));
      return {
        factory: () => sqlite(join(directory, 'bench.db')),
        close: () => rm(directory, { recursive: true }),
      };
    },
  },
  {
    name: 'postgres',
    open: async () => {
      const server = await startPostgres();
      return { factory: () => postgres(server.url), close: () => server.close() };
    },
  },
] as const;
