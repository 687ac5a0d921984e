import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { postgres } from '@mailwarden/core/postgres';
import { smtp } from '@mailwarden/core/smtp';
import { sqlite } from '@mailwarden/core/sqlite';
import { startSmtpSink } from '@mailwarden/testing';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { databases, type TestDatabase } from '../support/databases.ts';
import { startTcpRelay, type TcpRelay } from '../support/tcp-relay.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';
import { makeFaulty } from './faulty-storage.ts';
import { openStored, type Stored } from './stored.ts';

const LEASE = 300;
const MAIL = { to: 'ana@example.com', subject: 'Step 1', body: 'Hello Ana', idempotencyKey: 's1' };
const UNAVAILABLE = expect.objectContaining({ code: 'STORAGE_UNAVAILABLE' });
const opener = (name: 'sqlite' | 'postgres') => {
  const found = databases.find((database) => database.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found.open;
};
const states = async (stored: Stored) => (await stored.deliveries()).map(({ state }) => state);

describe('PostgreSQL whose backend dies in the middle', () => {
  let world: WardenWorld;
  let stored: Stored;
  let admin: pg.Client;

  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(opener('postgres'), { dispatch: { lease: LEASE }, ...options });
    stored = await openStored(world.database);
    const [url] = world.database.where;
    admin = new pg.Client(url);
    await admin.connect();
    return world;
  };
  /** The next statement that does this to the table ends its own backend. */
  const dieOn = async (what: string): Promise<void> => {
    const [, schema] = world.database.where;
    const table = what.split(' ').at(-1);
    await admin.query(`
      create or replace function ${schema}.die() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
      create trigger die before ${what.replace(` ${table}`, '')} on ${schema}.${table}
      for each statement execute function ${schema}.die()`);
  };
  const live = async (table: string): Promise<void> => {
    await admin.query(`drop trigger die on ${world.database.where[1]}.${table}`);
  };
  afterEach(async () => {
    await admin.end();
    await world.close();
  });

  it.each(['message', 'delivery', 'contact', 'tag', 'reservation', 'event'])(
    'while a send writes %s: unavailable, nothing half-written, and a retry works',
    async (table) => {
      const { agent, warden, sink } = await start();
      const before = await stored.counts();
      await dieOn(`insert ${table}`);
      const failed = await agent().send({ ...MAIL, tags: ['drip'] });
      expect(failed).toMatchObject({ status: 'unavailable', code: 'STORAGE_UNAVAILABLE' });
      expect(failed.messageId).toBeUndefined();
      expect(await stored.counts()).toEqual(before);
      await warden.tick();
      expect(sink.messages).toEqual([]);
      await live(table);
      expect((await agent().send({ ...MAIL, tags: ['drip'] })).status).toBe('queued');
      await warden.tick();
      expect((await sink.waitFor(1)).length).toBe(1);
    },
  );

  it.each(['insert approval', 'update delivery', 'insert event'])(
    'while an approval does %s: unavailable, still held, and a retry works',
    async (what) => {
      const { agent, warden, sink } = await start({ mailbox: { oversight: 'gated_send' } });
      const held = await agent().send(MAIL);
      const before = await stored.counts();
      await dieOn(what);
      const decide = () => warden.reviewer('ops').decide(held.messageId ?? '', 'approve');
      await expect(decide()).rejects.toEqual(UNAVAILABLE);
      expect(await stored.counts()).toEqual(before);
      expect(await states(stored)).toEqual(['held']);
      await live(what.split(' ')[1] ?? '');
      expect((await decide()).state).toBe('queued');
      await warden.tick();
      expect((await sink.waitFor(1)).length).toBe(1);
    },
  );

  it.each(['update delivery', 'insert reservation', 'insert event'])(
    'while a claim does %s: still queued, nothing sent, and the next pass sends once',
    async (what) => {
      const { agent, warden, sink } = await start({ mailbox: { dailyLimit: 5 } });
      await agent().send(MAIL);
      const before = await stored.counts();
      await dieOn(what);
      await expect(warden.tick()).rejects.toEqual(UNAVAILABLE);
      expect(sink.messages).toEqual([]);
      expect(await stored.counts()).toEqual(before);
      expect(await states(stored)).toEqual(['queued']);
      await live(what.split(' ')[1] ?? '');
      await warden.tick();
      expect((await sink.waitFor(1)).length).toBe(1);
      expect(await stored.wireReservations()).toBe(1);
    },
  );

  it('before sending is recorded: nothing is sent, and after the lease it goes out once', async () => {
    const { agent, warden, sink, errors } = await start();
    await agent().send(MAIL);
    await dieOn('insert attempt');
    await warden.tick();
    expect(errors).toEqual([UNAVAILABLE]);
    expect(sink.messages).toEqual([]);
    expect(await stored.attempts()).toEqual([]);
    await live('attempt');
    await expect
      .poll(
        async () => {
          await warden.tick();
          return states(stored);
        },
        { timeout: 20_000 },
      )
      .toEqual(['sent']);
    expect(sink.messages.length).toBe(1);
  });

  it('while the answer is recorded: it is recorded as soon as the database is back', async () => {
    const { agent, warden, sink, errors } = await start({
      dispatch: { lease: LEASE, pollInterval: 10 },
      onError: (error) => {
        seen.push(error);
        void live('attempt');
      },
    });
    const seen: unknown[] = [];
    await agent().send(MAIL);
    await dieOn('update attempt');
    await warden.tick();
    expect(seen).toEqual([UNAVAILABLE]);
    expect(errors).toEqual([]);
    expect(await states(stored)).toEqual(['sent']);
    expect(await stored.attempts()).toMatchObject([{ outcome: 'sent' }]);
    await warden.tick();
    expect(sink.messages.length).toBe(1);
  });
});

