import {
  type ScriptedSmtpServer,
  type SmtpMoment,
  type SmtpScript,
  type SmtpStage,
  startScriptedSmtpServer,
} from '@mailwarden/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';
import { openStored, type Stored } from './stored.ts';

const MAIL = { to: 'ana@example.com', subject: 'Step 1', body: 'Hello Ana' };
const MINUTE = 60_000;
/** How often each waits before 10 minutes are over. */
const REFUSALS: readonly (readonly [SmtpStage, string, number])[] = [
  // 1 + 2 + 4 minutes, 8 more would be too late; with a quarter more or less each.
  ['connect', '421 4.3.2 Try again later', 3],
  ['ehlo', '421 4.3.2 Try again later', 3],
  ['mail', '451 4.3.0 Local error', 3],
  ['rcpt', '451 4.3.0 Local error', 3],
  ['data', '451 4.3.0 Local error', 3],
  ['dot', '451 4.3.0 Local error', 3],
  // 5 minutes, and then once more at the end.
  ['rcpt', '451 4.7.1 Greylisted', 2],
];

/** As servers do: without anybody to take it for, the message is not asked for. */
function asksForRecipients({ rcptTo }: SmtpMoment): string | undefined {
  return rcptTo.length === 0 ? '554 5.5.1 No valid recipients' : undefined;
}

