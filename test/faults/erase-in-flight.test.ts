import type { Transport } from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { dumpDatabase, findText } from '../support/dump-database.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';
import { makeFaulty } from './faulty-storage.ts';

const MARK = 'zqxmark7f3a';
const ANA = `${MARK}@customer.example`;
const MINUTE = 60_000;

describe.each(databases)('an erasure while mail is under way, on $name', ({ open }) => {
  let world: WardenWorld;
  let server: ScriptedSmtpServer | undefined;
  afterEach(async () => {
    await world.close();
    await server?.close();
    server = undefined;
  });

  const start = async (options: WorldOptions) => {
    world = await openWorld(open, options);
    return world;
  };
  const send = () => world.agent().send({ to: ANA, subject: `News ${MARK}`, body: `For ${MARK}` });
  const states = async () =>
    (await world.warden.system().deliveries()).map(({ state, code }) => `${state} ${code}`);
  const left = async () => findText(await dumpDatabase(world.database), MARK);

  it.each([
    ['451 4.7.1 Later', 'failed ERASED'],
    [`550 5.1.1 <${ANA}> is unknown here`, 'failed ERASED'],
    [undefined, 'sent SENT'],
  ])('tells what a server has, and keeps nothing of its answer %j', async (rcpt, ended) => {
    server = await startScriptedSmtpServer({ rcpt: () => rcpt });
    const gate = gateOf(smtp(server.url));
    await start({ mailbox: { transport: gate.transport } });
    await send();
    const sending = world.warden.tick();
    await gate.reached;
    const report = await world.warden.system().erasePerson(ANA, { reason: 'Request 17' });
    expect(report.sending).toHaveLength(1);
    gate.release();
    await sending;
    expect(await states()).toEqual([ended]);
    world.clock.now += 60 * MINUTE;
    await world.warden.tick();
    expect(await states()).toEqual([ended]);
    expect(await left()).toEqual([]);
  });

  it('P1: of an erasure and a worker that race, whoever is second sees the first', async () => {
    await start({});
    for (let round = 0; round < 6; round += 1) {
      const address = `${MARK}${round}@customer.example`;
      await world.agent().send({ to: address, subject: 'News', body: `For ${address}` });
      const erase = world.warden.system().erasePerson(address, { reason: 'Request 17' });
      const [report] = await Promise.all([erase, world.warden.tick()]);
      const gone = world.sink.messages.flatMap(({ envelope }) => envelope.rcptTo);
      world.sink.clear();
      // Stopped, or it had gone before: never both, and never afterwards.
      expect(report.cancelled + gone.length).toBeLessThanOrEqual(1);
      await world.warden.tick();
      expect(world.sink.messages).toEqual([]);
    }
    const { candidates, sent, stopped, blocked } = await world.warden.system().accounting();
    expect(sent + stopped + blocked).toBe(candidates);
    expect(await left()).toEqual([]);
  });

  it('is finished by the worker when its process died in between', async () => {
    const faulty = makeFaulty();
    world = await openWorld(async () => {
      const database = await open();
      return { ...database, factory: faulty.over(database.factory) };
    });
    await send();
    faulty.breakUnit('rolled back', 1, Number.POSITIVE_INFINITY);
    const erase = world.warden.system().erasePerson(ANA, { reason: 'Request 17' });
    await expect(erase).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await left()).not.toEqual([]);
    const other = await world.another();
    // From its first transaction on nothing goes out.
    await other.tick();
    expect(world.sink.messages).toEqual([]);
    world.clock.now += 11 * MINUTE;
    await other.tick();
    expect(await left()).toEqual([]);
    expect(world.events.map(({ type }) => type)).toContain('person.erased');
  });
});

/** Holds every send back until it is released. */
function gateOf(inner: Transport) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const transport: Transport = {
    send: async (envelope, raw) => {
      reached.resolve();
      await released.promise;
      return inner.send(envelope, raw);
    },
    verify: () => inner.verify(),
    close: () => inner.close(),
    maxConnections: inner.maxConnections,
  };
  return { transport, reached: reached.promise, release: () => released.resolve() };
}