describe('PostgreSQL that is gone', () => {
  let world: WardenWorld;
  let relay: TcpRelay;
  let stored: Stored;

  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(async (): Promise<TestDatabase> => {
      const database = await opener('postgres')();
      const [place, schema = ''] = database.where;
      const url = new URL(place);
      relay = await startTcpRelay(Number(url.port));
      const through = Object.assign(url, { port: String(relay.port) });
      return { ...database, factory: postgres(through.href, { schema }) };
    }, options);
    stored = await openStored(world.database);
    return world;
  };
  afterEach(async () => {
    await relay.stop();
    await world.close();
  });

  it('every operation says so, keeps its state, and works when the database is back', async () => {
    const { agent, warden, sink } = await start({ mailbox: { oversight: 'gated_send' } });
    const held = await agent().send(MAIL);
    const id = held.messageId ?? '';
    const before = await stored.counts();
    await relay.cut();
    relay.cutAfter(0);
    const answers = await Promise.all([
      agent().send({ ...MAIL, subject: 'Step 2', idempotencyKey: 's2' }),
      agent().cancel({ messageId: id }),
      agent().checkInbox(),
      agent().contacts(),
      agent().listPending(),
      agent().suppress({ address: 'ana@example.com' }),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'unavailable', code: 'STORAGE_UNAVAILABLE' });
    }
    await expect(warden.reviewer('ops').decide(id, 'approve')).rejects.toEqual(UNAVAILABLE);
    await expect(warden.system().pause('support@acme.example', 'test')).rejects.toEqual(
      UNAVAILABLE,
    );
    await expect(warden.tick()).rejects.toEqual(UNAVAILABLE);
    expect(await stored.counts()).toEqual(before);
    relay.cutAfter(undefined);
    await warden.reviewer('ops').decide(id, 'approve');
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
  });

  it('P6: between the 250 and its record: it ends unknown, and is never sent again', async () => {
    const sink = await startSmtpSink();
    const inner = smtp(sink.url);
    const { agent, warden, another, errors, clock } = await start({
      dispatch: { lease: LEASE, pollInterval: 1 },
      mailbox: {
        transport: {
          maxConnections: inner.maxConnections,
          verify: () => inner.verify(),
          close: () => inner.close(),
          async send(envelope, raw) {
            const result = await inner.send(envelope, raw);
            relay.cutAfter(0);
            await relay.cut();
            return result;
          },
        },
      },
    });
    await agent().send(MAIL);
    await expect(warden.tick()).rejects.toEqual(UNAVAILABLE);
    expect(errors.length).toBeGreaterThan(0);
    expect(await states(stored)).toEqual(['sending']);
    await warden.stop();
    const second = await another();
    await expect
      .poll(async () => {
        await second.tick();
        return states(stored);
      })
      .toEqual(['unknown']);
    clock.now += 7 * 86_400_000;
    await second.tick();
    expect(await states(stored)).toEqual(['unknown']);
    expect(sink.messages.length).toBe(1);
    expect(await stored.attempts()).toMatchObject([{ number: 1, outcome: null }]);
    expect(await second.system().accounting()).toMatchObject({ candidates: 1, unknown: 1 });
    await sink.close();
  });
});

