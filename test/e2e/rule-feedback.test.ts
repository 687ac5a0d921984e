import type { ReviewerHandle } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

describe.each(databases)('what people make of a rule on $name', ({ open }) => {
  let world: WardenWorld;
  let reviewer: ReviewerHandle;
  let number = 0;
  const start = async (options: object = {}) => {
    world = await openWorld(open, {
      mailbox: { oversight: 'gated_send' },
      budgets: { firstContactsPerDay: 100 },
      ...options,
    });
    reviewer = world.warden.reviewer('ops@acme.example');
  };
  afterEach(() => world.close());

  /** A message of a kind of its own. */
  const hold = async () => {
    number += 1;
    const word = `ro${String.fromCharCode(97 + (number % 26), 97 + Math.floor(number / 26))}ma`;
    const { messageId = '', status } = await world.agent('bot', { run: word }).send({
      to: `${word}@example.com`,
      subject: `About ${word}`,
      body: `Hello, this is about ${word}.`,
    });
    expect(status).toBe('held');
    return messageId;
  };
  const decide = async (count: number, decision: 'approve' | 'reject' = 'approve') => {
    for (let each = 0; each < count; each += 1) {
      await reviewer.decide(await hold(), decision, { reason: 'x' });
    }
  };
  const told = async () => {
    await world.warden.tick({ maxMs: 0, inbox: false });
    return world.events.filter(({ type }) => type === 'rule.feedback').map(({ data }) => data);
  };
  const ofReview = async () => {
    const list = await reviewer.listRuleFeedback();
    return list.find(({ code }) => code === 'REVIEW_REQUIRED');
  };

  it('reports a rule of whose last 50 holds more than 40 went out unchanged, once', async () => {
    await start();
    await decide(9, 'reject');
    await decide(40);
    expect(await ofReview()).toMatchObject({ of: 49, approved: 40, isDue: false });
    expect(await told()).toEqual([]);
    await decide(1);
    expect(await ofReview()).toMatchObject({
      ...{ rule: 'oversight', of: 50, approved: 41, rejected: 9, isDue: true },
      places: [{ mailbox: MARKETING, category: 'marketing', approved: 41, of: 50 }],
      proposal: {
        option: `mailboxes: ${MARKETING}`,
        change: expect.stringContaining("oversight: { marketing: 'monitored' }"),
      },
    });
    const event = { rule: 'oversight', code: 'REVIEW_REQUIRED', approved: 41, of: 50 };
    expect(await told()).toEqual([event]);
    await decide(1);
    expect(await told()).toEqual([event]);
    // Exactly 80 % is not more; when it is again, that is news.
    await decide(10, 'reject');
    expect(await ofReview()).toMatchObject({ isDue: false });
    expect(await told()).toEqual([event]);
  });

  it('counts against it what was edited, and what nobody decided on in time', async () => {
    await start();
    const edit = { subject: 'Better' };
    await reviewer.decide(await hold(), 'approve', { edit });
    await decide(1);
    await hold();
    world.clock.now += 6 * 86_400_000;
    await world.warden.tick();
    expect(await ofReview()).toMatchObject({ of: 3, approved: 1, edited: 1, expired: 1 });
  });

  it('counts a decision on a group as one, and a hold for a missing fact not at all', async () => {
    await start();
    for (const name of ['ana', 'ben', 'cem', 'dora']) {
      await world.agent().send({ to: `${name}@example.com`, subject: 'News', body: 'Hello' });
    }
    const { groups } = await reviewer.listGroups();
    const { id, review } = await reviewer.showGroup(groups[0]?.id ?? '');
    await reviewer.decideGroup(id, 'approve', { review });
    await reviewer.decideGroup(id, 'approve', { review });
    expect(await reviewer.listRuleFeedback()).toMatchObject([
      { code: 'REVIEW_REQUIRED', of: 1, approved: 1, isDue: false },
    ]);
  });
});
