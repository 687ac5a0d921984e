import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../../test/support/databases.ts';
import type { Storage } from './database.ts';

describe.each(databases)('storage on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;

  beforeEach(async () => {
    ({ database, storage } = await openStorage(open));
  });

  afterEach(async () => {
    await database.dispose();
  });

  it('keeps what a unit wrote', async () => {
    await storage.unit((tx) =>
      tx.insertInto('meta').values({ tenant: 'acme', key: 'k', value: 'v' }).execute(),
    );
    const again = await database.again().open();
    expect(await again.db.selectFrom('meta').select('value').execute()).toEqual([{ value: 'v' }]);
  });
});
