import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../test/support/databases.ts';
import { postgresUrl } from '../../../test/support/postgres-url.ts';
import { startTcpRelay } from '../../../test/support/tcp-relay.ts';
import { postgres } from './postgres.ts';
import type { Db, Storage, Tx } from './storage/database.ts';

const put = (tx: Tx, key: string, value = ''): Promise<unknown> =>
  tx.insertInto('meta').values({ tenant: 'default', key, value }).execute();

const keysIn = async (db: Db): Promise<string[]> => {
  const rows = await db.selectFrom('meta').select('key').orderBy('key').execute();
  return rows.map((row) => row.key);
};

const lock = (tx: Tx, key: string): Promise<unknown> =>
  tx.selectFrom('meta').select('key').where('key', '=', key).forUpdate().execute();

const pidOf = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  return rows[0]?.pid ?? 0;
};

const unavailable = expect.objectContaining({ code: 'STORAGE_UNAVAILABLE' });
const unreadable = expect.objectContaining({ code: 'DATABASE_UNREADABLE' });

let database: TestDatabase;
let storage: Storage;
let admin: pg.Client;

/** Ends a server process and returns when it is gone. */
const kill = async (pid: number): Promise<void> => {
  await admin.query('select pg_terminate_backend($1, 10000)', [pid]);
};

beforeEach(async () => {
  const on = databases.find(({ name }) => name === 'postgres');
  ({ database, storage } = await openStorage(on?.open ?? expect.fail('no PostgreSQL')));
  admin = new pg.Client(postgresUrl());
  await admin.connect();
});

afterEach(async () => {
  await admin.end();
  await database.dispose();
});

describe('postgres()', () => {
  it('says which option is wrong', () => {
    const url = postgresUrl();
    expect(() => postgres('mysql://host/db')).toThrow(/URL like postgres/);
    expect(() => postgres(url, { schema: 'Mail-Warden' })).toThrow(/lower-case/);
    expect(() => postgres(url, { schema: 'a'.repeat(64) })).toThrow(/63/);
    expect(() => postgres(url, { maxConnections: 0 })).toThrow(/of at least 1/);
    expect(() => postgres(url, { max: 1 } as never)).toThrow(/schema, maxConnections/);
    expect(() => postgres({ hostname: 'h' } as never)).toThrow(/host, port, database/);
  });

  it('takes the parts of a connection as well as a URL', async () => {
    const url = new URL(postgresUrl());
    const parts = await postgres({
      host: url.hostname,
      port: Number(url.port),
      database: url.pathname.slice(1),
      user: url.username,
      password: async () => url.password,
    }).open();
    expect(await pidOf(parts.db)).toBeGreaterThan(0);
    await parts.close();
  });

  it('tells a server that refuses from one that does not answer', async () => {
    const url = new URL(postgresUrl());
    const change = (part: Partial<Pick<URL, 'password' | 'pathname' | 'port'>>): string =>
      Object.assign(new URL(url), part).href;
    await expect(postgres(change({ password: 'wrong' })).open()).rejects.toEqual(unreadable);
    await expect(postgres(change({ pathname: '/none' })).open()).rejects.toEqual(unreadable);
    const relay = await startTcpRelay(Number(url.port));
    await relay.stop();
    const closed = postgres(change({ port: String(relay.port) })).open();
    await expect(closed).rejects.toEqual(unavailable);
  });

  it('says what to install when pg is not there', async () => {
    const program = `
      import { registerHooks } from 'node:module';
      registerHooks({
        resolve(name, context, next) {
          return next(name === 'pg' ? 'pg-that-is-not-installed' : name, context);
        },
      });
      const { postgres } = await import(${JSON.stringify(new URL('postgres.ts', import.meta.url))});
      await postgres('postgres://localhost/none').open().catch((error) => {
        process.stdout.write(error.code + ': ' + error.message);
      });`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      program,
    ]);
    expect(stdout).toMatch(/^PACKAGE_MISSING: .*npm install pg@8/);
  });

  it('leaves the int8 parser of the application alone', async () => {
    const { rows } = await admin.query('select 1::int8 as n');
    expect(rows).toEqual([{ n: '1' }]);
  });

  it('needs no right to create schemas when its schema is there', async () => {
    const name = `u_${randomBytes(6).toString('hex')}`;
    await admin.query(`create role ${name} login password 'secret'`);
    await admin.query(`create schema ${name} authorization ${name}`);
    const url = Object.assign(new URL(postgresUrl()), {
      username: name,
      password: 'secret',
    });
    const own = await postgres(url.href, { schema: name }).open();
    await own.migrate('auto');
    await own.unit((tx) => put(tx, 'a'));
    expect(await keysIn(own.db)).toEqual(['a']);
    await own.close();
    await admin.query(`drop schema ${name} cascade`);
    await admin.query(`drop role ${name}`);
  });
});

