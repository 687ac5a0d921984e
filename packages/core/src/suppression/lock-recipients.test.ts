import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../../test/support/databases.ts';
import { parseAddress } from '../identity/address.ts';
import { createKeyRing } from '../keys/create-key-ring.ts';
import type { Storage } from '../storage/database.ts';
import { findSuppressions } from './find-suppressions.ts';
import { lockRecipients } from './lock-recipients.ts';
import { suppress } from './suppress.ts';
import type { SuppressionContext } from './suppression-context.ts';

const k1 = { id: 'k1', secret: 'first-secret-of-32-characters-or-more' };
const k2 = { id: 'k2', secret: 'second-secret-of-32-characters-or-more' };
const ring = createKeyRing([k1, k2], 'default');
const identify = (address: string) => ring.identify(parseAddress(address));

describe.each(databases)('lockRecipients on $name', ({ open, name }) => {
  let database: TestDatabase;
  let storage: Storage;
  let other: Storage;
  let ctx: SuppressionContext;

  beforeEach(async () => {
    ({ database, storage } = await openStorage(open));
    other = await database.again().open();
    ctx = { tenant: 'default', storage, keys: ring, now: () => 1_000 };
  });
  afterEach(() => database.dispose());

  const rows = () => storage.db.selectFrom('recipient_key').selectAll().execute();

  it('makes one row per person and key, however often', async () => {
    const identities = [identify('alice@example.com'), identify('Alice+x@example.com')];
    await storage.unit((tx) => lockRecipients(tx, ctx, identities));
    await storage.unit((tx) => lockRecipients(tx, ctx, identities));
    const { allCanonical } = identify('alice@example.com');
    const made = await rows();
    expect(made.map((row) => `${row.key_id} ${row.canonical}`).sort()).toEqual([
      `k1 ${allCanonical[0]}`,
      `k2 ${allCanonical[1]}`,
    ]);
  });

  it('takes nobody, and 5,000 people', async () => {
    await storage.unit((tx) => lockRecipients(tx, ctx, []));
    const many = Array.from({ length: 5_000 }, (_, n) => identify(`person${n}@example.com`));
    await storage.unit((tx) => lockRecipients(tx, ctx, many));
    expect(await rows()).toHaveLength(10_000);
  });

  it('P1: a suppression waits until the holder of the lock has committed', async () => {
    const order: string[] = [];
    const held = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const holder = storage.unit(async (tx) => {
      await lockRecipients(tx, ctx, [identify('alice@example.com')]);
      held.resolve();
      await finish.promise;
      order.push('holder');
    });
    await held.promise;
    const address = parseAddress('alice+shop@example.com');
    const suppression = other
      .unit((tx) =>
        suppress(tx, ctx, { address, scope: 'all', reason: 'unsubscribe', source: 'page' }),
      )
      .then(() => order.push('suppression'));
    if (name === 'postgres') await waitForBlocked(storage, database);
    expect(await find('alice@example.com')).toEqual(0);
    finish.resolve();
    await Promise.all([holder, suppression]);
    expect(order).toEqual(['holder', 'suppression']);
    expect(await find('alice@example.com')).toEqual(1);
  });

  it('P1: who holds the lock sees a suppression that committed while it waited', async () => {
    const held = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const address = parseAddress('alice@example.com');
    const suppression = other.unit(async (tx) => {
      await suppress(tx, ctx, { address, scope: 'all', reason: 'unsubscribe', source: 'page' });
      held.resolve();
      await finish.promise;
    });
    await held.promise;
    const seen = storage.unit(async (tx) => {
      const identity = identify('alice@example.com');
      await lockRecipients(tx, ctx, [identity]);
      return (await findSuppressions(tx, ctx, [identity])).get(identity.exact)?.length;
    });
    if (name === 'postgres') await waitForBlocked(storage, database);
    finish.resolve();
    await suppression;
    expect(await seen).toBe(1);
  });

  it('does not deadlock when twenty units lock the same people in different orders', async () => {
    const people = Array.from({ length: 12 }, (_, n) => identify(`person${n}@example.com`));
    const units = Array.from({ length: 20 }, (_, n) => {
      const rotated = [...people.slice(n % 12), ...people.slice(0, n % 12)];
      const given = n % 2 === 0 ? rotated : rotated.toReversed();
      return (n % 3 === 0 ? other : storage).unit((tx) => lockRecipients(tx, ctx, given));
    });
    await Promise.all(units);
    expect(await rows()).toHaveLength(24);
  });

  const find = async (address: string) => {
    const identity = identify(address);
    const found = await findSuppressions(storage.db, ctx, [identity]);
    return found.get(identity.exact)?.length;
  };
});

/** Until a connection to this very schema waits for a lock. */
async function waitForBlocked(storage: Storage, { where }: TestDatabase): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await sql`
      select pid from pg_stat_activity
      where wait_event_type = 'Lock' and query like ${`%${where[1]}%`}`.execute(storage.db);
    expect(rows).toHaveLength(1);
  });
}
