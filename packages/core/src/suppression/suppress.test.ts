import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../../test/support/databases.ts';
import type { Context } from '../context.ts';
import { parseAddress } from '../identity/address.ts';
import { createKeyRing } from '../keys/create-key-ring.ts';
import type { Storage } from '../storage/database.ts';
import { findSuppressions } from './find-suppressions.ts';
import { liftSuppression } from './lift-suppression.ts';
import { parseSubject } from './parse-subject.ts';
import { type NewSuppression, suppress } from './suppress.ts';
import type { SuppressionContext } from './suppression-context.ts';

const old = { id: 'k1', secret: 'first-secret-of-32-characters-or-more' };
const fresh = { id: 'k2', secret: 'second-secret-of-32-characters-or-more' };
const alice = parseAddress('alice@gmail.com');
const unsubscribe = {
  address: alice,
  scope: 'marketing',
  senderId: 'acme',
  reason: 'unsubscribe',
  source: 'one-click',
} as const;

describe.each(databases)('suppression on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let now = 1_000;

  beforeEach(async () => {
    ({ database, storage } = await openStorage(open));
  });
  afterEach(() => database.dispose());

  const context = (
    ...keys: { id: string; secret: string }[]
  ): SuppressionContext & Pick<Context, 'mailboxes'> => ({
    mailboxes: new Map(),
    tenant: 'default',
    storage,
    keys: createKeyRing(keys.length > 0 ? keys : [old], 'default'),
    now: () => now++,
  });
  const add = (input: NewSuppression, ctx = context()) =>
    storage.unit((tx) => suppress(tx, ctx, input));
  const lift = (address: string, reason = 'wrong address, says the customer') =>
    storage.unit((tx) =>
      liftSuppression(tx, context(), {
        subject: parseSubject(address),
        by: 'reviewer:ops@acme.example',
        reason,
      }),
    );
  const find = async (address: string, ctx = context()) => {
    const identity = ctx.keys.identify(parseAddress(address));
    const found = await findSuppressions(storage.db, ctx, [identity]);
    return (found.get(identity.exact) ?? []).map((fact) => `${fact.reason} ${fact.scope}`);
  };
  const events = async () => {
    const rows = await storage.db.selectFrom('event').selectAll().orderBy('seq').execute();
    return rows.map(({ type, actor, data }) => ({ type, actor, data: JSON.parse(data) }));
  };

  it('P8: an unsubscribe covers every spelling of the person', async () => {
    await add(unsubscribe);
    expect(await find('A.l.ice+shop@googlemail.com')).toEqual(['unsubscribe marketing']);
    expect(await find('bob@gmail.com')).toEqual([]);
  });

  it('a hard bounce covers one spelling', async () => {
    const address = parseAddress('alice+gone@example.com');
    await add({ address, scope: 'all', reason: 'hard_bounce', source: 'import' });
    expect(await find('alice+gone@example.com')).toEqual(['hard_bounce all']);
    expect(await find('alice@example.com')).toEqual([]);
  });

  it('P8: a suppression is found after the keys were rotated', async () => {
    await add(unsubscribe);
    expect(await find('alice@gmail.com', context(fresh, old))).toEqual(['unsubscribe marketing']);
    await add({ ...unsubscribe, scope: 'all' }, context(fresh, old));
    expect(await find('alice@gmail.com', context(old, fresh))).toHaveLength(2);
  });

  it('stores no address, and tells of it in ids and codes', async () => {
    await add({ ...unsubscribe, note: 'asked by phone' });
    const row = await storage.db.selectFrom('suppression').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain('alice');
    expect(await events()).toEqual([
      {
        type: 'suppression.added',
        actor: 'recipient',
        data: {
          suppressionId: row.id,
          scope: 'marketing',
          reason: 'unsubscribe',
          senderId: 'acme',
        },
      },
    ]);
  });

  it('leaves an identical row as it is, under any key', async () => {
    const first = await add(unsubscribe);
    const again = await add({ ...unsubscribe, source: 'page' });
    const rotated = await add(unsubscribe, context(fresh, old));
    expect([again, rotated]).toEqual([
      { id: first.id, added: false },
      { id: first.id, added: false },
    ]);
    expect(await events()).toHaveLength(1);
  });

  it('adds a row for another scope, sender or reason', async () => {
    await add(unsubscribe);
    await add({ ...unsubscribe, scope: 'topic:tips' });
    await add({ ...unsubscribe, senderId: 'other' });
    await add({ ...unsubscribe, reason: 'complaint' });
    expect(await find('alice@gmail.com')).toEqual([
      'unsubscribe marketing',
      'unsubscribe topic:tips',
      'unsubscribe marketing',
      'complaint marketing',
    ]);
  });

  it('makes one row when the same request comes ten times at once', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => add(unsubscribe)));
    expect(results.filter(({ added }) => added)).toHaveLength(1);
    expect(await find('alice@gmail.com')).toHaveLength(1);
  });

  it('refuses a scope that does not exist and writes nothing', async () => {
    await expect(add({ ...unsubscribe, scope: 'everything' })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    expect(await find('alice@gmail.com')).toEqual([]);
  });

  it('finds the suppressions of 1,000 recipients, each its own', async () => {
    const ctx = context(fresh, old);
    const people = Array.from({ length: 1_000 }, (_, n) => `person${n}@example.com`);
    await add({ ...unsubscribe, address: parseAddress('Person7+x@example.com') });
    await add({ ...unsubscribe, address: parseAddress('person8@example.com') }, ctx);
    const identities = people.map((address) => ctx.keys.identify(parseAddress(address)));
    const found = await findSuppressions(storage.db, ctx, identities);
    const hit = identities.flatMap(({ exact }, n) => (found.get(exact)?.length === 1 ? n : []));
    expect(found.size).toBe(1_000);
    expect(hit).toEqual([7, 8]);
  });

  it('does not find what another tenant suppressed', async () => {
    await add(unsubscribe);
    const other = { ...context(), tenant: 'other' };
    expect(await find('alice@gmail.com', other)).toEqual([]);
  });

  describe('liftSuppression', () => {
    it('ends a manual suppression and keeps the row', async () => {
      await add({ ...unsubscribe, reason: 'manual', source: 'agent:bot' });
      expect(await lift('alice+tag@gmail.com')).toBe(1);
      expect(await find('alice@gmail.com')).toEqual([]);
      const row = await storage.db.selectFrom('suppression').selectAll().executeTakeFirstOrThrow();
      expect(row).toMatchObject({
        lifted_by: 'reviewer:ops@acme.example',
        lift_reason: 'wrong address, says the customer',
      });
      expect((await events()).map(({ type, actor }) => [type, actor])).toEqual([
        ['suppression.added', 'agent:bot'],
        ['suppression.lifted', 'reviewer:ops@acme.example'],
      ]);
    });

    it('can suppress again afterwards', async () => {
      await add({ ...unsubscribe, reason: 'manual' });
      await lift('alice@gmail.com');
      expect(await add({ ...unsubscribe, reason: 'manual' })).toMatchObject({ added: true });
      expect(await find('alice@gmail.com')).toEqual(['manual marketing']);
    });

    it.each(['unsubscribe', 'complaint', 'erasure', 'legal'] as const)(
      'P3: never ends an %s, nor what stands beside it',
      async (reason) => {
        await add({ ...unsubscribe, reason: 'manual' });
        await add({ ...unsubscribe, reason });
        await expect(lift('alice@gmail.com')).rejects.toMatchObject({
          code: 'LIFT_NOT_ALLOWED',
          fields: { reasons: [reason] },
        });
        expect(await find('alice@gmail.com')).toEqual(['manual marketing', `${reason} marketing`]);
      },
    );

    it('needs a reason', async () => {
      await add({ ...unsubscribe, reason: 'manual' });
      await expect(lift('alice@gmail.com', ' ')).rejects.toMatchObject({ code: 'REASON_REQUIRED' });
    });

    it('has nothing to do for somebody who is not suppressed', async () => {
      expect(await lift('bob@example.com')).toBe(0);
    });
  });
});