describe('a unit of work on PostgreSQL', () => {
  it('runs again when it was the victim of a deadlock', async () => {
    await storage.unit(async (tx) => {
      await put(tx, 'a');
      await put(tx, 'b');
    });
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    let runs = 0;
    const crossed = [
      { mine: 'a', theirs: 'b', done: first, wait: second },
      { mine: 'b', theirs: 'a', done: second, wait: first },
    ].map(({ mine, theirs, done, wait }) =>
      storage.unit(async (tx) => {
        runs += 1;
        await lock(tx, mine);
        done.resolve();
        await wait.promise;
        await lock(tx, theirs);
        await put(tx, `${mine}${runs}`);
      }),
    );
    await Promise.all(crossed);
    expect(runs).toBe(3);
    expect(await keysIn(storage.db)).toHaveLength(4);
  });

  it('waits for the row that another unit has locked, and sees what it wrote', async () => {
    await storage.unit((tx) => put(tx, 'a', 'before'));
    const locked = Promise.withResolvers<void>();
    const pids = { waiting: 0 };
    const holder = storage.unit(async (tx) => {
      await lock(tx, 'a');
      locked.resolve();
      await waitUntilBlocked(() => pids.waiting);
      await tx.updateTable('meta').set({ value: 'after' }).execute();
    });
    await locked.promise;
    const waiter = storage.unit(async (tx) => {
      pids.waiting = await pidOf(tx);
      await lock(tx, 'a');
      return tx.selectFrom('meta').select('value').executeTakeFirst();
    });
    await holder;
    expect(await waiter).toEqual({ value: 'after' });
  });

  it('is unavailable when its connection dies, the process and the next unit live', async () => {
    const self = storage.unit(async (tx) => {
      await put(tx, 'a');
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
    });
    await expect(self).rejects.toEqual(unavailable);
    const between = storage.unit(async (tx) => {
      await put(tx, 'b');
      await kill(await pidOf(tx));
      await put(tx, 'c');
    });
    await expect(between).rejects.toEqual(unavailable);
    expect(await keysIn(storage.db)).toEqual([]);
    await storage.unit((tx) => put(tx, 'd'));
    expect(await keysIn(storage.db)).toEqual(['d']);
  });

  it('keeps its own error when the connection dies after it', async () => {
    const own = new Error('mine');
    const failing = storage.unit(async (tx) => {
      await kill(await pidOf(tx));
      throw own;
    });
    await expect(failing).rejects.toBe(own);
  });

  it('says that nobody knows when the connection dies during COMMIT', async () => {
    const schema = database.where[1] ?? '';
    await admin.query(`
      create function ${schema}.die() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create constraint trigger die after insert on ${schema}.meta
      deferrable initially deferred for each row execute function ${schema}.die()`);
    await expect(storage.unit((tx) => put(tx, 'a'))).rejects.toEqual(
      expect.objectContaining({ code: 'STORAGE_UNAVAILABLE', fields: { committed: 'unknown' } }),
    );
  });

  it('survives the death of an idle connection', async () => {
    await kill(await pidOf(storage.db));
    // Whether the pool has heard of it yet or not: at most one call meets the dead connection.
    const pid = await pidOf(storage.db).catch((error: unknown) => {
      expect(error).toEqual(unavailable);
      return pidOf(storage.db);
    });
    expect(pid).toBeGreaterThan(0);
  });

  it('is unavailable while the server is away and works when it is back', async () => {
    const url = new URL(postgresUrl());
    const relay = await startTcpRelay(Number(url.port));
    const [, schema = ''] = database.where;
    const through = Object.assign(new URL(url), { port: String(relay.port) });
    const remote = await postgres(through.href, { schema }).open();
    const started = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<void>();
    const midway = remote.unit(async (tx) => {
      await put(tx, 'a');
      started.resolve();
      await cut.promise;
      await put(tx, 'b');
    });
    await started.promise;
    await relay.cut();
    cut.resolve();
    await expect(midway).rejects.toEqual(unavailable);
    await remote.unit((tx) => put(tx, 'c'));
    await relay.stop();
    await expect(remote.unit((tx) => put(tx, 'd'))).rejects.toEqual(unavailable);
    await expect(keysIn(remote.db)).rejects.toEqual(unavailable);
    await remote.close();
    expect(await keysIn(storage.db)).toEqual(['c']);
  });
});

/** Resolves when that server process waits for a lock. */
async function waitUntilBlocked(pid: () => number): Promise<void> {
  for (;;) {
    const { rows } = await admin.query(
      `select 1 from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`,
      [pid()],
    );
    if (rows.length > 0) return;
  }
}
