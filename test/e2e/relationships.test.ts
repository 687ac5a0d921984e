import type { AgentHandle } from '@mailwarden/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@example.com';
const MAIL = {
  to: ANA,
  subject: 'Your order 4711',
  body: 'Hi Ana,\n\nthe chair that you ordered comes on Thursday between nine and twelve.',
};

describe.each(databases)('recorded relationships on $name', ({ open }) => {
  let world: WardenWorld;
  let agent: AgentHandle;
  beforeEach(async () => {
    world = await openWorld(open, { audience: { unknownCountry: 'GB' } });
    agent = world.agent('bot', { mailboxes: [SUPPORT] });
  });
  afterEach(() => world.close());
  const system = () => world.warden.system();
  /** Data and details of the newest event of a type. */
  const auditOf = async (type: string) => {
    const storage = await world.database.again().open();
    const row = await storage.db
      .selectFrom('event')
      .leftJoin('audit_detail', 'audit_detail.event_id', 'event.id')
      .select(['event.data', 'audit_detail.details'])
      .where('event.type', '=', type)
      .orderBy('event.id', 'desc')
      .executeTakeFirstOrThrow();
    await storage.close();
    return `${row.data} ${row.details}`;
  };

  it.each(['customer', 'vendor', 'applicant'] as const)(
    'make mail to a %s a conversation, without footer and consent',
    async (kind) => {
      expect(await agent.preview(MAIL)).toMatchObject({ category: 'marketing' });
      const recorded = await system().recordRelationship({ address: ANA, kind });
      expect(recorded.relationshipId).not.toBe('');
      expect(await agent.preview(MAIL)).toMatchObject({ category: 'conversational' });
      expect(await agent.send(MAIL)).toMatchObject({ status: 'queued' });
      await world.warden.tick();
      await world.sink.waitFor(1);
      expect(world.sink.messages[0]?.header('List-Unsubscribe')).toBeUndefined();
    },
  );

  it('are no consent: marketing to the same person is judged as before', async () => {
    await system().recordRelationship({ address: ANA, kind: 'customer' });
    expect(await agent.send({ ...MAIL, category: 'marketing' })).toMatchObject({
      ...{ status: 'held', code: 'CONSENT_MISSING' },
    });
    expect(await system().consentAt({ address: ANA })).toEqual({ consents: [] });
    const offer = { ...MAIL, body: 'Hi Ana,\n\nshop now and get 25 % off your next order.' };
    expect(await agent.send(offer)).toMatchObject({ status: 'held', code: 'ANSWER_ADVERTISES' });
  });

  it('P3: suppression outranks them, and another spelling has them, too', async () => {
    await system().recordRelationship({ address: ANA, kind: 'customer' });
    expect(await agent.preview({ ...MAIL, to: 'Ana+x@example.com' })).toMatchObject({
      category: 'conversational',
    });
    await system().suppress(ANA, { scope: 'all' });
    expect(await agent.send(MAIL)).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
  });

  it('end when they are taken back, also for what is queued, or at their end', async () => {
    const { now } = world.clock;
    await system().recordRelationship({ address: ANA, kind: 'customer', since: now - 2 });
    await agent.send({ ...MAIL, sendAt: now + 60_000 });
    await world.warden.reviewer('rita').withdrawRelationship(ANA);
    expect(await agent.preview(MAIL)).toMatchObject({ category: 'marketing' });
    world.clock.now += 60_000;
    await world.warden.tick();
    expect(await system().deliveries()).toMatchObject([
      { state: 'held', code: 'NOT_A_CONVERSATION' },
    ]);
    const endsAt = world.clock.now + 5;
    await world.warden.reviewer('rita').recordRelationship({
      ...{ address: ANA, kind: 'vendor', endsAt },
    });
    expect(await agent.preview(MAIL)).toMatchObject({ category: 'conversational' });
    world.clock.now = endsAt;
    expect(await agent.preview(MAIL)).toMatchObject({ category: 'marketing' });
  });

  it('hold for all of several recipients or for none', async () => {
    await system().recordRelationship({ address: ANA, kind: 'customer' });
    const both = { ...MAIL, to: [ANA, 'ben@example.com'] };
    expect(await agent.preview(both)).toMatchObject({ category: 'marketing' });
    await system().recordRelationship({ address: 'ben@example.com', kind: 'vendor' });
    expect(await agent.preview(both)).toMatchObject({ category: 'conversational' });
  });

  it('keep the limits of a conversation: one text to more than five is marketing', async () => {
    const people = [0, 1, 2, 3, 4, 5].map((at) => `person${at}@example.com`);
    for (const address of people) {
      await system().recordRelationship({ address, kind: 'customer' });
    }
    const outcomes = [];
    for (const to of people) outcomes.push(await agent.send({ ...MAIL, to }));
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(5).fill('queued'), 'held']);
    expect(outcomes.at(-1)).toMatchObject({ code: 'CONSENT_MISSING' });
  });

  it('P3: nor does one envelope to more than five get past them', async () => {
    const people = [0, 1, 2, 3, 4, 5].map((at) => `person${at}@example.com`);
    for (const address of people) {
      await system().recordRelationship({ address, kind: 'customer' });
    }
    const [to = '', ...bcc] = people;
    const most = { ...MAIL, to, bcc: bcc.slice(1) };
    expect(await agent.preview(most)).toMatchObject({ category: 'conversational' });
    expect(await agent.send({ ...MAIL, to, bcc })).not.toMatchObject({ status: 'queued' });
  });

  it('P3: an agent has no way to record one, not by a report of consent either', async () => {
    expect(Object.keys(agent)).not.toContain('recordRelationship');
    const report = {
      ...{ address: ANA, purpose: 'relationship', basis: 'express' as const },
      evidence: { method: 'call' },
    };
    expect(await agent.reportConsent(report as never)).toMatchObject({ status: 'invalid' });
    await expect(
      system().recordConsent(ANA, {
        ...{ purpose: 'relationship', basis: 'express', evidence: { method: 'x' } },
      }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await agent.preview(MAIL)).toMatchObject({ category: 'marketing' });
  });

  it('are told in the events, exported and erased with the person', async () => {
    const input = { address: ANA, kind: 'customer', reference: 'order 4711 of Ana' } as const;
    await system().recordRelationship(input);
    await world.warden.tick();
    expect(world.events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'relationship.recorded', actor: 'system' },
        data: expect.objectContaining({ kind: 'customer' }),
      }),
    );
    expect(JSON.stringify(await system().exportPerson(ANA))).toContain('order 4711 of Ana');
    expect(await auditOf('relationship.recorded')).toContain(ANA);
    await system().withdrawRelationship(ANA);
    expect(await auditOf('consent.withdrawn')).toContain('relationship');
    await system().erasePerson(ANA, { reason: 'Request 17' });
    await world.warden.tick();
    expect(JSON.stringify(await system().exportPerson(ANA))).not.toContain('order 4711');
    expect(await auditOf('relationship.recorded')).not.toContain(ANA);
    await expect(system().recordRelationship(input)).rejects.toMatchObject({
      code: 'PERSON_ERASED',
    });
  });

  it.each([
    ['a kind of its own', { kind: 'friend' }],
    ['a future start', { since: Number.MAX_SAFE_INTEGER }],
    ['an end before it', { endsAt: 1 }],
    ['an unknown sender', { senderId: 'nobody' }],
    ['an unknown field', { because: 'x' }],
  ])('refuses %s', async (_name, over) => {
    const input = { address: ANA, kind: 'customer', ...over } as never;
    await expect(system().recordRelationship(input)).rejects.toMatchObject({
      code: expect.stringMatching(/^ARGUMENT_/),
    });
  });
});

