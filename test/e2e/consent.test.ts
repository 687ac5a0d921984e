import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import {
  MARKETING,
  openWorld,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const DAY = 86_400_000;
const EVIDENCE = { method: 'web form' };
const DOUBLE = { basis: 'double_opt_in', wordingVersion: 'signup-3', evidence: EVIDENCE } as const;
const REPORT = { basis: 'double_opt_in', wordingVersion: 'signup-3', method: 'web form' } as const;
const MAIL = { subject: 'Acme 5 is here', body: 'Acme 5 is here.' };

describe.each(databases)('consent on $name', ({ open }) => {
  let world: WardenWorld;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return { ...world, system: world.warden.system(), bot: world.agent() };
  };
  const strictest = { audience: { unknownCountry: 'strictest' } } as const;
  const stateOf = async (messageId: string | undefined) => {
    const [delivery] = await world.warden.reviewer('ops').deliveries(messageId ?? '');
    return `${delivery?.state} ${delivery?.code}`;
  };
  const basisOf = async (messageId: string | undefined) => {
    const storage = await world.database.again().open();
    return storage.db
      .selectFrom('delivery')
      .select(['basis', 'wording_version', 'fact_task_id'])
      .where('message_id', '=', messageId ?? '')
      .executeTakeFirstOrThrow();
  };
  afterEach(() => world.close());

  it('P2: holds marketing to somebody whose country nobody knows, and no approval lets it out', async () => {
    const { bot, warden, sink } = await start({
      ...strictest,
      mailbox: { oversight: 'gated_send' },
    });
    const sent = await bot.send({ to: 'ana@example.com', ...MAIL });
    expect(sent).toMatchObject({ status: 'held', code: 'JURISDICTION_UNKNOWN' });
    const decided = await warden.reviewer('ops').decide(sent.messageId ?? '', 'approve');
    expect(decided).toMatchObject({ state: 'held', code: 'JURISDICTION_UNKNOWN' });
    await warden.tick();
    expect(sink.messages).toEqual([]);
  });

  it('opens one task per source and fact, and the answer decides again on all that waits', async () => {
    const { bot, system, warden, sink } = await start(strictest);
    const to = ['ana@example.com', 'ben@example.com', 'eva@example.com'];
    for (const address of to) await system.setContact(address, { source: 'newsletter.csv' });
    const sent = await bot.send({ to, ...MAIL });
    const [task, ...others] = await system.tasks();
    expect(others).toEqual([]);
    expect(task).toMatchObject({ source: 'newsletter.csv', fact: 'country', waiting: 3 });
    await expect(system.answerTask(task?.id ?? '', { consent: DOUBLE })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });

    await system.answerTask(task?.id ?? '', { country: 'at' });
    await warden.tick();
    expect(sink.messages).toEqual([]);
    const [next] = await system.tasks();
    expect(next).toMatchObject({ source: 'newsletter.csv', fact: 'consent', waiting: 3 });

    await system.withdrawConsent('ben@example.com');
    await system.answerTask(next?.id ?? '', { consent: { ...DOUBLE, obtainedAt: 1 } });
    await warden.tick();
    expect(sink.messages.flatMap(({ envelope }) => envelope.rcptTo).sort()).toEqual([to[0], to[2]]);
    expect(await system.tasks()).toEqual([]);
    const states = await Promise.all(sent.messages?.map((each) => stateOf(each.messageId)) ?? []);
    expect(states.map((state) => state.split(' ')[0])).toEqual(['sent', 'blocked', 'sent']);
    expect(states[1]).toBe('blocked OBJECTED');
    expect(await basisOf(sent.messages?.[0]?.messageId)).toEqual({
      basis: 'double_opt_in',
      wording_version: 'signup-3',
      fact_task_id: null,
    });
  });

  it('does not answer a whole source for contacts that have none', async () => {
    const { bot, system, warden, sink } = await start(strictest);
    const sent = await bot.send({ to: 'ana@example.com', ...MAIL });
    const [task] = await system.tasks();
    expect(task).toMatchObject({ source: '', fact: 'country', waiting: 1 });
    await expect(system.answerTask(task?.id ?? '', { country: 'US' })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    await expect(system.answerTask('nothing', { country: 'US' })).rejects.toMatchObject({
      code: 'TASK_NOT_FOUND',
    });
    await system.setContact('ana@example.com', { country: 'US', timeZone: 'America/New_York' });
    await warden.tick();
    expect(await stateOf(sent.messageId)).toMatch(/^sent/);
    expect(sink.messages).toHaveLength(1);
    expect(await basisOf(sent.messageId)).toMatchObject({ basis: 'opt_out' });
  });

  it('takes the country from the contact before its source, the domain and the operator', async () => {
    const { bot, system } = await start();
    const code = async (to: string) => (await bot.send({ to, ...MAIL })).code;
    expect(await code('ana@example.com')).toBe('ALLOWED');
    expect(await code('ana@kunde.de')).toBe('CONSENT_MISSING');
    await system.setContact('ben@kunde.de', { country: 'US' });
    expect(await code('ben@kunde.de')).toBe('ALLOWED');
    await system.setContact('eva@example.com', { country: 'CA' });
    expect(await code('eva@example.com')).toBe('CONSENT_MISSING');
  });

  it('P3: another spelling of an address is the same person in the same country', async () => {
    const { bot, system } = await start();
    await system.setContact('ana@example.com', { country: 'AT' });
    for (const to of ['ana+1@example.com', 'ANA@example.com', 'ana@example.com']) {
      expect((await bot.send({ to, ...MAIL, subject: `For ${to}` })).code).toBe('CONSENT_MISSING');
    }
  });

  it('P1: a withdrawal that commits before the claim wins', async () => {
    const { bot, system, warden, sink } = await start();
    const sent = await bot.send({ to: 'ana@example.com', ...MAIL });
    expect(sent.status).toBe('queued');
    await system.withdrawConsent('Ana+shop@example.com');
    await warden.tick();
    expect(await stateOf(sent.messageId)).toBe('blocked OPTED_OUT');
    expect(sink.messages).toEqual([]);
  });

  it('P3: what an agent reports counts only when somebody else has confirmed it', async () => {
    const { system, warden, agent, sink } = await start();
    const bot = agent('bot', { onBehalfOf: 'maria@acme.example' });
    await system.setContact('ana@example.com', { country: 'AT' });
    const sent = await bot.send({ to: 'ana@example.com', ...MAIL });
    expect(sent).toMatchObject({ status: 'held', code: 'CONSENT_MISSING' });
    const reported = await bot.reportConsent({ address: 'ana@example.com', ...REPORT });
    expect(reported.status).toBe('ok');
    world.clock.now += 2 * DAY;
    await warden.tick();
    expect(await stateOf(sent.messageId)).toBe('held CONSENT_MISSING');
    expect((await system.consentAt({ address: 'ana@example.com' })).consents).toEqual([]);

    const [waiting] = await warden.reviewer('ops').reportedConsents();
    expect(waiting).toMatchObject({ address: 'ana@example.com', reportedBy: 'agent:bot' });
    const confirm = (by: string) => warden.reviewer(by).confirmConsent(waiting?.id ?? '');
    await expect(confirm('Maria@acme.example')).rejects.toMatchObject({ code: 'OWN_MESSAGE' });
    await confirm('ops@acme.example');
    await expect(confirm('ops@acme.example')).rejects.toMatchObject({ code: 'CONSENT_NOT_FOUND' });
    await warden.tick();
    expect(sink.messages).toHaveLength(1);
    expect(await warden.reviewer('ops').reportedConsents()).toEqual([]);
  });

  it('P3: a report after an unsubscribe reaches nobody, confirmed or not', async () => {
    const { bot, system, warden, sink } = await start();
    await system.suppress('ana@example.com', { scope: 'marketing', reason: 'unsubscribe' });
    const reported = await bot.reportConsent({ address: 'ana@example.com', ...REPORT });
    if (reported.status !== 'ok') throw new Error(reported.reason);
    await system.confirmConsent(reported.consentId);
    expect((await bot.send({ to: 'ana@example.com', ...MAIL })).code).toBe('SUPPRESSED');
    await warden.tick();
    expect(sink.messages).toEqual([]);
  });

  it('answers that an unsubscribe or a complaint refused, and what it left', async () => {
    const { system, clock } = await start();
    const t0 = clock.now;
    await system.recordConsent('ana@example.com', DOUBLE);
    clock.now = t0 + DAY;
    await system.suppress('Ana+x@example.com', { scope: 'topic:news', reason: 'unsubscribe' });
    clock.now = t0 + 2 * DAY;
    await system.suppress('ana@example.com', { scope: 'marketing', reason: 'complaint' });
    const ask = (day: number, topic?: string) =>
      system.consentAt(
        { address: 'ana@example.com', ...(topic === undefined ? {} : { topic }) },
        t0 + day * DAY + 1,
      );
    expect((await ask(0, 'news')).consents).toHaveLength(1);
    expect(await ask(1, 'news')).toEqual({ consents: [], withdrawnAt: t0 + DAY });
    expect((await ask(1, 'tips')).consents).toHaveLength(1);
    expect(await ask(2, 'tips')).toEqual({ consents: [], withdrawnAt: t0 + 2 * DAY });
  });

  it('answers for any past moment', async () => {
    const { system, clock } = await start();
    const t0 = clock.now;
    const at = async (day: number, topic?: string) => {
      const question = { address: 'ana@example.com', ...(topic === undefined ? {} : { topic }) };
      const standing = await system.consentAt(question, t0 + day * DAY);
      return standing.withdrawnAt === undefined
        ? standing.consents.map(({ basis }) => basis)
        : 'withdrawn';
    };
    clock.now = t0 + 10 * DAY;
    const bought = { basis: 'implied_inquiry', evidence: EVIDENCE } as const;
    await system.recordConsent('ana@example.com', { ...bought, obtainedAt: t0 });
    clock.now = t0 + 20 * DAY;
    await system.recordConsent('ana@example.com', { ...DOUBLE, topics: ['news'] });
    clock.now = t0 + 40 * DAY;
    await system.withdrawConsent('ana@example.com', { withdrawnAt: t0 + 30 * DAY });
    expect(await at(9)).toEqual([]);
    expect(await at(10)).toEqual(['implied_inquiry']);
    expect(await at(25, 'news')).toEqual(['implied_inquiry', 'double_opt_in']);
    expect(await at(25)).toEqual(['implied_inquiry']);
    expect(await at(30)).toBe('withdrawn');
    clock.now = t0 + 50 * DAY;
    await system.recordConsent('ana@example.com', DOUBLE);
    expect(await at(50)).toEqual(['double_opt_in']);
    expect(await at(35)).toBe('withdrawn');
  });

  it('CASL: an implied consent runs out between request and claim', async () => {
    const { bot, system, warden, clock, sink } = await start();
    await system.setContact('ana@example.com', { country: 'CA' });
    const purchase = { basis: 'implied_purchase', evidence: EVIDENCE } as const;
    const obtainedAt = Date.parse('2024-03-04T00:00:00Z');
    await system.recordConsent('ana@example.com', { ...purchase, obtainedAt });
    const sendAt = '2026-03-05T09:00:00Z';
    const sent = await bot.send({ to: 'ana@example.com', ...MAIL, sendAt });
    expect(sent.status).toBe('scheduled');
    clock.now = Date.parse(sendAt);
    await warden.tick();
    expect(await stateOf(sent.messageId)).toBe('blocked CA_IMPLIED_EXPIRED');
    expect(sink.messages).toEqual([]);
  });

  it('keeps the time that was asked for when a fact clears a hold', async () => {
    const { bot, system, warden, clock, sink } = await start(strictest);
    const sendAt = '2026-03-09T09:00:00Z';
    const sent = await bot.send({ to: 'ana@example.com', ...MAIL, sendAt });
    await system.setContact('ana@example.com', { country: 'US' });
    await warden.tick();
    expect(await stateOf(sent.messageId)).toMatch(/^queued/);
    expect(sink.messages).toEqual([]);
    clock.now = Date.parse(sendAt);
    await warden.tick();
    expect(sink.messages).toHaveLength(1);
  });

  it('counts a consent for the sender that it was given to', async () => {
    const { system, warden } = await start({
      senders: {
        acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St' },
        other: { legalName: 'Other, Inc.', postalAddress: '1 Side St' },
      },
    });
    await system.setContact('ana@example.com', { country: 'AT' });
    await expect(
      system.recordConsent('ana@example.com', { ...DOUBLE, senderId: 'nobody' }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await system.recordConsent('ana@example.com', { ...DOUBLE, senderId: 'acme' });
    const bot = warden.agent('bot', { mailboxes: [MARKETING] });
    expect((await bot.send({ to: 'ana@example.com', ...MAIL })).code).toBe('ALLOWED');
    const other = await world.another({ mailbox: { sender: 'other' } });
    const stranger = other.agent('bot', { mailboxes: [MARKETING] });
    const asked = await stranger.send({ to: 'ana@example.com', ...MAIL, subject: 'Other 1' });
    expect(asked.code).toBe('CONSENT_MISSING');
  });

  it.each([
    [{ basis: 'wish' }, 'basis'],
    [{ evidence: { method: ' ' } }, 'evidence.method'],
    [{ basis: 'soft_opt_in' }, 'limbs'],
    [{ basis: 'legitimate_interest' }, 'balancing'],
    [{ obtainedAt: Number.MAX_SAFE_INTEGER }, 'obtainedAt'],
    [{ expiresAt: 1 }, 'expiresAt'],
    [{ topics: ['No Topic'] }, 'topics'],
  ])('refuses a consent with %j', async (over, argument) => {
    const { system } = await start();
    const consent = { ...DOUBLE, ...over } as never;
    await expect(system.recordConsent('ana@example.com', consent)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      fields: { argument },
    });
  });

  it.each([
    [{ country: 'Germany' }, 'country'],
    [{ country: 'UK' }, 'country'],
    [{ timeZone: 'Berlin' }, 'timeZone'],
    [{ kind: 'robot' }, 'kind'],
    [{ region: 'California' }, 'region'],
    [{ provenance: { how: '' } }, 'provenance.how'],
  ])('refuses a contact with %j', async (facts, argument) => {
    const { system } = await start();
    await expect(system.setContact('ana@example.com', facts as never)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      fields: { argument },
    });
  });
});

describe.each(databases)('without the option audience, on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  it('P2: holds marketing that no law is known to allow, and honours a withdrawal', async () => {
    world = await openWorld(open, { audience: undefined } as never);
    const mail = { subject: 'News', body: 'Hello' };
    const first = await world.agent().send({ ...mail, to: 'ana@example.de' });
    expect(first).toMatchObject({ status: 'held', code: 'CONSENT_MISSING' });
    const second = await world.agent().send({ ...mail, to: 'ben@example.com' });
    expect(second).toMatchObject({ status: 'held', code: 'JURISDICTION_UNKNOWN' });
    await world.warden.system().withdrawConsent('eva@example.de');
    const third = await world.agent().send({ ...mail, to: 'eva@example.de' });
    expect(third).toMatchObject({ status: 'blocked', code: 'OBJECTED' });
    await world.warden.tick();
    expect(world.sink.messages).toEqual([]);
  });
});
