import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database.ts';
import { PrefixedSqliteCompiler } from './table-names.ts';

const db = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new PrefixedSqliteCompiler('mw_'),
  },
});

const compile = (ids: readonly string[]) =>
  db.selectFrom('message').select('id').where('id', 'in', ids).where('tenant', '=', 't').compile();

const ids = (count: number) => Array.from({ length: count }, (_, at) => `m${at}`);

describe('PrefixedSqliteCompiler', () => {
  it('writes one text for lists of about the same length', () => {
    expect(compile(ids(5)).sql).toBe(compile(ids(8)).sql);
    expect(compile(ids(5)).parameters).toEqual([...ids(5), 'm4', 'm4', 'm4', 't']);
    expect(compile(ids(8)).parameters).toEqual([...ids(8), 't']);
    expect(compile(ids(9)).sql).not.toBe(compile(ids(8)).sql);
    expect(compile(ids(9)).sql).toBe(compile(ids(16)).sql);
  });

  it('leaves short and very long lists as they are', () => {
    for (const count of [1, 2, 1_025]) {
      expect(compile(ids(count)).parameters).toEqual([...ids(count), 't']);
    }
  });

  it('leaves the values of a row as they are', () => {
    const row = { tenant: 't', key: 'k', value: 'v' };
    expect(db.insertInto('meta').values(row).compile().parameters).toEqual(['t', 'k', 'v']);
  });
});
