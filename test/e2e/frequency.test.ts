import {
  type ScriptedSmtpServer,
  type SmtpScript,
  startScriptedSmtpServer,
} from '@mailwarden/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { approveTemplate } from '../support/approve-template.ts';
import { databases } from '../support/databases.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What holds without the option. */
const USUAL = [
  { max: 1, per: DAY },
  { max: 3, per: 7 * DAY },
];

describe.each(databases)('frequency caps on $name', ({ open }) => {
  let world: WardenWorld;
  let server: ScriptedSmtpServer | undefined;
  let count = 0;

  const start = async (options: WorldOptions = {}, script?: SmtpScript) => {
    server = script === undefined ? undefined : await startScriptedSmtpServer(script);
    const smtpUrl = server === undefined ? {} : { smtpUrl: server.url };
    world = await openWorld(open, { frequencyCaps: USUAL, ...smtpUrl, ...options });
    return world;
  };
  const send = (more: object = {}) => {
    count += 1;
    return world.agent().send({
      ...{ to: 'ana@example.com', subject: `News ${count}`, body: `Hello, number ${count}` },
      ...more,
    });
  };
  const subjects = () => world.sink.messages.map((mail) => mail.header('Subject'));
  const states = async () => {
    const rows = await world.warden.system().deliveries();
    return rows.map(({ state, code }) => `${state} ${code}`).sort();
  };
  afterEach(async () => {
    await world.close();
    await server?.close();
  });

  it('P7: one in 24 hours and three in 7 days, to the millisecond, without a look in between', async () => {
    const { warden, clock, sink } = await start();
    const first = clock.now;
    expect(await send()).toMatchObject({ status: 'queued' });
    await warden.tick();
    expect(sink.messages.length).toBe(1);
    expect(await send()).toMatchObject({
      status: 'scheduled',
      code: 'FREQUENCY_CAP_REACHED',
      dueAt: first + DAY,
      reason: expect.stringContaining('1 marketing message in 24 hours'),
    });
    await warden.tick();
    clock.now = first + DAY - 1;
    await warden.tick();
    expect(sink.messages.length).toBe(1);
    clock.now = first + DAY;
    await warden.tick();
    expect(sink.messages.length).toBe(2);
    clock.now = first + 2 * DAY;
    await send();
    await warden.tick();
    expect(sink.messages.length).toBe(3);
    clock.now = first + 3 * DAY;
    expect(await send()).toMatchObject({ status: 'scheduled', dueAt: first + 7 * DAY });
    clock.now = first + 7 * DAY - 1;
    await warden.tick();
    expect(sink.messages.length).toBe(3);
    clock.now = first + 7 * DAY;
    await warden.tick();
    expect(sink.messages.length).toBe(4);
  });

  it('P7: is decided at claim: two that were both allowed at request do not both go out', async () => {
    const { warden, clock, sink } = await start();
    expect((await send()).status).toBe('queued');
    expect((await send()).status).toBe('queued');
    await warden.tick();
    expect(sink.messages.length).toBe(1);
    expect(await states()).toEqual(['deferred FREQUENCY_CAP_REACHED', 'sent SENT']);
    clock.now += DAY;
    await warden.tick();
    expect(sink.messages.length).toBe(2);
  });

  it('P3: knows a person under every spelling, and from every mailbox of the sender', async () => {
    const { warden } = await start();
    await send();
    await warden.tick();
    expect(await send({ to: 'Ana+offers@example.com' })).toMatchObject({ status: 'scheduled' });
    const other = warden.agent('other', { mailboxes: [SUPPORT] });
    const mail = { to: 'ana@example.com', subject: 'From support', body: 'Marketing all the same' };
    expect(await other.send(mail)).toMatchObject({ status: 'scheduled' });
    expect(await send({ to: 'ben@example.com' })).toMatchObject({ status: 'queued' });
  });

  it('counts no replies and nothing transactional, and lets them through', async () => {
    const { warden, sink } = await start({
      internalDomains: ['people.example'],
      templates: [{ id: 'receipt', subject: 'Receipt', body: 'Paid.', category: 'transactional' }],
    });
    await approveTemplate(warden.reviewer('ops'), 'receipt');
    for (const turn of [1, 2, 3]) {
      await send({ to: 'cy@people.example', subject: `Minutes ${turn}` });
    }
    await world.agent().send({ to: 'ana@example.com', template: 'receipt' });
    await warden.tick();
    expect(sink.messages.length).toBe(4);
    expect((await send()).status).toBe('queued');
    await warden.tick();
    world.clock.now += HOUR;
    await world.agent().send({ to: 'ana@example.com', template: 'receipt' });
    await warden.tick();
    expect(sink.messages.length).toBe(6);
  });

  it('holds caps on a topic, a campaign, and each campaign for itself; leaving a label out is no way round', async () => {
    const { warden, clock } = await start({
      frequencyCaps: [
        { max: 1, per: DAY, topic: 'tips' },
        { max: 1, per: 2 * DAY, each: 'campaign' },
      ],
    });
    const at = clock.now;
    await send({ topic: 'tips', campaign: 'a' });
    await warden.tick();
    expect(await send({ topic: 'tips', campaign: 'b' })).toMatchObject({ dueAt: at + DAY });
    expect(await send({ topic: 'news', campaign: 'a' })).toMatchObject({ dueAt: at + 2 * DAY });
    expect(await send({ topic: 'news', campaign: 'c' })).toMatchObject({ status: 'queued' });
    expect(await send({ campaign: 'd' })).toMatchObject({ dueAt: at + DAY });
    expect(await send({ topic: 'news' })).toMatchObject({ dueAt: at + 2 * DAY });
  });

  it('lets the highest priority have the place, then the oldest', async () => {
    const { warden, clock } = await start();
    await send({ subject: 'default, older' });
    await send({ subject: 'default, newer' });
    await send({ subject: 'low', priority: 1 });
    await send({ subject: 'high', priority: 9 });
    const order = ['high', 'default, older', 'default, newer'];
    for (const day of [0, 1, 2]) {
      await warden.tick();
      expect(subjects()).toEqual(order.slice(0, day + 1));
      clock.now += DAY;
    }
    clock.now += 5 * DAY;
    await warden.tick();
    expect(subjects()).toEqual([...order, 'low']);
    expect(await send({ priority: 10 })).toMatchObject({ status: 'invalid' });
    expect(await send({ priority: 1.5 })).toMatchObject({ status: 'invalid' });
  });

  it('looks beyond its own batch: a higher one behind many others goes first', async () => {
    const { warden } = await start({ dispatch: { concurrency: 1 } });
    await send({ subject: 'first' });
    await send({ subject: 'higher', priority: 9 });
    await warden.tick();
    expect(subjects()).toEqual(['higher']);
  });

  it('P7: a place is free again at once when the server refused before the content', async () => {
    const { warden } = await start(
      {},
      {
        rcpt: ({ transaction }) => (transaction === 1 ? '550 5.7.1 Not today' : undefined),
        data: ({ rcptTo }) => (rcptTo.length === 0 ? '554 5.5.1 No valid recipients' : undefined),
      },
    );
    await send();
    await send();
    // The first fails for good; what waited for its place goes out at this very moment.
    await warden.tick();
    expect(server?.accepted.length).toBe(1);
    expect(await states()).toMatchObject([expect.stringContaining('failed'), 'sent SENT']);
    expect(await send()).toMatchObject({ status: 'scheduled' });
  });

  it.each([
    ['refused after the content', { dot: '554 5.6.0 No' } satisfies SmtpScript, 'failed'],
    ['nobody knows', { dot: { act: 'drop' } } satisfies SmtpScript, 'unknown'],
  ])('P7: a place stays taken when it was %s', async (_, script, state) => {
    const { warden, clock } = await start({}, script);
    const at = clock.now;
    await send();
    await warden.tick();
    expect((await states())[0]).toContain(state);
    expect(await send()).toMatchObject({ status: 'scheduled', dueAt: at + DAY });
  });

  it('P7: a claim that is given back, or cancelled, takes no place', async () => {
    const { warden } = await start();
    const { messageId = '' } = await send();
    const storage = await world.database.again().open();
    await storage.unit(async (tx) => {
      const row = await tx.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
      await tx
        .updateTable('delivery')
        .set({ state: 'claimed', lease_owner: 'gone', lease_until: 1 })
        .execute();
      await tx
        .insertInto('reservation')
        .values({
          ...{
            tenant: 'default',
            id: 'r',
            kind: 'wire:recipient',
            subject: row.recipient_canonical,
          },
          ...{ delivery_id: row.id, at: world.clock.now, sender_id: 'acme', category: 'marketing' },
        })
        .execute();
    });
    expect(await send()).toMatchObject({ status: 'scheduled' });
    expect(await world.agent().cancel({ messageId })).toMatchObject({ status: 'ok' });
    const left = await storage.db
      .selectFrom('reservation')
      .selectAll()
      .where('kind', '=', 'wire:recipient')
      .execute();
    expect(left).toEqual([]);
    // What waited for the place goes out now.
    await warden.tick();
    expect(world.sink.messages.length).toBe(1);
  });

  it('waits for nobody who cannot be sent from here', async () => {
    const { warden } = await start();
    await send({ subject: 'higher', priority: 9 });
    const storage = await world.database.again().open();
    await storage.unit((tx) =>
      tx.updateTable('delivery').set({ mailbox: 'gone@acme.example' }).execute(),
    );
    await send({ subject: 'mine' });
    await warden.tick();
    expect(subjects()).toEqual(['mine']);
  });

  describe('quiet hours', () => {
    const night: WorldOptions = {
      frequencyCaps: [],
      quietHours: { from: '21:00', to: '08:00' },
      mailbox: { timeZone: 'Europe/Berlin' },
    };

    it('let marketing wait until the morning where the person is, through a change of the clocks', async () => {
      const { warden, clock, sink } = await start(night);
      await warden.system().setContact('ana@example.com', { timeZone: 'America/New_York' });
      // The night in which New York puts the clocks forward: 23:30 there, 05:30 in Berlin.
      clock.now = Date.parse('2026-03-08T04:30:00Z');
      const morning = Date.parse('2026-03-08T12:00:00Z');
      expect(await send()).toMatchObject({
        ...{ status: 'scheduled', code: 'QUIET_HOURS', dueAt: morning },
      });
      expect(await send({ to: 'ben@example.com' })).toMatchObject({
        ...{ code: 'QUIET_HOURS', dueAt: Date.parse('2026-03-08T07:00:00Z') },
      });
      clock.now = morning - 1;
      await warden.tick();
      expect(sink.messages.length).toBe(1);
      clock.now = morning;
      await warden.tick();
      expect(sink.messages.length).toBe(2);
    });

    it('are asked at the time for which mail was ordered, and again at claim', async () => {
      const { warden, clock, sink } = await start(night);
      const three = Date.parse('2026-03-03T02:00:00Z');
      const eight = Date.parse('2026-03-03T07:00:00Z');
      expect(await send({ sendAt: three })).toMatchObject({ status: 'scheduled', dueAt: eight });
      const noon = Date.parse('2026-03-03T11:00:00Z');
      expect(await send({ to: 'ben@example.com', sendAt: noon })).toMatchObject({ dueAt: noon });
      clock.now = Date.parse('2026-03-03T21:00:00Z');
      await warden.tick();
      expect(sink.messages.length).toBe(0);
      clock.now = Date.parse('2026-03-04T07:00:00Z');
      await warden.tick();
      expect(sink.messages.length).toBe(2);
    });

    it('hold no colleague’s mail back unless they are told to', async () => {
      const at = Date.parse('2026-03-02T22:00:00Z');
      const { clock } = await start({ ...night, internalDomains: ['people.example'] });
      clock.now = at;
      expect((await send({ to: 'cy@people.example' })).status).toBe('queued');
      await world.close();
      const quietHours = { from: '21:00', to: '08:00', categories: ['conversational'] } as const;
      await start({ ...night, internalDomains: ['people.example'], quietHours });
      world.clock.now = at;
      expect(await send({ to: 'cy@people.example' })).toMatchObject({ code: 'QUIET_HOURS' });
      expect((await send()).status).toBe('queued');
    });
  });

  describe('options', () => {
    const refused = (options: WorldOptions, code: string) =>
      expect(world.another(options)).rejects.toMatchObject({ code });

    it('are decoded strictly', async () => {
      await start();
      const invalid = 'OPTION_INVALID';
      await refused({ frequencyCaps: [{ max: 0, per: DAY }] }, invalid);
      await refused({ frequencyCaps: [{ max: 1.5, per: DAY }] }, invalid);
      await refused({ frequencyCaps: [{ max: 1, per: HOUR - 1 }] }, invalid);
      await refused({ frequencyCaps: [{ max: 1, per: Number.NaN }] }, invalid);
      await refused({ frequencyCaps: [{ max: 1, per: 401 * DAY }] }, invalid);
      const unknown = { max: 1, per: DAY, window: 'day' } as never;
      await refused({ frequencyCaps: [unknown] }, 'OPTION_UNKNOWN');
      const mailbox = { timeZone: 'Europe/Berlin' };
      await refused({ quietHours: { from: '21:00', to: '8:00' }, mailbox }, invalid);
      await refused({ quietHours: { from: '21:00', to: '21:00' }, mailbox }, invalid);
      await refused({ quietHours: { from: '24:00', to: '08:00' }, mailbox }, invalid);
      // Nobody would know whose night it is.
      await refused({ quietHours: { from: '21:00', to: '08:00' } }, invalid);
      await refused({ mailbox: { timeZone: 'Mars/Base' } }, invalid);
      await refused({ topics: { 'No topic': 'x' } }, invalid);
    });

    it('are part of the policy: another cap is another epoch', async () => {
      await start();
      await world.another({ frequencyCaps: [{ max: 2, per: DAY }] });
      await world.warden.tick();
      const other = await world.another({ frequencyCaps: [{ max: 3, per: DAY }] });
      await other.tick();
      expect(world.events.filter(({ type }) => type === 'policy.changed').length).toBe(2);
    });
  });

  it('sends from every mailbox what nobody else competes for', async () => {
    const { warden, sink } = await start();
    for (const name of ['a', 'b', 'c', 'd']) await send({ to: `${name}@example.com` });
    await warden.tick();
    expect(sink.messages.length).toBe(4);
    expect(sink.messages.every((mail) => mail.envelope.mailFrom === MARKETING)).toBe(true);
  });
});