describe.each(databases)('a reviewer’s word for one message on $name', ({ open }) => {
  let world: WardenWorld;
  let agent: AgentHandle;
  beforeEach(async () => {
    world = await openWorld(open, { audience: { unknownCountry: 'GB' } });
    agent = world.agent('bot', { mailboxes: [SUPPORT], onBehalfOf: 'otto' });
  });
  afterEach(() => world.close());
  const SAID = { category: 'conversational', reason: 'She asked by telephone.' } as const;
  const rita = () => world.warden.reviewer('rita');
  const hold = async (mail = MAIL) => {
    const held = await agent.send(mail);
    expect(held).toMatchObject({ status: 'held', code: 'CONSENT_MISSING' });
    return held.messageId ?? '';
  };

  it('releases what waits for a consent, as a conversation, and nothing after it', async () => {
    const id = await hold();
    expect(await rita().decide(id, 'approve')).toMatchObject({ state: 'held' });
    const decided = await rita().decide(id, 'approve', SAID);
    expect(decided).toMatchObject({ state: 'queued', revision: 2 });
    await world.warden.tick();
    await world.sink.waitFor(1);
    expect(world.sink.messages[0]?.header('List-Unsubscribe')).toBeUndefined();
    expect(world.sink.messages[0]?.part('text/plain')).not.toContain('123 Main St');
    expect(world.events).toContainEqual(
      expect.objectContaining({
        actor: 'reviewer:rita',
        data: expect.objectContaining({ category: 'conversational', revision: 2 }),
      }),
    );
    world.clock.now += 3_600_000;
    await hold({ ...MAIL, body: 'Hi Ana,\n\nthe table comes on Friday.' });
  });

  it('P3: does not reach somebody who wants no marketing, before or after it', async () => {
    const id = await hold();
    await rita().suppress(ANA, { scope: 'marketing' });
    expect((await rita().decide(id, 'approve', SAID)).state).not.toBe('queued');
    const other = await hold({ ...MAIL, to: 'ben@example.com' });
    expect(await rita().decide(other, 'approve', SAID)).toMatchObject({ state: 'queued' });
    await world.warden.system().withdrawConsent('ben@example.com');
    await world.warden.tick();
    expect(world.sink.messages).toEqual([]);
    const states = (await world.warden.system().deliveries()).map(({ state }) => state);
    expect(states).toEqual(['held', 'held']);
  });

  const refusals: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['asked for a pause', () => wish({ pauseUntil: world.clock.now + 86_400_000 })],
    ['declined a topic', () => wish({ topics: { tips: false } })],
    ['may have asked to stop', () => askToStop()],
  ];
  const wish = (wishes: object) => world.warden.system().setPreferences(ANA, wishes);
  const askToStop = async () => {
    const storage = await world.database.again().open();
    const delivery = await storage.db
      .selectFrom('delivery')
      .selectAll()
      .where('recipient', '=', ANA)
      .executeTakeFirstOrThrow();
    const { id, tenant, mailbox, recipient_canonical: canonical, message_id } = delivery;
    const row = { tenant, id: 's1', canonical, mailbox, message_id, delivery_id: id };
    const open = { decision: null, decided_by: null, decided_at: null };
    await storage.unit((tx) =>
      tx
        .insertInto('stop_request')
        .values({ ...row, ...open, sender_id: 'acme', asked_at: world.clock.now })
        .execute(),
    );
    await storage.close();
  };

  it.each(refusals)('P3: does not reach somebody who %s before it', async (_name, refuse) => {
    const id = await hold();
    await refuse();
    expect(await rita().decide(id, 'approve', SAID)).toMatchObject({
      ...{ state: 'held', code: 'NOT_A_CONVERSATION' },
    });
    expect((await rita().decide(id, 'approve')).state).not.toBe('queued');
    await world.warden.tick();
    expect(world.sink.messages).toEqual([]);
  });

  it.each(refusals)('P3: does not reach somebody who %s after it', async (_name, refuse) => {
    expect(await rita().decide(await hold(), 'approve', SAID)).toMatchObject({ state: 'queued' });
    await refuse();
    await world.warden.tick();
    expect(world.sink.messages).toEqual([]);
    expect(await world.warden.system().deliveries()).toMatchObject([
      { state: 'held', code: 'NOT_A_CONVERSATION' },
    ]);
  });

  it('P4: is shown what is found in a conversation, and only then stands', async () => {
    const id = await hold({ ...MAIL, body: 'Hi Ana,\n\nplease rate us: it takes a minute.' });
    expect(await rita().decide(id, 'approve', SAID)).toMatchObject({
      ...{ state: 'held', code: 'ANSWER_ADVERTISES' },
    });
    expect(await rita().decide(id, 'approve')).toMatchObject({ state: 'queued' });
  });

  it('P3: is nobody’s own, needs a reason, and no agent has it', async () => {
    const id = await hold();
    await expect(world.warden.reviewer('otto').decide(id, 'approve', SAID)).rejects.toMatchObject({
      code: 'OWN_MESSAGE',
    });
    const wrong = { code: 'ARGUMENT_INVALID' };
    const decide = (options: object) => rita().decide(id, 'approve', options);
    await expect(decide({ category: 'conversational' })).rejects.toMatchObject(wrong);
    await expect(decide({ ...SAID, category: 'transactional' })).rejects.toMatchObject(wrong);
    await expect(rita().decide(id, 'reject', SAID)).rejects.toMatchObject(wrong);
    const talk = { ...MAIL, body: 'Hi Ana,\n\nsee you.', category: 'conversational' } as const;
    expect(await agent.send(talk)).toMatchObject({
      code: 'CONSENT_MISSING',
    });
  });
});