describe.each(databases)('retries on $name', ({ open }) => {
  let world: WardenWorld;
  let server: ScriptedSmtpServer;
  let stored: Stored;

  const start = async (script: SmtpScript, options: WorldOptions = {}) => {
    server = await startScriptedSmtpServer({ data: asksForRecipients, ...script });
    world = await openWorld(open, { smtpUrl: server.url, ...options });
    stored = await openStored(world.database);
    return world;
  };
  const due = async (): Promise<number> => {
    const row = await stored.storage.db
      .selectFrom('delivery')
      .select(['due_at'])
      .where('state', '=', 'deferred')
      .executeTakeFirst();
    return row?.due_at ?? 0;
  };
  afterEach(async () => {
    await world.close();
    await server.close();
  });

  it.each(REFUSALS)(
    'refused at %s with %s: waits longer each time, then expires',
    async (stage, reply, times) => {
      const { agent, warden, clock } = await start(
        { [stage]: stage === 'connect' || stage === 'ehlo' ? { reply, act: 'end' } : reply },
        { dispatch: { retryDelay: MINUTE, retryFor: 10 * MINUTE } },
      );
      await agent().send(MAIL);
      const waits: number[] = [];
      for (let pass = 0; pass < 10; pass += 1) {
        await warden.tick();
        const next = await due();
        if (next === 0) break;
        expect(await warden.system().accounting()).toMatchObject({ candidates: 1, deferred: 1 });
        // A moment too early is too early.
        clock.now = next - 1;
        await warden.tick();
        expect((await stored.attempts()).length).toBe(waits.length + 1);
        waits.push(next - (clock.now - waits.reduce((sum, wait) => sum + wait, 0)));
        clock.now = next;
      }
      expect(await stored.deliveries()).toMatchObject([
        { state: 'expired', code: 'RETRY_EXPIRED', reason: expect.stringContaining('Retried') },
      ]);
      expect(waits.length).toBe(times);
      expect(server.accepted.length).toBe(0);
      expect(await warden.system().accounting()).toMatchObject({ candidates: 1, failed: 1 });
      const attempts = await stored.attempts();
      const numbers = Array.from({ length: times + 1 }, (_, index) => index + 1);
      expect(attempts.map((attempt) => attempt.number)).toEqual(numbers);
      expect(new Set(attempts.map((attempt) => attempt.outcome))).toEqual(new Set(['transient']));
      await warden.tick();
      expect((await stored.attempts()).length).toBe(times + 1);
    },
  );

  it('P6: after a partial accept only the refused recipient is tried again, with the same Message-ID and Date', async () => {
    const refused = new Set(['ben@acme-people.example']);
    const { agent, warden, clock } = await start(
      { rcpt: ({ recipient }) => (refused.has(recipient) ? '451 4.7.1 Later' : undefined) },
      { internalDomains: ['acme-people.example'], clock: () => (world.clock.now += 700) },
    );
    const sent = await agent().send({
      to: ['ana@acme-people.example', 'ben@acme-people.example'],
      cc: 'cy@acme-people.example',
      subject: 'Minutes',
      body: 'Here they are.',
    });
    expect(sent.status).toBe('queued');
    await warden.tick();
    expect(await warden.system().accounting()).toMatchObject({
      candidates: 3,
      sent: 2,
      deferred: 1,
    });
    refused.clear();
    clock.now = await due();
    await warden.tick();
    await warden.tick();
    expect(server.accepted.map((message) => message.rcptTo)).toEqual([
      ['ana@acme-people.example', 'cy@acme-people.example'],
      ['ben@acme-people.example'],
    ]);
    const heads = server.accepted.map(({ raw }) => raw.toString().split('\r\n\r\n')[0] ?? '');
    for (const field of ['Message-ID', 'Date', 'To', 'Cc', 'Subject']) {
      const values = heads.map((head) => new RegExp(`^${field}: .*$`, 'im').exec(head)?.[0]);
      expect(values[0]).toBeTruthy();
      expect(values[1]).toBe(values[0]);
    }
    expect(await warden.system().accounting()).toMatchObject({ candidates: 3, sent: 3 });
  });

  it('a user who does not exist: failed, and exactly that address is suppressed', async () => {
    const { agent, warden } = await start({
      rcpt: ({ recipient }) =>
        recipient === 'ana+old@example.com' ? '550 5.1.1 No such user' : undefined,
    });
    await agent().send({ ...MAIL, to: 'ana+old@example.com' });
    await warden.tick();
    expect(await stored.deliveries()).toMatchObject([{ state: 'failed' }]);
    const rows = await stored.storage.db
      .selectFrom('suppression')
      .select(['reason', 'match', 'scope'])
      .execute();
    expect(rows).toEqual([{ reason: 'hard_bounce', match: 'exact', scope: 'all' }]);
    const again = await agent().send({ ...MAIL, to: 'ana+old@example.com', subject: 'Step 2' });
    expect(again).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
    expect((await agent().send({ ...MAIL, to: 'ana@example.com' })).status).toBe('queued');
    await warden.tick();
    expect(server.accepted.map((message) => message.rcptTo)).toEqual([['ana@example.com']]);
  });

  it.each([
    ['552 5.2.2 Mailbox is full', 'failed'],
    ['452 4.2.2 Mailbox is full', 'expired'],
  ])('a mailbox that says %s for weeks is given up', async (reply, state) => {
    const dispatch = { retryDelay: MINUTE, retryFor: MINUTE };
    const { agent, warden, clock } = await start({ rcpt: reply }, { dispatch });
    const statuses: string[] = [];
    for (let mail = 1; mail <= 6; mail += 1) {
      const { status } = await agent().send({ ...MAIL, subject: `Step ${mail}` });
      statuses.push(status);
      await warden.tick();
      clock.now += 3 * MINUTE;
      await warden.tick();
      clock.now += 4 * 24 * 60 * MINUTE;
    }
    expect(statuses).toEqual([...Array.from({ length: 5 }, () => 'queued'), 'blocked']);
    const states = (await stored.deliveries()).map((row) => row.state);
    expect(states.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => state));
    const rows = await stored.storage.db.selectFrom('suppression').select('reason').execute();
    expect(rows).toEqual([{ reason: 'hard_bounce' }]);
  });

  it('a refusal that is not about the address suppresses nobody', async () => {
    const { agent, warden } = await start({ rcpt: '550 5.7.1 Blocked by policy' });
    await agent().send(MAIL);
    await warden.tick();
    expect(await stored.deliveries()).toMatchObject([{ state: 'failed' }]);
    const rows = await stored.storage.db.selectFrom('suppression').select('id').execute();
    expect(rows).toEqual([]);
  });

  it('P6: a connection that drops after the dot ends unknown and is not tried again', async () => {
    const { agent, warden, clock } = await start({ dot: { act: 'drop' } });
    await agent().send(MAIL);
    await warden.tick();
    expect(await stored.deliveries()).toMatchObject([{ state: 'unknown' }]);
    clock.now += 7 * 86_400_000;
    await warden.tick();
    expect(server.received.length).toBe(1);
    expect(await stored.attempts()).toMatchObject([{ number: 1, outcome: 'unknown' }]);
  });

  it.each([
    ['connect', { reply: '421 4.3.2 Later', act: 'end' }, 0, 'deferred'],
    ['mail', '451 4.3.0 Later', 0, 'deferred'],
    ['rcpt', '451 4.7.1 Later', 0, 'deferred'],
    ['rcpt', '550 5.1.1 No such user', 0, 'failed'],
    ['dot', '451 4.3.0 Later', 1, 'deferred'],
    ['dot', '554 5.6.0 No', 1, 'failed'],
    ['dot', { act: 'drop' }, 1, 'unknown'],
    ['dot', '250 2.0.0 Ok', 1, 'sent'],
  ] as const)(
    'P7: answered at %s with %j, a delivery keeps %i place of the daily limit',
    async (stage, answer, places, state) => {
      const { agent, warden } = await start({ [stage]: answer }, { mailbox: { dailyLimit: 1 } });
      await agent().send(MAIL);
      await warden.tick();
      expect(await stored.deliveries()).toMatchObject([{ state }]);
      expect(await stored.wireReservations()).toBe(places);
    },
  );

  it('P7: a later refusal at RCPT does not give back what an earlier attempt used', async () => {
    let attempts = 0;
    const { agent, warden, clock } = await start(
      {
        rcpt: () => (++attempts === 2 ? '451 4.7.1 Later' : undefined),
        dot: () => (attempts === 1 ? '451 4.3.0 Later' : undefined),
      },
      { mailbox: { dailyLimit: 1 } },
    );
    await agent().send(MAIL);
    await warden.tick();
    clock.now = await due();
    await warden.tick();
    expect((await stored.attempts()).map(({ phase }) => phase)).toEqual(['data', 'rcpt']);
    expect(await stored.wireReservations()).toBe(1);
  });

  it('P7: a delivery that is tried again takes no second place', async () => {
    let refusals = 1;
    const { agent, warden, clock } = await start(
      { dot: () => (refusals-- > 0 ? '451 4.3.0 Later' : undefined) },
      { mailbox: { dailyLimit: 1 } },
    );
    await agent().send(MAIL);
    await warden.tick();
    clock.now = await due();
    await warden.tick();
    expect(await stored.deliveries()).toMatchObject([{ state: 'sent' }]);
    expect(await stored.wireReservations()).toBe(1);
    await agent().send({ ...MAIL, to: 'ben@example.com' });
    await warden.tick();
    expect(await warden.system().accounting()).toMatchObject({ sent: 1, deferred: 1 });
    expect(server.accepted.length).toBe(1);
  });

  it('P7: a place that an attempt used stays taken when the delivery is blocked afterwards', async () => {
    const { agent, warden, clock } = await start(
      { dot: ({ rcptTo }) => (rcptTo[0] === MAIL.to ? '451 4.3.0 Local error' : undefined) },
      { mailbox: { dailyLimit: 1 }, dispatch: { retryDelay: MINUTE } },
    );
    await agent().send(MAIL);
    await warden.tick();
    expect(server.received).toHaveLength(1);
    await warden.system().suppress(MAIL.to);
    clock.now += 10 * MINUTE;
    await warden.tick();
    await agent().send({ ...MAIL, to: 'ben@example.com' });
    await warden.tick();
    expect(server.received).toHaveLength(1);
    expect(await warden.system().accounting()).toMatchObject({ blocked: 1, deferred: 1 });
  });
});