describe('SQLite that another process has locked', () => {
  it('is unavailable after the busy timeout, and works when the lock is gone', async () => {
    const world = await openWorld(async () => {
      const database = await opener('sqlite')();
      return { ...database, factory: sqlite(database.where[0], { busyTimeout: 50 }) };
    });
    const { agent, warden, sink } = world;
    await agent().send(MAIL);
    const holder = fork(join(import.meta.dirname, 'lock-process.ts'), [world.database.where[0]], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(holder, 'message');
    const refused = await agent().send({ ...MAIL, idempotencyKey: 's2', subject: 'Step 2' });
    expect(refused).toMatchObject({ status: 'unavailable', code: 'STORAGE_UNAVAILABLE' });
    await expect(warden.tick()).rejects.toEqual(UNAVAILABLE);
    expect(sink.messages).toEqual([]);
    const gone = once(holder, 'close');
    holder.send('let go');
    await gone;
    expect(await warden.system().accounting()).toMatchObject({ candidates: 1, pending: 1 });
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
    await world.close();
  });
});

describe.each(databases)('a unit of work that breaks anywhere on $name', ({ open }) => {
  /** An application that repeats what was unavailable, with the key that it has. */
  const patiently = async <T>(step: () => Promise<T>): Promise<T | undefined> => {
    for (let run = 0; run < 5; run += 1) {
      try {
        const result = await step();
        if ((result as { status?: string }).status !== 'unavailable') return result;
      } catch (error) {
        if ((error as { code?: string }).code === 'NOT_PENDING') return undefined;
        expect(error).toEqual(UNAVAILABLE);
      }
    }
    throw new Error('It stays unavailable.');
  };

  it.each(['rolled back', 'answer lost'] as const)(
    'P1, P5, P6: %s: the mail goes out at most once, and every state adds up',
    async (how) => {
      const ended: string[] = [];
      for (let unit = 0; ; unit += 1) {
        const database = await open();
        const faulty = makeFaulty();
        const world = await openWorld(
          async () => ({ ...database, factory: faulty.over(database.factory) }),
          {
            dispatch: { lease: 1, pollInterval: 1 },
            mailbox: { oversight: 'gated_send', dailyLimit: 1 },
          },
        );
        const { agent, warden, sink, clock } = world;
        faulty.breakUnit(how, unit);
        const sent = await patiently(() => agent().send(MAIL));
        const [{ messageId = '' } = {}] = sent?.messages ?? [];
        await patiently(() => warden.reviewer('ops').decide(messageId, 'approve'));
        let state = '';
        for (let pass = 0; pass < 20 && !['sent', 'unknown'].includes(state); pass += 1) {
          await patiently(() => warden.tick());
          state = (await warden.reviewer('ops').deliveries(messageId))[0]?.state ?? '';
          const { candidates, ...buckets } = await warden.system().accounting();
          expect(candidates).toBe(1);
          expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(1);
        }
        const reached = faulty.units() > unit;
        ended.push(state);
        clock.now += 86_400_000;
        await patiently(() => warden.tick());
        expect(sink.messages.length).toBeLessThanOrEqual(1);
        if (state === 'sent') expect(sink.messages.length).toBe(1);
        expect((await agent().send(MAIL)).status).toBe('duplicate');
        await world.close();
        if (!reached) break;
      }
      // Only what broke right before the wire cannot be known; everything else was sent.
      expect(ended.filter((state) => state !== 'sent')).toEqual(
        how === 'rolled back' ? [] : ['unknown'],
      );
      expect(ended.length).toBeGreaterThan(6);
    },
  );
});
