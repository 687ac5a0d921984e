import type { MailwardenEvent } from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type DeliveryState,
  TRANSITIONS,
} from '../../packages/core/src/deliveries/delivery-state.ts';
import { appendEvents } from '../../packages/core/src/events/append-event.ts';
import { databases } from '../support/databases.ts';
import {
  MARKETING,
  openWorld,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

/** What the world's options assert is in the audit from the first start on. */
const AT_START = 'audience.asserted';
const MAIL = { to: 'ana@example.com', subject: 'A private subject', body: 'A private body' };

describe.each(databases)('events on $name', ({ name, open }) => {
  let world: WardenWorld;
  let server: ScriptedSmtpServer | undefined;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return world;
  };
  afterEach(async () => {
    await world.close();
    await server?.close();
    server = undefined;
  });
  /** A listener of its own, and what it was told after the start. */
  const listen = (hear: (event: MailwardenEvent) => void = () => {}) => {
    const told: MailwardenEvent[] = [];
    const onEvent = (event: MailwardenEvent) => {
      if (event.type === AT_START) return;
      hear(event);
      told.push(event);
    };
    return { told, onEvent };
  };
  const idsOf = (events: readonly MailwardenEvent[]) => events.map((event) => event.id);
  const storedIds = async (): Promise<string[]> => {
    const storage = await world.database.again().open();
    const rows = await storage.db
      .selectFrom('event')
      .select('id')
      .where('type', '<>', AT_START)
      .orderBy('seq')
      .execute();
    await storage.close();
    return rows.map((row) => row.id);
  };

  it('tell every move of a delivery, in order, and nothing personal', async () => {
    let refusals = 2;
    server = await startScriptedSmtpServer({
      rcpt: () => (refusals-- > 0 ? '451 4.7.1 Later' : undefined),
      data: ({ rcptTo }) => (rcptTo.length === 0 ? '554 5.5.1 No valid recipients' : undefined),
    });
    const { agent, warden, events, clock } = await start({
      smtpUrl: server.url,
      mailbox: { oversight: 'gated_send' },
      dispatch: { retryDelay: 1_000 },
    });
    const held = await agent().send({ ...MAIL, to: ['ana@example.com', 'ben@example.com'] });
    for (const { messageId = '' } of held.messages) {
      await warden.reviewer('ops').decide(messageId, 'approve', { reason: 'A private reason' });
    }
    const rejected = await agent().send({ ...MAIL, body: 'Another private body' });
    await warden.reviewer('ops').decide(rejected.messageId ?? '', 'reject', { reason: 'No.' });
    for (let pass = 0; pass < 4; pass += 1) {
      await warden.tick();
      clock.now += 60_000;
    }
    expect(server.accepted.length).toBe(2);
    const moves = Map.groupBy(
      events.filter((event) => event.deliveryId !== undefined),
      (event) => event.deliveryId ?? '',
    );
    expect(moves.size).toBe(3);
    for (const [id, told] of moves) {
      const states = told.map((event) => event.type.replace('delivery.', '') as DeliveryState);
      expect(states[0]).toBe('held');
      for (const [at, event] of told.slice(1).entries()) {
        expect(event.data.from).toBe(states[at]);
        expect(TRANSITIONS[states[at] as DeliveryState]).toContain(states[at + 1]);
      }
      const all = await warden.system().deliveries();
      expect(all.find((delivery) => delivery.id === id)?.state).toBe(states.at(-1));
    }
    const retried = [...moves.values()].filter((told) => told.length > 4);
    expect(retried.flat().map((event) => event.type)).toContain('delivery.deferred');
    expect(new Set(idsOf(events)).size).toBe(events.length);
    expect(JSON.stringify(events)).not.toMatch(/private|example\.com|ana|ben/i);
  });

  it('are told again after a listener failed, and none is passed over', async () => {
    let failures = 3;
    const { told, onEvent } = listen((event) => {
      if (event.type === 'delivery.claimed' && failures-- > 0) throw new Error('Busy.');
    });
    const { agent, warden } = await start({ onEvent });
    await agent().send(MAIL);
    for (let pass = 0; pass < 3; pass += 1) await expect(warden.tick()).rejects.toThrow('Busy.');
    await warden.tick();
    const types = [...new Set(told.map((event) => event.type))];
    expect(types).toEqual([
      'delivery.queued',
      'delivery.claimed',
      'delivery.sending',
      'delivery.sent',
    ]);
    expect(new Set(idsOf(told))).toEqual(new Set(await storedIds()));
    const before = told.length;
    await warden.tick();
    expect(told.length).toBe(before);
  });

  it('are told after a restart from where the last listener came to', async () => {
    const first = listen();
    const second = listen();
    const third = listen();
    const { agent, warden, another } = await start({ onEvent: first.onEvent });
    await agent().send(MAIL);
    await warden.tick();
    const told = first.told.length;
    expect(told).toBe(4);
    // Nobody is told of these before the process is gone.
    await agent().send({ ...MAIL, to: 'ben@example.com' });
    await agent().suppress({ address: 'cy@example.com' });
    const restarted = await another({ onEvent: second.onEvent });
    await restarted.tick();
    expect([...idsOf(first.told), ...idsOf(second.told)]).toEqual(await storedIds());
    expect(second.told.map((event) => event.type)).toContain('suppression.added');
    const again = await another({ onEvent: third.onEvent });
    await again.tick();
    expect(third.told).toEqual([]);
  });

  it('are told in pages, each once, however many there are', async () => {
    const { told, onEvent } = listen();
    const { warden, database } = await start({ onEvent });
    const storage = await database.again().open();
    for (let unit = 0; unit < 9; unit += 1) {
      const events = Array.from({ length: 75 }, (_, at) => ({
        at: 1,
        type: `test.${unit}.${at}`,
        actor: 'system',
      }));
      await storage.unit((tx) => appendEvents(tx, 'default', events));
    }
    await storage.close();
    await Promise.all([warden.tick(), warden.tick(), warden.tick()]);
    expect(idsOf(told)).toEqual(await storedIds());
    expect(told.length).toBe(675);
  });

  it('are told in the order of their commits when an earlier transaction commits later', async () => {
    const { told, onEvent } = listen();
    const { warden, database } = await start({ onEvent });
    const storage = await database.again().open();
    const append = (type: string, written: () => void, hold: Promise<void>) =>
      storage.unit(async (tx) => {
        await appendEvents(tx, 'default', [{ at: 1, type, actor: 'system' }]);
        written();
        await hold;
      });
    const slow = Promise.withResolvers<void>();
    const inserted = Promise.withResolvers<void>();
    const early = append('test.early', inserted.resolve, slow.promise);
    await inserted.promise;
    if (name === 'postgres') {
      // The later sequence commits first, and then again one after the reader has been there.
      for (const type of ['test.late', 'test.later']) {
        await append(type, () => {}, Promise.resolve());
        await warden.tick();
      }
      expect(told).toEqual([]);
      slow.resolve();
      await early;
      await warden.tick();
      expect(told.map((event) => event.type)).toEqual(['test.early', 'test.late', 'test.later']);
      expect(told.map((event) => event.seq)).toEqual([...told.map((event) => event.seq)].sort());
    } else {
      // One writer at a time: there is no other order.
      slow.resolve();
      await early;
      await append('test.late', () => {}, Promise.resolve());
      await warden.tick();
      expect(told.map((event) => event.type)).toEqual(['test.early', 'test.late']);
    }
    expect(idsOf(told)).toEqual(await storedIds());
    await storage.close();
  });

  it('of a transaction that rolled back are never told', async () => {
    const { told, onEvent } = listen();
    const { warden, database } = await start({ onEvent });
    const storage = await database.again().open();
    const failing = storage.unit(async (tx) => {
      await appendEvents(tx, 'default', [{ at: 1, type: 'test.undone', actor: 'system' }]);
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    await storage.unit((tx) =>
      appendEvents(tx, 'default', [{ at: 1, type: 'test.done', actor: 'system' }]),
    );
    await storage.close();
    await warden.tick();
    expect(told.map((event) => event.type)).toEqual(['test.done']);
  });

  it('of one tenant are not told to another', async () => {
    const { told, onEvent } = listen();
    const { agent, warden, another } = await start();
    const other = await another({ tenant: 'other', onEvent });
    await agent().send(MAIL);
    await warden.tick();
    await other.tick();
    expect(told).toEqual([]);
  });

  it('tell a listener of a monitored mailbox of every send, while it runs in the background', async () => {
    const { told, onEvent } = listen();
    const { warden, sink } = await start({
      mailbox: { oversight: 'monitored' },
      dispatch: { pollInterval: 10 },
      onEvent,
    });
    await warden.start();
    const bot = warden.agent('bot', { mailboxes: [MARKETING] });
    const to = Array.from({ length: 7 }, (_, at) => `p${at}@example.com`);
    const sent = await bot.send({ ...MAIL, to });
    await sink.waitFor(7);
    const ids = sent.messages.map((message) => message.messageId).sort();
    await expect
      .poll(() =>
        told
          .filter((event) => event.type === 'delivery.sent')
          .map((event) => event.messageId)
          .sort(),
      )
      .toEqual(ids);
    expect(told.filter((event) => event.type === 'delivery.queued').length).toBe(7);
    for (const event of told) expect(event.mailbox).toBe(MARKETING);
  });

  it('a mailbox that nobody would be told of is not monitored', async () => {
    await start();
    const silent = world.another({
      onEvent: undefined as never,
      mailbox: { oversight: 'monitored' },
    });
    await expect(silent).rejects.toMatchObject({ code: 'MONITOR_LISTENER_REQUIRED' });
    const gated = await world.another({
      onEvent: undefined as never,
      mailbox: { oversight: 'gated_send', transport: smtp(world.sink.url) },
    });
    const setting = gated.reviewer('ops').setMode(MARKETING, 'monitored', 'to see');
    await expect(setting).rejects.toMatchObject({
      code: expect.stringMatching(/MONITOR_LISTENER_REQUIRED|MODE_ABOVE_CEILING/),
    });
  });
});
