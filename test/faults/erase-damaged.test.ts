import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { Storage, StorageFactory } from '../../packages/core/src/storage/database.ts';
import { databases } from '../support/databases.ts';
import { dumpDatabase, findText } from '../support/dump-database.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';
import { makeFaulty } from './faulty-storage.ts';

const ANA = 'zqxmark7f3a@customer.example';
const EVE = 'zqxeve7f3a2@customer.example';
const BOB = 'bob@partner.example';
const MINUTE = 60_000;
const reason = 'Request 17';

describe.each(databases)('an erasure beside other writers and damaged rows, on $name', (each) => {
  const { open, name } = each;
  let world: WardenWorld;
  let storage: Storage;
  afterEach(async () => {
    await storage.close();
    await world.close();
  });

  const start = async (over: (factory: StorageFactory) => StorageFactory = (same) => same) => {
    world = await openWorld(async () => {
      const database = await open();
      return { ...database, factory: over(database.factory) };
    });
    storage = await world.database.again().open();
    return world.warden.system();
  };
  const send = (to: string, body = `For ${to}`) =>
    world.agent().send({ to, subject: `To ${to}`, body });
  const left = async (text: string) => findText(await dumpDatabase(world.database), text);
  const setRecipients = (id: string, list: string) =>
    storage.unit((tx) =>
      tx.updateTable('message').set({ to_addresses: list }).where('id', '=', id).execute(),
    );
  /** How often damage was told of; the worker has words of its own about such mail. */
  const told = () => world.errors.filter(({ code }) => code === 'ERASURE_INCOMPLETE').length;
  const types = () => world.events.map(({ type }) => type);

  it('erases everything else, tells of the damaged row, and tries again in an hour', async () => {
    const system = await start();
    const broken = (await send(ANA, 'first')).messageId ?? '';
    for (const body of ['second', 'third']) await send(ANA, body);
    await setRecipients(broken, `["${ANA}"`);
    const report = await system.erasePerson(ANA, { reason });
    expect(report).toMatchObject({ messages: 2, damaged: [`message ${broken}`] });
    expect(told()).toBe(1);
    const rows = await storage.db
      .selectFrom('message')
      .select('id')
      .where('erased_at', 'is', null)
      .execute();
    expect(rows).toEqual([{ id: broken }]);
    world.clock.now += 30 * MINUTE;
    await world.warden.tick();
    expect(told()).toBe(1);
    expect(types()).toContain('person.erasure_incomplete');
    world.clock.now += 31 * MINUTE;
    await world.warden.tick();
    expect(told()).toBe(2);
    await setRecipients(broken, JSON.stringify([ANA]));
    world.clock.now += 61 * MINUTE;
    await world.warden.tick();
    expect(told()).toBe(2);
    expect(types()).toContain('person.erased');
    expect(await left(ANA)).toEqual([]);
    expect(await left(report.erasureId)).not.toContain('meta.key');
  });

  it('finishes the erasures of others, whose rows are whole', async () => {
    const faulty = makeFaulty();
    const system = await start((factory) => faulty.over(factory));
    const broken = (await send(ANA)).messageId ?? '';
    await send(EVE);
    await setRecipients(broken, `["${ANA}"`);
    await system.erasePerson(ANA, { reason });
    faulty.breakUnit('rolled back', 1, Number.POSITIVE_INFINITY);
    const cut = system.erasePerson(EVE, { reason });
    await expect(cut).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await left(EVE)).not.toEqual([]);
    const other = await world.another();
    world.clock.now += 61 * MINUTE;
    await other.tick();
    expect(await left(EVE)).toEqual([]);
    expect(told()).toBe(2);
  });

  it('passes over a damaged row that is about somebody else', async () => {
    const system = await start();
    const broken = (await send(EVE)).messageId ?? '';
    await send(ANA);
    await setRecipients(broken, `["${EVE}"`);
    expect(await system.erasePerson(ANA, { reason })).toMatchObject({ damaged: [] });
    expect(await left(ANA)).toEqual([]);
  });

  it('keeps what is written to a row after it was read and before it is changed', async () => {
    let write: (() => Promise<void>) | undefined;
    const system = await start((factory) => ({
      open: async () => beforeUnits(await factory.open(), async () => await write?.()),
    }));
    await system.setContact(BOB, { provenance: { how: `told by ${ANA}` } });
    write = async () => {
      await storage.unit((tx) =>
        tx
          .updateTable('contact')
          .set({ provenance: JSON.stringify({ how: `told by ${ANA}`, licence: 'later' }) })
          .where('provenance', 'like', `%${ANA}%`)
          .execute(),
      );
    };
    await system.erasePerson(ANA, { reason });
    const row = await storage.db.selectFrom('contact').selectAll().executeTakeFirstOrThrow();
    expect(JSON.parse(row.provenance ?? '')).toEqual({ how: 'told by [erased]', licence: 'later' });
  });

  if (name === 'postgres') {
    it('waits for whoever is changing a row', async () => {
      const system = await start();
      await system.setContact(BOB, { provenance: { how: `told by ${ANA}` } });
      const changed = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      const other = storage.unit(async (tx) => {
        await tx
          .updateTable('contact')
          .set({ provenance: JSON.stringify({ how: `told by ${ANA}`, licence: 'later' }) })
          .execute();
        changed.resolve();
        await release.promise;
      });
      await changed.promise;
      const erase = system.erasePerson(ANA, { reason });
      await waitForLock(storage, world.database.where[1] ?? '');
      release.resolve();
      await Promise.all([other, erase]);
      const row = await storage.db.selectFrom('contact').selectAll().executeTakeFirstOrThrow();
      expect(JSON.parse(row.provenance ?? '')).toEqual({
        how: 'told by [erased]',
        licence: 'later',
      });
    });
  }
});

/** The same storage, with something done before each unit. */
function beforeUnits(storage: Storage, before: () => Promise<void>): Storage {
  return {
    db: storage.db,
    capabilities: storage.capabilities,
    clock: storage.clock,
    migrate: (mode) => storage.migrate(mode),
    flushLog: () => storage.flushLog(),
    announce: (topic) => storage.announce(topic),
    listen: (topic, onNews) => storage.listen(topic, onNews),
    close: () => storage.close(),
    async unit(work) {
      await before();
      return await storage.unit(work);
    },
  };
}

/** Until a statement on this schema's contacts waits for a row. */
async function waitForLock(storage: Storage, schema: string): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where wait_event_type = 'Lock' and query like ${`%${schema}%contact%`}`.execute(storage.db);
    if ((rows[0]?.n ?? 0) > 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
