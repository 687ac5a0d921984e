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
    await system().erasePerson(ANA, { reason: 'Request 17' });
    await world.warden.tick();
    expect(JSON.stringify(await system().exportPerson(ANA))).not.toContain('order 4711');
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
