import BetterSqlite3 from 'better-sqlite3';
import { CompiledQuery } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { SqliteConnection } from './dialects/sqlite-connection.ts';
import { GroupCommit } from './group-commit.ts';
import { Mutex } from './mutex.ts';

let connection: SqliteConnection;

beforeEach(() => {
  connection = new SqliteConnection(new BetterSqlite3(':memory:'));
  connection.control('create table note (text text)');
});

afterEach(() => connection.close());

const write = (text: string) => () =>
  connection.executeQuery(CompiledQuery.raw('insert into note values (?)', [text]));

const notes = async (): Promise<unknown[]> => {
  const { rows } = await connection.executeQuery<{ text: string }>(
    CompiledQuery.raw('select text from note'),
  );
  return rows.map(({ text }) => text);
};

/** Units on a connection whose disk answers when it is told to. */
function makeGroups() {
  const flushes: PromiseWithResolvers<void>[] = [];
  const groups = new GroupCommit({
    connection,
    mutex: new Mutex(),
    begin: async () => connection.control('begin immediate'),
    flush: () => {
      const flush = Promise.withResolvers<void>();
      flushes.push(flush);
      return flush.promise;
    },
  });
  return { groups, flushes };
}

describe('GroupCommit', () => {
  it('tells nobody of a commit that the disk does not have, and commits the next meanwhile', async () => {
    const { groups, flushes } = makeGroups();
    const told: string[] = [];
    const first = groups.run(write('first')).then(() => told.push('first'));
    await expect.poll(() => flushes.length).toBe(1);
    const second = groups.run(write('second')).then(() => told.push('second'));
    await expect.poll(() => flushes.length).toBe(2);
    expect(await notes()).toEqual(['first', 'second']);
    expect(told).toEqual([]);
    flushes[0]?.resolve();
    await first;
    expect(told).toEqual(['first']);
    flushes[1]?.resolve();
    await second;
    await groups.idle();
  });

  it('rejects whatever rests on a commit that the disk refused, errors too', async () => {
    const { groups, flushes } = makeGroups();
    const refused = new MailwardenError('STORAGE_UNAVAILABLE');
    const kept = groups.run(write('kept'));
    const thrown = groups.run(() => Promise.reject(new MailwardenError('NOT_FOUND')));
    const outcomes = Promise.allSettled([kept, thrown]);
    await expect.poll(() => flushes.length).toBe(1);
    flushes[0]?.reject(refused);
    expect(await outcomes).toEqual([
      { status: 'rejected', reason: refused },
      { status: 'rejected', reason: refused },
    ]);
  });

  it('is idle when the disk has everything', async () => {
    const { groups, flushes } = makeGroups();
    const written = groups.run(write('last'));
    await expect.poll(() => flushes.length).toBe(1);
    let idle = false;
    const waited = groups.idle().then(() => {
      idle = true;
    });
    await Promise.resolve();
    expect(idle).toBe(false);
    flushes[0]?.resolve();
    await Promise.all([written, waited]);
  });
});
