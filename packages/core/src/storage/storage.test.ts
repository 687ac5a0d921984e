import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../../test/support/databases.ts';
import { insertDelivery } from '../../../../test/support/insert-delivery.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { createKeyRing } from '../keys/create-key-ring.ts';
import type { Db, Storage, Tx } from './database.ts';
import { isUniqueViolation } from './faults.ts';

const keys = createKeyRing([{ id: 'k1', secret: 'a-secret-of-32-characters-or-more' }], 'default');

const put = (tx: Tx, key: string, value = ''): Promise<unknown> =>
  tx.insertInto('meta').values({ tenant: 'default', key, value }).execute();

const keysIn = async (db: Db): Promise<string[]> => {
  const rows = await db.selectFrom('meta').select('key').orderBy('key').execute();
  return rows.map((row) => row.key);
};

describe.each(databases)('storage on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;

  beforeEach(async () => {
    ({ database, storage } = await openStorage(open));
  });

  afterEach(async () => {
    await database.dispose();
  });

  describe('a unit of work', () => {
    it('is there for everybody when it has resolved', async () => {
      expect(await storage.unit(async (tx) => put(tx, 'a').then(() => 'result'))).toBe('result');
      const again = await database.again().open();
      expect(await keysIn(storage.db)).toEqual(['a']);
      expect(await keysIn(again.db)).toEqual(['a']);
    });

    it('leaves nothing when it throws, and its error passes unchanged', async () => {
      const error = new MailwardenError('NOT_PENDING');
      const failing = storage.unit(async (tx) => {
        await put(tx, 'a');
        throw error;
      });
      await expect(failing).rejects.toBe(error);
      const throwing = storage.unit(() => {
        throw error;
      });
      await expect(throwing).rejects.toBe(error);
      expect(await keysIn(storage.db)).toEqual([]);
    });

    it('rolls back alone among concurrent ones', async () => {
      const units = Array.from({ length: 20 }, (_, index) =>
        storage.unit(async (tx) => {
          await put(tx, String(index).padStart(2, '0'));
          if (index % 7 === 3) throw new MailwardenError('NOT_PENDING');
        }),
      );
      const results = await Promise.allSettled(units);
      const failed = results.flatMap((r, index) => (r.status === 'rejected' ? [index] : []));
      expect(failed).toEqual([3, 10, 17]);
      expect(await keysIn(storage.db)).toHaveLength(17);
    });

    it('shows nothing of itself before its commit', async () => {
      const wrote = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      const unit = storage.unit(async (tx) => {
        await put(tx, 'a');
        wrote.resolve();
        await finish.promise;
      });
      await wrote.promise;
      expect(await keysIn(storage.db)).toEqual([]);
      const again = await database.again().open();
      expect(await keysIn(again.db)).toEqual([]);
      finish.resolve();
      await unit;
      expect(await keysIn(storage.db)).toEqual(['a']);
    });

    it('lets one of two writers of the same key win, and the other recognises it', async () => {
      const again = await database.again().open();
      const results = await Promise.allSettled([
        storage.unit((tx) => put(tx, 'a', 'one')),
        again.unit((tx) => put(tx, 'a', 'two')),
      ]);
      const errors = results.flatMap((r) => (r.status === 'rejected' ? [r.reason] : []));
      expect(errors.map(isUniqueViolation)).toEqual([true]);
      expect(isUniqueViolation(new MailwardenError('NOT_PENDING'))).toBe(false);
    });

    it('counts every one of many concurrent increments through two connections', async () => {
      const again = await database.again().open();
      await storage.unit((tx) => put(tx, 'n', '0'));
      const increment = async (tx: Tx): Promise<void> => {
        const read = tx.selectFrom('meta').select('value').where('key', '=', 'n');
        const locked = storage.capabilities.supportsRowLocks ? read.forUpdate() : read;
        const { value } = await locked.executeTakeFirstOrThrow();
        await tx
          .updateTable('meta')
          .set({ value: String(Number(value) + 1) })
          .where('key', '=', 'n')
          .execute();
      };
      await Promise.all(
        Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? storage : again).unit(increment)),
      );
      const row = await storage.db.selectFrom('meta').select('value').executeTakeFirstOrThrow();
      expect(row.value).toBe('60');
    });

    it('refuses another unit and a read beside its tx', async () => {
      await expect(storage.unit(() => storage.unit(async () => 1))).rejects.toThrow(/pass its tx/);
      await expect(storage.unit(() => keysIn(storage.db))).rejects.toThrow(/through its tx/);
      expect(await keysIn(storage.db)).toEqual([]);
    });

    it('lets what it started go on after its end', async () => {
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      let background: Promise<unknown> = Promise.resolve();
      await storage.unit(async () => {
        background = ended.then(() => storage.unit((tx) => put(tx, 'later')));
      });
      resolve();
      await background;
      expect(await keysIn(storage.db)).toEqual(['later']);
    });

    it('refuses a query that comes after its end', async () => {
      let kept: Tx | undefined;
      await storage.unit(async (tx) => {
        kept = tx;
      });
      await expect(keysIn(kept as Tx)).rejects.toThrow();
    });
  });

  describe('names and types', () => {
    it('finds our tables from builders, joins, subqueries and sql templates', async () => {
      const id = await insertDelivery(storage, { keys, recipient: 'ann@example.com' });
      const joined = await storage.db
        .selectFrom('delivery as d')
        .innerJoin('message', 'message.id', 'd.message_id')
        .select(['d.id', 'message.subject'])
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('message as m').whereRef('m.id', '=', 'd.message_id').select('m.id as x'),
          ),
        )
        .execute();
      expect(joined).toEqual([{ id, subject: 'News' }]);
      const raw = await sql<{ n: number }>`
        select count(*) as n from ${sql.table('delivery')}
        where ${sql.ref('delivery.message_id')} in (select id from ${sql.table('message')})
      `.execute(storage.db);
      expect(raw.rows).toEqual([{ n: 1 }]);
    });

    it('upserts, updates from another table, deletes and returns rows', async () => {
      await insertDelivery(storage, { keys, recipient: 'ann@example.com' });
      const changed = await storage.unit(async (tx) => {
        await put(tx, 'a', '1');
        await tx
          .insertInto('meta')
          .values({ tenant: 'default', key: 'a', value: '2' })
          .onConflict((conflict) =>
            conflict.columns(['tenant', 'key']).doUpdateSet((eb) => ({
              value: sql`${eb.ref('meta.value')} || ${eb.ref('excluded.value')}`,
            })),
          )
          .execute();
        await tx
          .updateTable('delivery')
          .from('message')
          .set((eb) => ({ reason: eb.ref('message.subject') }))
          .whereRef('message.id', '=', 'delivery.message_id')
          .execute();
        return tx.deleteFrom('meta').returning('value').executeTakeFirst();
      });
      expect(changed).toEqual({ value: '12' });
      const row = await storage.db.selectFrom('delivery').select('reason').executeTakeFirst();
      expect(row).toEqual({ reason: 'News' });
    });

    it('gives 64-bit integers, counts and sums as numbers', async () => {
      const at = 8_640_000_000_000_000;
      await insertDelivery(storage, {
        keys,
        recipient: 'ann@example.com',
        delivery: { sent_at: at },
      });
      const row = await storage.db
        .selectFrom('delivery')
        .select(({ fn }) => [
          'sent_at',
          fn.countAll<number>().as('count'),
          fn.sum<number>('sent_at').as('sum'),
          fn.max('sent_at').as('max'),
        ])
        .groupBy('sent_at')
        .executeTakeFirst();
      expect(row).toEqual({ sent_at: at, count: 1, sum: at, max: at });
    });

    it('gives bytes back as they came', async () => {
      const data = new Uint8Array([0, 1, 254, 255]);
      await storage.unit((tx) =>
        tx.insertInto('chunk').values({ tenant: 'default', owner_id: 'o', seq: 0, data }).execute(),
      );
      const row = await storage.db.selectFrom('chunk').select('data').executeTakeFirstOrThrow();
      expect(row.data).toBeInstanceOf(Uint8Array);
      expect([...row.data]).toEqual([...data]);
    });

    it('numbers events in the order in which one process wrote them', async () => {
      for (const id of ['a', 'b', 'c']) {
        await storage.unit((tx) =>
          tx
            .insertInto('event')
            .values({ tenant: 'default', id, at: 1, type: 't', actor: 'system', data: '{}' })
            .execute(),
        );
      }
      const rows = await storage.db.selectFrom('event').selectAll().orderBy('seq').execute();
      expect(rows.map((row) => row.id)).toEqual(['a', 'b', 'c']);
      for (const row of rows) expect(typeof row.xact).toBe('number');
      const committed = rows.every((row) => row.xact > 0);
      expect(committed).toBe(storage.capabilities.supportsSnapshotXmin);
    });

    it('tells the time in whole epoch ms', async () => {
      const before = Date.now();
      const { rows } = await sql<{ now: number }>`select ${storage.clock} as now`.execute(
        storage.db,
      );
      const now = rows[0]?.now ?? 0;
      expect(Number.isInteger(now)).toBe(true);
      // One clock of one machine; PostgreSQL and Node may round the millisecond differently.
      expect(now).toBeGreaterThanOrEqual(before - 1);
      expect(now).toBeLessThanOrEqual(Date.now() + 1);
    });
  });

  describe('the schema', () => {
    it('refuses a second live idempotency key, an unknown state and a claim without a lease', async () => {
      const delivery = { idempotency_key: 'k', idempotency_kind: 'caller' } as const;
      const given = { keys, recipient: 'ann@example.com' };
      await insertDelivery(storage, { ...given, delivery });
      const second = insertDelivery(storage, { ...given, delivery });
      expect(isUniqueViolation(await second.catch((error: unknown) => error))).toBe(true);
      await insertDelivery(storage, given);
      await insertDelivery(storage, given);
      const lost = { state: 'lost' as 'sent' };
      await expect(insertDelivery(storage, { ...given, delivery: lost })).rejects.toThrow(/check/i);
      const loose = { state: 'sending' } as const;
      await expect(insertDelivery(storage, { ...given, delivery: loose })).rejects.toThrow(
        /check/i,
      );
    });

    it('keeps a delivery from outliving its message', async () => {
      await insertDelivery(storage, { keys, recipient: 'ann@example.com' });
      const remove = storage.unit((tx) => tx.deleteFrom('message').execute());
      await expect(remove).rejects.toThrow(/foreign key/i);
    });

    it('allows a suppression again once the first one is lifted', async () => {
      const suppress = (id: string): Promise<unknown> =>
        storage.unit((tx) =>
          tx
            .insertInto('suppression')
            .values({ ...SUPPRESSION, id })
            .execute(),
        );
      await suppress('a');
      expect(isUniqueViolation(await suppress('b').catch((error: unknown) => error))).toBe(true);
      await storage.unit((tx) =>
        tx.updateTable('suppression').set({ lifted_at: 2 }).where('id', '=', 'a').execute(),
      );
      await suppress('b');
    });
  });

  describe('close', () => {
    it('waits for what runs, then refuses', async () => {
      const unit = storage.unit((tx) => put(tx, 'a'));
      await storage.close();
      await unit;
      await storage.close();
      const stopped = expect.objectContaining({ code: 'STOPPED' });
      await expect(storage.unit((tx) => put(tx, 'b'))).rejects.toEqual(stopped);
      await expect(keysIn(storage.db)).rejects.toEqual(stopped);
      const again = await database.again().open();
      expect(await keysIn(again.db)).toEqual(['a']);
    });
  });
});

const SUPPRESSION = {
  tenant: 'default',
  match: 'exact',
  hmac: 'h',
  key_id: 'k1',
  canonicalisation: 1,
  scope: 'marketing',
  sender_id: 'acme',
  reason: 'unsubscribe',
  source: 'page',
  note: null,
  created_at: 1,
  lifted_at: null,
  lifted_by: null,
  lift_reason: null,
} as const;
