import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgres } from '../../packages/core/src/postgres.ts';
import { sqlite } from '../../packages/core/src/sqlite.ts';
import type { Storage, StorageFactory } from '../../packages/core/src/storage/database.ts';
import { postgresUrl } from './postgres-url.ts';

/** An empty database of its own. */
export interface TestDatabase {
  /** Not migrated yet. */
  readonly factory: StorageFactory;
  /** The same data through connections of their own, as another process has them. */
  again(): StorageFactory;
  /** For child processes: the SQLite file, or the PostgreSQL URL and schema. */
  readonly where: readonly [string] | readonly [string, string];
  /** Closes whatever is still open and removes the data. */
  dispose(): Promise<void>;
}

/** For `describe.each(databases)('… on $name', ({ open }) => …)`. */
export const databases: readonly {
  readonly name: 'sqlite' | 'postgres';
  open(): Promise<TestDatabase>;
}[] = [
  { name: 'sqlite', open: openSqlite },
  { name: 'postgres', open: openPostgres },
];

/** A migrated storage on a database of its own, for tests that need nothing else. */
export async function openStorage(
  open: () => Promise<TestDatabase>,
): Promise<{ storage: Storage; database: TestDatabase }> {
  const database = await open();
  const storage = await database.factory.open();
  await storage.migrate('auto');
  return { storage, database };
}

async function openSqlite(): Promise<TestDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'mailwarden-sqlite-'));
  const file = join(directory, 'test.db');
  // The disk cache survives a test; waiting for the disk would only be slow.
  const opened = remember(() => sqlite(file, { synchronous: 'normal' }));
  return {
    factory: opened.factory(),
    again: opened.factory,
    where: [file],
    dispose: async () => {
      await opened.closeAll();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function openPostgres(): Promise<TestDatabase> {
  const url = postgresUrl();
  const schema = `t_${randomBytes(8).toString('hex')}`;
  const opened = remember(() => postgres(url, { schema, maxConnections: 5 }));
  return {
    factory: opened.factory(),
    again: opened.factory,
    where: [url, schema],
    dispose: async () => {
      await opened.closeAll();
      const client = new pg.Client(url);
      await client.connect();
      await client.query(`drop schema if exists ${schema} cascade`);
      await client.end();
    },
  };
}

function remember(make: () => StorageFactory) {
  const storages: Storage[] = [];
  return {
    factory: (): StorageFactory => ({
      open: async () => {
        const storage = await make().open();
        storages.push(storage);
        return storage;
      },
    }),
    closeAll: async (): Promise<void> => {
      await Promise.all(storages.map((storage) => storage.close()));
    },
  };
}
