import type { HistoryEntry, SimulationReport } from '@mailwarden/core';
import { definePolicy } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { dumpDatabase } from '../support/dump-database.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const DAY = 86_400_000;
const MAIL = { subject: 'Acme 5 is here', body: 'Acme 5 is here.' };
const AUTONOMOUS = { mailboxes: [{ address: MARKETING, oversight: 'autonomous' as const }] };

const changesOf = ({ changes }: SimulationReport) =>
  changes.map(
    ({ from, fromCode, to, toCode, count }) => `${from} ${fromCode} > ${to} ${toCode} ${count}`,
  );

describe.each(databases)('simulation on $name', ({ open }) => {
  let world: WardenWorld;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return { ...world, system: world.warden.system(), bot: world.agent() };
  };
  afterEach(() => world.close());

  it('says which holds a looser mode would have let out, also those that a person let out', async () => {
    const { bot, system, warden } = await start({ mailbox: { oversight: 'gated_send' } });
    const first = await bot.send({ to: 'ana@example.com', ...MAIL });
    const second = await bot.send({ to: 'ben@example.com', ...MAIL });
    await warden.reviewer('ops').decide(first.messageId ?? '', 'approve');
    await warden.tick();
    const report = await system.simulate(AUTONOMOUS);
    expect(changesOf(report)).toEqual(['hold REVIEW_REQUIRED > allow ALLOWED 2']);
    expect(report).toMatchObject({ decisions: 2, same: 0, different: 2, recipients: 2 });
    expect(report.changes[0]?.samples).toEqual([first.messageId, second.messageId]);
    expect(report.effects).toEqual([{ from: 'hold', to: 'allow', count: 2 }]);
    expect(report.simulated).not.toBe(report.running);
    const stricter = { mailboxes: [{ address: MARKETING, oversight: 'read_only' as const }] };
    expect(changesOf(await system.simulate(stricter))).toEqual([
      'hold REVIEW_REQUIRED > block MODE_READ_ONLY 2',
    ]);
  });

  it('counts only the messages of the range, and gives no more samples than asked', async () => {
    const { bot, system, clock, agent } = await start({ mailbox: { oversight: 'gated_send' } });
    await bot.send({ to: 'ana@example.com', campaign: 'spring', ...MAIL });
    await agent('desk', { mailboxes: [SUPPORT] }).send({ to: 'kim@example.com', ...MAIL });
    const noon = clock.now + DAY;
    clock.now = noon + 1;
    await bot.send({ to: 'ben@example.com', ...MAIL });
    const count = async (over: object, samples = 5) => {
      const change = {
        mailboxes: [MARKETING, SUPPORT].map((address) => ({
          address,
          oversight: 'autonomous' as const,
        })),
      };
      const report = await system.simulate(change, { over, samples });
      return `${report.decisions} ${report.different} ${report.changes[0]?.samples.length}`;
    };
    expect(await count({})).toBe('3 3 3');
    expect(await count({ from: noon })).toBe('1 1 1');
    expect(await count({ to: noon })).toBe('2 2 2');
    expect(await count({ campaign: 'spring' })).toBe('1 1 1');
    expect(await count({ mailbox: SUPPORT.toUpperCase() })).toBe('1 1 1');
    expect(await count({}, 1)).toBe('3 3 1');
    await expect(system.simulate({}, { over: { mailbx: 'x' } as object })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining('Did you mean "mailbox"?') as string,
    });
  });

  it('reaches law, budgets, offers, hosts, colleagues and header fields', async () => {
    const { bot, system } = await start({
      audience: { unknownCountry: 'US' },
      allowedLinkHosts: ['docs.partner.example'],
      offers: [
        { id: 'spring', percent: 20, startsAt: 0, endsAt: Date.parse('2027-01-01T00:00:00Z') },
      ],
    });
    await bot.send({ to: 'ana@example.com', ...MAIL });
    await bot.send({ to: 'ben@example.com', subject: 'Spring', body: 'You get 20% off.' });
    const link = 'Read [the guide](https://docs.partner.example/guide).';
    await bot.send({ to: 'cem@example.com', subject: 'Guide', body: link });
    await bot.send({
      to: 'dan@example.com',
      subject: 'Tag',
      body: 'Hi',
      headers: ['X-Campaign-ID: 7'],
    });
    const try_ = async (change: Parameters<typeof system.simulate>[0]) =>
      changesOf(await system.simulate(change)).toSorted();
    expect(
      await try_({ offers: [{ id: 'spring', percent: 10, startsAt: 0, endsAt: 9e12 }] }),
    ).toEqual(['allow ALLOWED > hold CLAIM_UNSUPPORTED 1']);
    expect(await try_({ allowedLinkHosts: [] })).toEqual([
      'allow ALLOWED > hold LINK_HOST_UNKNOWN 1',
    ]);
    expect(await try_({ allowedHeaders: [] })).toEqual([
      expect.stringMatching(/^allow ALLOWED > \w+ HEADER_\w+ 1$/),
    ]);
    expect(await try_({ budgets: { sendsPerRun: 2 } })).toEqual([
      expect.stringMatching(/^allow ALLOWED > \w+ BUDGET_\w+ 2$/),
    ]);
    expect((await try_({ audience: { unknownCountry: 'DE' } })).join()).toContain(
      'CONSENT_MISSING 4',
    );
    expect(
      await try_({ senders: { acme: { legalName: 'Acme GmbH', postalAddress: 'Berlin' } } }),
    ).toEqual([]);
  });

  it('changes what the mail is when a changed policy makes it something lighter', async () => {
    const { bot, system } = await start({
      internalDomains: ['acme.example'],
      mailbox: { oversight: { default: 'autonomous', marketing: 'gated_send' } },
    });
    await bot.send({ to: 'ana@partner.example', ...MAIL });
    await bot.send({ to: 'ben@acme.example', ...MAIL });
    const wider = { internalDomains: ['acme.example', 'partner.example'] };
    expect(changesOf(await system.simulate(wider))).toEqual([
      'hold REVIEW_REQUIRED > allow ALLOWED 1',
    ]);
    // Of mail to colleagues nobody asked what marketing has to know.
    expect(await system.simulate({ internalDomains: [] })).toMatchObject({
      same: 1,
      missing: { total: 1, reasons: { category: 1 } },
    });
  });

  it('reaches caps and quiet hours, and says where nobody counted', async () => {
    const { bot, system, warden, clock } = await start({
      mailbox: { timeZone: 'UTC' },
      frequencyCaps: [{ max: 5, per: 7 * DAY }],
    });
    for (const topic of ['one', 'two']) {
      await bot.send({ to: 'ana@example.com', subject: topic, body: topic, topic });
      await warden.tick();
      clock.now += DAY + 1;
    }
    const one = { frequencyCaps: [{ max: 1, per: 7 * DAY }], reviewExpiry: DAY };
    const report = await system.simulate(one);
    expect(changesOf(report)).toEqual(['allow ALLOWED > defer FREQUENCY_CAP_REACHED 1']);
    expect(report.idle).toEqual(['reviewExpiry']);
    expect(await system.simulate({ frequencyCaps: [{ max: 1, per: 30 * DAY }] })).toMatchObject({
      missing: { total: 2, reasons: { limit: 2 } },
    });
    const night = { quietHours: { from: '08:00', to: '10:00' } };
    expect(changesOf(await system.simulate(night))).toEqual([
      'allow ALLOWED > defer QUIET_HOURS 2',
    ]);
  });

  it('says what cannot be asked again: what is erased, edited in place, or was never counted', async () => {
    const { bot, system, database } = await start();
    const ana = await bot.send({ to: 'ana@example.com', ...MAIL });
    const ben = await bot.send({ to: 'ben@example.com', ...MAIL });
    const kim = await bot.send({ to: 'kim@example.com', ...MAIL });
    await bot.send({ to: 'eva@example.com', ...MAIL });
    const storage = await database.again().open();
    await storage.unit(async (tx) => {
      const change = (id = '') => tx.updateTable('message').where('id', '=', id);
      await change(ana.messageId).set({ decision_facts: null }).execute();
      await change(ben.messageId).set({ text: 'Other words.' }).execute();
    });
    await system.erasePerson('kim@example.com', { reason: 'request' });
    expect(await system.simulate({})).toMatchObject({
      decisions: 4,
      same: 1,
      different: 0,
      missing: { total: 3, reasons: { facts: 2, content: 1 } },
      unfaithful: 0,
    });
    const erased = await storage.db
      .selectFrom('message')
      .select(['decision', 'decision_facts'])
      .where('id', '=', kim.messageId ?? '')
      .executeTakeFirst();
    expect(erased).toEqual({ decision: null, decision_facts: null });
  });

  it('keeps neither words nor addresses with the facts', async () => {
    const { bot, database } = await start();
    await bot.send({
      to: 'ana.lovelace@example.com',
      subject: 'Secret subject',
      body: 'Secret body',
    });
    const storage = await database.again().open();
    const row = await storage.db.selectFrom('message').select('decision_facts').executeTakeFirst();
    expect(row?.decision_facts).toContain('"at":0');
    expect(row?.decision_facts).not.toMatch(/lovelace|example\.com|secret|acme/i);
    expect(row?.decision_facts?.length).toBeLessThan(1_000);
  });

  it('tells what an earlier policy decided apart from what a change would do', async () => {
    const { bot, another } = await start({ mailbox: { oversight: 'gated_send' } });
    await bot.send({ to: 'ana@example.com', ...MAIL });
    const later = await another({ mailbox: { oversight: 'autonomous' } });
    expect(await later.system().simulate({})).toMatchObject({ different: 1, outdated: 1 });
  });

  it('takes a whole policy, in which what is not said has its default', async () => {
    const { bot, system } = await start({ budgets: { sendsPerRun: 1 } });
    await bot.send({ to: 'ana@example.com', ...MAIL });
    const whole = definePolicy({
      senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
      mailboxes: [{ address: MARKETING, sender: 'acme' }],
      audience: { unknownCountry: 'US' },
      frequencyCaps: [],
    });
    expect(changesOf(await system.simulate(whole, { whole: true }))).toEqual([
      'allow ALLOWED > hold REVIEW_REQUIRED 1',
    ]);
    await expect(
      system.simulate({ mailboxes: [{ address: 'suport@acme.example' }] }),
    ).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(system.simulate({ budgets: { sendPerRun: 1 } } as object)).rejects.toMatchObject({
      code: 'OPTION_UNKNOWN',
    });
  });

  it('asks what Mailwarden would have said about what was sent before it', async () => {
    const { system } = await start();
    await system.suppress('ben@example.com');
    const csv = [
      'at,from,to,category,topic,subject,body',
      `2026-01-05T09:00:00Z,${MARKETING},ana@example.com,marketing,news,Hello,All is well.`,
      `2026-01-05T09:00:00Z,${MARKETING},"ana@example.com, ben@example.com",marketing,news,Sale,Now 50% off!`,
      `2026-01-06T09:00:00Z,${MARKETING},cem@example.com,marketing,,No body,`,
      '2026-01-06T09:00:00Z,nobody@acme.example,ana@example.com,marketing,,Hi,Hi',
      `soon,${MARKETING},ana@example.com,marketing,,Hi,Hi`,
    ].join('\n');
    const report = await system.simulate({}, { over: { history: csv } });
    expect(report).toMatchObject({
      over: 'history',
      decisions: 4,
      same: 2,
      withoutBody: 1,
      failed: 2,
    });
    expect(changesOf(report).toSorted()).toEqual([
      'allow SENT > block SUPPRESSED 1',
      'allow SENT > hold CLAIM_UNSUPPORTED 1',
    ]);
    expect(report.changes[0]?.samples).toEqual(['line 3']);
    expect(report.errors).toEqual([
      { line: 5, message: 'There is no mailbox nobody@acme.example.' },
      { line: 6, message: 'at has to be epoch ms or ISO 8601 with an offset.' },
    ]);
    const entries = [
      { at: 0, from: MARKETING, to: ['ana@example.com'], subject: 'Hello', body: 'All is well.' },
    ];
    const tightened = { mailboxes: [{ address: MARKETING, oversight: 'gated_send' as const }] };
    expect(changesOf(await system.simulate(tightened, { over: { history: entries } }))).toEqual([
      'allow SENT > hold REVIEW_REQUIRED 1',
    ]);
  });

  it('goes on behind an odd row, and counts it', async () => {
    const { bot, system, database } = await start();
    const mail = { at: 0, from: MARKETING, to: 'ana@example.com', subject: 'Hello', body: 'Hi.' };
    const odd: readonly unknown[] = [
      { ...mail, subject: 'Half a \ud83d' },
      null,
      'at,from',
      { ...mail, subject: Object.create(null) },
      { ...mail, at: 8.64e15 },
      { ...mail, topic: Symbol('x') },
    ];
    const history = [mail, ...odd, mail] as HistoryEntry[];
    const report = await system.simulate({}, { over: { history } });
    expect(report).toMatchObject({ decisions: 5, same: 4, failed: 3 });
    expect(report.missing).toEqual({ total: 1, reasons: { content: 1 } });
    expect(report.errors.map(({ line }) => line)).toEqual([3, 4, 5]);

    await bot.send({ to: 'ana@example.com', ...MAIL });
    await bot.send({ to: 'ben@example.com', ...MAIL });
    const storage = await database.again().open();
    await storage.unit((tx) =>
      tx
        .updateTable('message')
        .set({ decision: '{"findings":[null]}' })
        .where('to_addresses', 'like', '%ana%')
        .execute(),
    );
    await storage.close();
    expect(await system.simulate({})).toMatchObject({
      decisions: 2,
      same: 1,
      missing: { reasons: { content: 1 } },
    });
  });

  it('P1: sends nothing and leaves every row as it was', async () => {
    const { bot, system, sink, database, events } = await start({
      mailbox: { oversight: 'gated_send' },
    });
    await bot.send({ to: ['ana@example.com', 'ben@example.com'], tags: ['vip'], ...MAIL });
    await system.suppress('cem@example.com');
    const before = await dumpDatabase(database);
    const told = events.length;
    const history = [{ at: 0, from: MARKETING, to: 'new@example.org', ...MAIL }];
    await system.simulate(AUTONOMOUS);
    await system.simulate(AUTONOMOUS, { over: { history } });
    await system.simulate({ mailboxes: [{ address: MARKETING }] }, { whole: true }).catch(() => {});
    expect(await dumpDatabase(database)).toEqual(before);
    expect([...before.values()].flat().length).toBeGreaterThan(10);
    expect(events).toHaveLength(told);
    expect(sink.messages).toEqual([]);
  });
});
