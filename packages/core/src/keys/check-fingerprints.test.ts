import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../../test/support/databases.ts';
import type { Storage } from '../storage/database.ts';
import { checkFingerprints } from './check-fingerprints.ts';
import { createKeyRing } from './create-key-ring.ts';

const k1 = { id: 'k1', secret: 'first-secret-of-32-characters-or-more' };
const k2 = { id: 'k2', secret: 'second-secret-of-32-characters-or-more' };

describe.each(databases)('checkFingerprints on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;

  beforeEach(async () => {
    ({ database, storage } = await openStorage(open));
  });
  afterEach(() => database.dispose());

  const start = (...keys: { id: string; secret: string }[]) =>
    storage.unit((tx) => checkFingerprints(tx, 'default', createKeyRing(keys, 'default')));
  const stored = async () => {
    const rows = await storage.db.selectFrom('meta').select('key').orderBy('key').execute();
    return rows.map(({ key }) => key).filter((key) => key.startsWith('key:'));
  };

  it('takes the keys of the first start, and the same again', async () => {
    await start(k1);
    await start(k1);
    expect(await stored()).toEqual(['key:k1']);
  });

  it('adds a new key, wherever it stands', async () => {
    await start(k1);
    await start(k2, k1);
    await start(k1, k2);
    expect(await stored()).toEqual(['key:k1', 'key:k2']);
  });

  it('refuses another secret under a known id, and names it', async () => {
    await start(k1, k2);
    await expect(start(k1, { ...k2, secret: 'x'.repeat(32) })).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
      message: expect.stringContaining('k2'),
      fields: { missing: [], changed: ['k2'] },
    });
  });

  it('P8: refuses to start without a key that was used, and records nothing', async () => {
    await start(k1);
    await expect(start(k2)).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
      fields: { missing: ['k1'], changed: [] },
    });
    expect(await stored()).toEqual(['key:k1']);
  });

  it('lets ten processes start at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => start(k1, k2)));
    expect(await stored()).toEqual(['key:k1', 'key:k2']);
  });
});
