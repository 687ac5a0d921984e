import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailwardenError } from './errors/mailwarden-error.ts';
import { sqlite } from './sqlite.ts';
import type { Db, Storage, Tx } from './storage/database.ts';

const put = (tx: Tx, key: string, value = ''): Promise<unknown> =>
  tx.insertInto('meta').values({ tenant: 'default', key, value }).execute();

const keysIn = async (db: Db): Promise<string[]> => {
  const rows = await db.selectFrom('meta').select('key').orderBy('key').execute();
  return rows.map((row) => row.key);
};

const unavailable = expect.objectContaining({ code: 'STORAGE_UNAVAILABLE' });
const unreadable = expect.objectContaining({ code: 'DATABASE_UNREADABLE' });

let directory: string;
let file: string;
const open: Storage[] = [];

const openFile = async (options?: Parameters<typeof sqlite>[1]): Promise<Storage> => {
  const storage = await sqlite(file, options).open();
  open.push(storage);
  await storage.migrate('auto');
  return storage;
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailwarden-sqlite-'));
  file = join(directory, 'test.db');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((storage) => storage.close()));
  await rm(directory, { recursive: true, force: true });
});

describe('sqlite()', () => {
  it('writes through, checks foreign keys and overwrites what is deleted', async () => {
    const read = async (storage: Storage, name: string): Promise<unknown> =>
      storage.unit(async (tx) => {
        const { rows } = await sql`pragma ${sql.raw(name)}`.execute(tx);
        return Object.values(rows[0] as object)[0];
      });
    const full = await openFile();
    expect(await read(full, 'journal_mode')).toBe('wal');
    expect(await read(full, 'synchronous')).toBe(1);
    expect(await read(full, 'foreign_keys')).toBe(1);
    expect(await read(full, 'secure_delete')).toBe(1);
    const normal = await openFile({ synchronous: 'normal' });
    expect(await read(normal, 'synchronous')).toBe(1);
  });

  it('keeps no promise that the disk does not keep, and makes no further one', async () => {
    const storage = await sqlite(file).open();
    open.push(storage);
    const loseLog = async (tx: Tx): Promise<void> => {
      await sql`create table note (text text)`.execute(tx);
      await rm(`${file}-wal`);
    };
    await expect(storage.unit(loseLog)).rejects.toEqual(unavailable);
    await expect(storage.unit(async () => 'next')).rejects.toEqual(unavailable);
    file = join(directory, 'other.db');
    const careless = await sqlite(file, { synchronous: 'normal' }).open();
    open.push(careless);
    await careless.unit(loseLog);
    expect(await careless.unit(async () => 'next')).toBe('next');
  });

  it('flushes the log of a file that is reached by a link', async () => {
    await writeFile(file, '');
    await symlink(file, join(directory, 'link.db'));
    file = join(directory, 'link.db');
    const storage = await openFile();
    await storage.unit((tx) => put(tx, 'a'));
    expect(await keysIn(storage.db)).toContain('a');
  });

  it('shares a file with tables of the application', async () => {
    const own = new BetterSqlite3(file);
    own.exec(`create table message (id integer primary key, body text);
      insert into message (body) values ('mine')`);
    const storage = await openFile();
    expect(await storage.db.selectFrom('message').select('id').execute()).toEqual([]);
    expect(own.prepare('select body from message').all()).toEqual([{ body: 'mine' }]);
    own.close();
  });

  it('says which option is wrong', () => {
    expect(() => sqlite('')).toThrow(/path of a file/);
    expect(() => sqlite(file, { synchronous: 'off' as 'full' })).toThrow(/one of full, normal/);
    expect(() => sqlite(file, { busyTimeout: 0.5 })).toThrow(/whole number/);
    expect(() => sqlite(file, { sync: 1 } as never)).toThrow(/synchronous, busyTimeout/);
  });

  it('opens no file that is not a database, no directory and no path that is not there', async () => {
    await writeFile(file, 'Not a database, but long enough to have a header. '.repeat(10));
    await expect(sqlite(file).open()).rejects.toEqual(unreadable);
    await mkdir(join(directory, 'folder'));
    await expect(sqlite(join(directory, 'folder')).open()).rejects.toEqual(unreadable);
    await expect(sqlite(join(directory, 'no', 'test.db')).open()).rejects.toEqual(unreadable);
  });

  it('keeps a database in memory to itself', async () => {
    const one = await sqlite(':memory:').open();
    const two = await sqlite(':memory:').open();
    open.push(one, two);
    await one.migrate('auto');
    await two.migrate('auto');
    await one.unit((tx) => put(tx, 'a'));
    expect(await keysIn(one.db)).toEqual(['a']);
    expect(await keysIn(two.db)).toEqual([]);
  });

  it('lets a read in memory wait for the units before it', async () => {
    const storage = await sqlite(':memory:').open();
    open.push(storage);
    await storage.migrate('auto');
    const units = ['a', 'b'].map((key) => storage.unit((tx) => put(tx, key)));
    const read = keysIn(storage.db);
    await Promise.all(units);
    expect([[], ['a', 'b']]).toContainEqual(await read);
    expect(await keysIn(storage.db)).toEqual(['a', 'b']);
  });

  it('refuses to write beside a unit, in a file and in memory', async () => {
    for (const place of [file, ':memory:']) {
      const storage = await sqlite(place).open();
      open.push(storage);
      await storage.migrate('auto');
      await expect(put(storage.db as Tx, 'a')).rejects.toThrow(/goes through a unit/);
      await storage.unit((tx) => put(tx, 'b'));
      expect(await keysIn(storage.db)).toEqual(['b']);
    }
  });

  it('reads twice from one snapshot inside a read transaction', async () => {
    const storage = await openFile();
    await storage.unit((tx) => put(tx, 'a'));
    const other = await openFile();
    await storage.db.transaction().execute(async (tx) => {
      expect(await keysIn(tx)).toEqual(['a']);
      await other.unit((write) => put(write, 'b'));
      expect(await keysIn(tx)).toEqual(['a']);
    });
    expect(await keysIn(storage.db)).toEqual(['a', 'b']);
  });

  it('streams rows', async () => {
    const storage = await openFile();
    await storage.unit(async (tx) => {
      for (const key of ['a', 'b', 'c']) await put(tx, key);
    });
    const seen: string[] = [];
    for await (const row of storage.db.selectFrom('meta').select('key').stream()) {
      seen.push(row.key);
    }
    expect(seen.sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('group commit', () => {
  it('commits concurrent units together, as the write-ahead log shows', async () => {
    const storage = await openFile();
    const before = await countCommits(file);
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => storage.unit((tx) => put(tx, `g${index}`))),
    );
    const together = (await countCommits(file)) - before;
    for (let index = 0; index < 10; index += 1) await storage.unit((tx) => put(tx, `s${index}`));
    const alone = (await countCommits(file)) - before - together;
    expect(alone).toBe(10);
    expect(together).toBeLessThanOrEqual(20);
    expect(await keysIn(storage.db)).toHaveLength(110);
  });

  it('puts at most 200 units in one transaction', async () => {
    const storage = await openFile();
    const before = await countCommits(file);
    await Promise.all(
      Array.from({ length: 401 }, (_, index) => storage.unit((tx) => put(tx, `g${index}`))),
    );
    expect((await countCommits(file)) - before).toBeGreaterThanOrEqual(3);
  });

  it('shows a later unit of the group what an earlier one wrote', async () => {
    const storage = await openFile();
    const [, seen] = await Promise.all([
      storage.unit((tx) => put(tx, 'a')),
      storage.unit((tx) => keysIn(tx)),
    ]);
    expect(seen).toEqual(['a']);
  });

  it('rejects every unit of a group whose COMMIT fails, and goes on after it', async () => {
    const storage = await openFile();
    // A deferred foreign key is looked at by COMMIT, which then fails.
    const orphan = storage.unit(async (tx) => {
      await sql`pragma defer_foreign_keys = on`.execute(tx);
      await tx
        .insertInto('message_id_alias')
        .values({
          tenant: 'default',
          mailbox: 'news@acme.example',
          internet_message_id: 'one@example.com',
          message_id: 'none',
        })
        .execute();
    });
    const failing = storage.unit(async () => {
      throw new MailwardenError('NOT_PENDING');
    });
    const results = await Promise.allSettled([
      storage.unit((tx) => put(tx, 'a')),
      orphan,
      failing,
      storage.unit((tx) => put(tx, 'b')),
    ]);
    for (const result of results) {
      expect(result).toEqual({ status: 'rejected', reason: unavailable });
    }
    expect(await keysIn(storage.db)).toEqual([]);
    await storage.unit((tx) => put(tx, 'c'));
    expect(await keysIn(storage.db)).toEqual(['c']);
  });

  it('says that storage is unavailable when the disk is full, and loses nothing', async () => {
    const storage = await openFile();
    await storage.unit(async (tx) => {
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(tx);
      await sql`pragma max_page_count = ${sql.raw(String(rows[0]?.page_count ?? 0))}`.execute(tx);
    });
    const full = Promise.allSettled([
      storage.unit((tx) => put(tx, 'small')),
      storage.unit((tx) => put(tx, 'large', 'x'.repeat(500_000))),
    ]);
    const [, large] = await full;
    expect(large).toEqual({ status: 'rejected', reason: unavailable });
    await storage.unit(async (tx) => {
      await sql`pragma max_page_count = 100000`.execute(tx);
    });
    await storage.unit((tx) => put(tx, 'large', 'x'.repeat(500_000)));
    expect(await keysIn(storage.db)).toContain('large');
  });

  it('keeps the async context of each caller', async () => {
    const { AsyncLocalStorage } = await import('node:async_hooks');
    const request = new AsyncLocalStorage<string>();
    const storage = await openFile();
    const seen = await Promise.all(
      ['a', 'b', 'c'].map((id) =>
        request.run(id, () => storage.unit(async () => request.getStore())),
      ),
    );
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('leaves the event loop to a writer of the same process, and waits for it', async () => {
    const storage = await openFile();
    const other = await openFile();
    const wrote = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const first = other.unit(async (tx) => {
      await put(tx, 'a');
      wrote.resolve();
      await finish.promise;
    });
    await wrote.promise;
    const second = storage.unit((tx) => keysIn(tx));
    finish.resolve();
    await first;
    expect(await second).toEqual(['a']);
  });

  it('gives up on a lock that another process does not let go, and works afterwards', async () => {
    const storage = await openFile({ busyTimeout: 50 });
    const other = new BetterSqlite3(file);
    other.exec('begin immediate');
    const results = await Promise.allSettled([
      storage.unit((tx) => put(tx, 'a')),
      storage.unit((tx) => put(tx, 'b')),
    ]);
    for (const result of results) {
      expect(result).toEqual({ status: 'rejected', reason: unavailable });
    }
    other.exec('rollback');
    other.close();
    await storage.unit((tx) => put(tx, 'c'));
    expect(await keysIn(storage.db)).toEqual(['c']);
  });
});

/**
 * Commits in the write-ahead log: frames that carry a database size.
 * https://sqlite.org/fileformat2.html#walformat
 */
async function countCommits(path: string): Promise<number> {
  const log = await readFile(`${path}-wal`);
  const frame = 24 + log.readUInt32BE(8);
  let commits = 0;
  for (let at = 32; at + frame <= log.length; at += frame) {
    const current = log.compare(log, 16, 24, at + 8, at + 16) === 0;
    if (current && log.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}
