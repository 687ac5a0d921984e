import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';

describe.each(databases)('sending on $name', ({ open }) => {
  let world: WardenWorld;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return world;
  };
  afterEach(() => world.close());

  it('sends marketing in the marketing form to each recipient alone', async () => {
    const { warden, sink, agent } = await start();
    const sent = await agent().send({
      to: ['ana@example.com', 'ben@example.com'],
      subject: 'Spring news',
      body: 'Hello **there**',
      topic: 'news',
      campaign: 'spring',
      tags: ['spring'],
    });
    expect(sent.messages.map((message) => message.status)).toEqual(['queued', 'queued']);
    await warden.tick();
    const mails = await sink.waitFor(2);
    expect(mails.map((mail) => mail.envelope.rcptTo)).toEqual(
      expect.arrayContaining([['ana@example.com'], ['ben@example.com']]),
    );
    for (const mail of mails) {
      const link = mail.header('List-Unsubscribe');
      expect(link).toMatch(/^<https:\/\/mail\.acme\.example\/u\/[\w-]+>$/);
      expect(mail.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
      expect(mail.header('List-Id')).toBe('<news.acme.example>');
      expect(mail.header('Precedence')).toBe('bulk');
      expect(mail.header('Feedback-ID')).toContain('spring');
      for (const part of [mail.part('text/plain'), mail.part('text/html')]) {
        expect(part).toContain('Acme, Inc.');
        expect(part).toContain('123 Main St, Springfield');
        expect(part).toContain(link?.slice(1, -1));
      }
    }
    expect(new Set(mails.map((mail) => mail.header('List-Unsubscribe'))).size).toBe(2);
    expect(await warden.system().accounting()).toMatchObject({ candidates: 2, sent: 2 });
  });

  it('P6: sends once for one idempotency key, and refuses another content for it', async () => {
    const { warden, sink, agent } = await start();
    const step = { to: 'ana@example.com', subject: 'Step 1', body: 'One', idempotencyKey: 's1' };
    const [first, ...others] = await Promise.all([
      agent('a').send(step),
      agent('b').send(step),
      agent('c').send(step),
    ]);
    const all = [first, ...others];
    expect(all.map((each) => each.status).sort()).toEqual(['duplicate', 'duplicate', 'queued']);
    expect(new Set(all.map((each) => each.messageId)).size).toBe(1);
    const other = await agent().send({ ...step, body: 'Two' });
    expect(other).toMatchObject({ status: 'invalid', code: 'IDEMPOTENCY_CONFLICT' });
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
  });

  it('sends once for one call id, and the same content once in ten minutes', async () => {
    const { warden, clock, sink, agent } = await start();
    const mail = { to: 'ana@example.com', subject: 'Hi', body: 'Hello Ana' };
    await agent().send(mail, { callId: 'call-1' });
    expect((await agent().send(mail, { callId: 'call-1' })).status).toBe('duplicate');
    expect((await agent().send(mail)).status).toBe('duplicate');
    clock.now += 601_000;
    expect((await agent().send(mail, { callId: 'call-1' })).status).toBe('duplicate');
    expect((await agent().send(mail)).status).toBe('queued');
    await warden.tick();
    expect((await sink.waitFor(2)).length).toBe(2);
  });

  it('P1: does not send to somebody suppressed, at request and at claim', async () => {
    const { warden, sink, agent } = await start();
    const queued = await agent().send({ to: 'ana@example.com', subject: 'A', body: 'Body' });
    expect(queued.status).toBe('queued');
    await warden.system().suppress('Ana+tag@example.com', { scope: 'marketing' });
    const blocked = await agent().send({ to: 'ana@example.com', subject: 'B', body: 'Body two' });
    expect(blocked).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
    await warden.tick();
    expect(sink.messages).toEqual([]);
    expect(await warden.system().accounting()).toMatchObject({ candidates: 2, blocked: 2 });
  });

  it('waits until the time that was asked for', async () => {
    const { warden, clock, sink, agent } = await start();
    const sendAt = new Date(clock.now + 3_600_000).toISOString();
    const sent = await agent().send({ to: 'ana@example.com', subject: 'A', body: 'B', sendAt });
    expect(sent).toMatchObject({ status: 'scheduled', dueAt: clock.now + 3_600_000 });
    await warden.tick();
    expect(sink.messages).toEqual([]);
    clock.now += 3_600_000;
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
  });

  it('P2: a rule that throws blocks at request and parks at claim, and nothing is lost', async () => {
    let broken = false;
    const rule = {
      id: 'acme-broken',
      version: '1',
      evaluate: () => {
        if (broken) throw new Error('boom');
        return [];
      },
    };
    const { warden, clock, sink, agent } = await start({ rules: [rule] });
    const first = await agent().send({ to: 'ana@example.com', subject: 'A', body: 'One' });
    broken = true;
    const second = await agent().send({ to: 'ben@example.com', subject: 'A', body: 'Two' });
    expect(second).toMatchObject({ status: 'blocked', code: 'RULE_ERROR' });
    await warden.tick();
    expect(sink.messages).toEqual([]);
    const [parked] = await warden.reviewer('ops').deliveries(first.messageId ?? '');
    expect(parked).toMatchObject({ state: 'held', code: 'RULE_ERROR' });
    broken = false;
    clock.now += 61_000;
    await warden.tick();
    expect((await sink.waitFor(1)).map((mail) => mail.envelope.rcptTo)).toEqual([
      ['ana@example.com'],
    ]);
  });

  it('drops a caller’s own List-Unsubscribe and refuses line breaks and provider controls', async () => {
    const { warden, sink, agent } = await start();
    const mail = { to: 'ana@example.com', subject: 'A', body: 'B' };
    const evil = 'List-Unsubscribe: <https://evil.example/u>';
    const sent = await agent().send({ ...mail, headers: [evil, 'X-Campaign-ID: c1'] });
    expect(sent.status).toBe('queued');
    expect(sent.notices?.join(' ')).toContain('List-Unsubscribe');
    for (const header of [
      'X-Campaign-ID: a\r\nBcc: eve@example.com',
      'X-Campaign-ID: a\nList-Unsubscribe: <https://evil.example>',
      'X-Campaign-ID\r\nBcc: eve@example.com',
    ]) {
      const refused = await agent().send({ ...mail, headers: [header] });
      expect(refused).toMatchObject({ status: 'invalid', code: 'HEADER_INVALID' });
    }
    const control = await agent().send({ ...mail, subject: 'C', headers: ['X-SMTPAPI: {}'] });
    expect(control).toMatchObject({ status: 'blocked', code: 'HEADER_PROVIDER_CONTROL' });
    const storage = await world.database.again().open();
    const stored = await storage.db
      .selectFrom('message')
      .select('header_findings')
      .where('id', '=', control.messageId ?? '')
      .executeTakeFirst();
    expect(stored?.header_findings).toContain('provider_control');
    const subject = await agent().send({ ...mail, subject: 'A\r\nBcc: eve@example.com' });
    expect(subject).toMatchObject({ status: 'invalid', code: 'ARGUMENT_INVALID' });
    await warden.tick();
    const [only, ...rest] = await sink.waitFor(1);
    expect(rest).toEqual([]);
    expect(only?.header('List-Unsubscribe')).toContain('https://mail.acme.example/u/');
    expect(only?.header('X-Campaign-ID')).toBe('c1');
    expect(only?.raw.toString()).not.toContain('evil.example');
  });

  it('stops an agent at its budget, and no two requests take the last place', async () => {
    const { warden, sink, agent } = await start({ budgets: { sendsPerRun: 3 } });
    const run = agent('bot', { run: 'r-1' });
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        run.send({ to: `p${index}@example.com`, subject: `S${index}`, body: `Body ${index}` }),
      ),
    );
    const blocked = results.filter((each) => each.code === 'BUDGET_EXCEEDED');
    expect(blocked.length).toBe(5);
    await warden.tick();
    expect((await sink.waitFor(3)).length).toBe(3);
  });

  it('P7: workers together never exceed a mailbox’s daily limit', async () => {
    const { warden, sink, agent, another, clock } = await start({ mailbox: { dailyLimit: 5 } });
    const others = await Promise.all([another(), another(), another()]);
    const to = Array.from({ length: 12 }, (_, index) => `p${index}@example.com`);
    await agent().send({ to, subject: 'News', body: 'Hello' });
    await Promise.all([warden, ...others].map((each) => each.tick()));
    expect(sink.messages.length).toBe(5);
    expect(await warden.system().accounting()).toMatchObject({ sent: 5, deferred: 7 });
    clock.now += 86_400_000 + 1;
    await Promise.all([warden, ...others].map((each) => each.tick()));
    expect(sink.messages.length).toBe(10);
  });

  it('holds a paused mailbox back until it is resumed', async () => {
    const { warden, sink, agent } = await start();
    await agent().send({ to: 'ana@example.com', subject: 'A', body: 'B' });
    await warden.system().pause('lifecycle@acme.example', 'odd bounces');
    await warden.tick();
    expect(sink.messages).toEqual([]);
    await warden.system().resume('lifecycle@acme.example');
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
  });
});
