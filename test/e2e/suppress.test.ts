import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@example.com';

describe.each(databases)('suppress on $name', ({ open }) => {
  let world: WardenWorld;

  beforeEach(async () => {
    world = await openWorld(open, { topics: { tips: 'Tips', offers: 'Offers' } });
  });
  afterEach(() => world.close());

  const send = (to = ANA, more: { topic?: string } = {}) => {
    world.clock.now += 86_400_000;
    return world.agent().send({ to, subject: `At ${world.clock.now}`, body: 'News.', ...more });
  };
  const reviewer = () => world.warden.reviewer('ops@acme.example');

  it('P3: an agent always may, and what is queued stops too', async () => {
    const queued = await send();
    const result = await world.agent().suppress({ address: 'Ana+x@example.com' });
    expect(result).toEqual({ status: 'ok', address: 'Ana+x@example.com', scope: 'marketing' });
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(0);
    expect(await reviewer().deliveries(queued.messageId ?? '')).toMatchObject([
      { state: 'blocked', code: 'SUPPRESSED' },
    ]);
  });

  it('may leave out the mailbox when it has several', async () => {
    const agent = world.agent('bot', { mailboxes: [MARKETING, SUPPORT] });
    expect(await agent.suppress({ address: ANA, scope: 'topic:Tips' })).toMatchObject({
      status: 'ok',
      scope: 'topic:tips',
    });
    expect((await send(ANA, { topic: 'offers' })).status).toBe('queued');
    expect((await send(ANA, { topic: 'tips' })).status).toBe('blocked');
    expect((await send()).status).toBe('blocked');
    await agent.suppress({ address: ANA, scope: 'all', reason: 'asked in a reply' });
    expect((await send()).status).toBe('blocked');
  });

  it.each([
    ['ADDRESS_INVALID', { address: 'nobody' }],
    ['ADDRESS_INVALID', { address: '' }],
    ['ARGUMENT_INVALID', { address: ANA, scope: 'everything' }],
    ['ARGUMENT_UNKNOWN', { address: ANA, until: 'tomorrow' }],
    ['MAILBOX_UNKNOWN', { address: ANA, mailbox: SUPPORT }],
  ])('answers %s for what it cannot take', async (code, input) => {
    expect(await world.agent().suppress(input)).toMatchObject({ status: 'invalid', code });
    expect((await send()).status).toBe('queued');
  });

  it('P2: held against a sender that does not exist it would stop nothing, so it is refused', async () => {
    const wrong = reviewer().suppress(ANA, { senderId: 'acmee' });
    await expect(wrong).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await reviewer().suppress(ANA, { senderId: 'acme' });
    expect((await send()).status).toBe('blocked');
  });

  it('a person lifts what an agent recorded', async () => {
    await world.agent().suppress({ address: ANA });
    await reviewer().liftSuppression(ANA, 'The agent misread the reply.');
    expect((await send()).status).toBe('queued');
  });

  it('P8: lifting what an agent recorded does not bring back somebody who unsubscribed later', async () => {
    await send();
    await world.warden.tick();
    const link = /<(.+)>/.exec(world.sink.messages[0]?.header('List-Unsubscribe') ?? '')?.[1] ?? '';
    await world.agent().suppress({ address: ANA });
    const { status } = await world.warden.handler(new Request(link, { method: 'POST' }));
    expect(status).toBe(200);
    await expect(reviewer().liftSuppression(ANA, 'The agent misread it.')).rejects.toMatchObject({
      code: 'LIFT_NOT_ALLOWED',
    });
    expect((await send()).status).toBe('blocked');
  });

  it('P8: nobody is written to again after the keys were rotated', async () => {
    await world.agent().suppress({ address: ANA });
    const rotated = await world.another({
      keys: [
        { id: 'k2', secret: 'another secret that only these tests know' },
        { id: 'k1', secret: 'a secret that only these tests know, 1' },
      ],
    });
    const agent = rotated.agent('bot', { mailboxes: [MARKETING] });
    expect(await agent.send({ to: ANA, subject: 'News', body: 'Hi' })).toMatchObject({
      status: 'blocked',
      code: 'SUPPRESSED',
    });
  });

  it('an address appears in no event', async () => {
    await world.agent().suppress({ address: ANA, reason: 'ana asked' });
    await world.warden.tick();
    expect(world.events.map(({ type }) => type)).toContain('suppression.added');
    expect(JSON.stringify(world.events)).not.toContain('ana');
  });
});
