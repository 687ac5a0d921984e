import type { AgentHandle, SendEmailInput, SendOutcome, TemplateOptions } from '@mailwarden/core';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { approveTemplate } from '../support/approve-template.ts';
import { collect } from '../support/collect.ts';
import { databases } from '../support/databases.ts';
import { describeSends } from '../support/describe-sends.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const SHIPPED: TemplateOptions = {
  id: 'shipped',
  category: 'transactional',
  subject: 'Your order {{ order }} is on its way',
  body: 'Hello,\n\nyour order {{ order }} left today.',
  variables: { order: 'text' },
};

const OFFER = {
  ...{ id: 'spring', price: { amount: 7, currency: 'USD' } },
  ...{ startsAt: '2026-03-01T00:00:00Z', endsAt: '2026-03-31T00:00:00Z' },
};

/** Few of everything, so that they meet: people, keys, texts, budgets. */
const people = [
  ...['ana@example.com', 'ana+1@example.com', 'ben@example.com', 'eva@example.com'],
  ...['fay@gmail.com', 'kim@acme.example', 'rel@example.com', 'rex@example.com'],
  ...['suppressed@example.com', 'erased@example.com', 'someone@example.de', 'not an address'],
];
const bodies = [
  'Hello there',
  'We have news',
  'Hello there',
  'It costs $5 today only',
  'Only $7 until March 31',
  '',
];

/** One in `times`. */
const maybe = <T>(arbitrary: fc.Arbitrary<T>, times = 2) =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const message = fc.record({
  to: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...people) },
    { weight: 1, arbitrary: fc.subarray(people.slice(0, 4), { minLength: 2 }) },
  ),
  cc: maybe(fc.constantFrom('ben@example.com'), 12),
  mailbox: fc.constantFrom(MARKETING, MARKETING, MARKETING, SUPPORT),
  subject: fc.constantFrom('News', 'News', 'More news'),
  body: fc.constantFrom(...bodies),
  category: fc.constantFrom('marketing' as const, 'marketing' as const, undefined),
  topic: maybe(fc.constantFrom('news')),
  campaign: maybe(fc.constantFrom('spring', 'summer')),
  tags: maybe(fc.constantFrom('vip', 'lead', 'lead'), 3),
  idempotencyKey: maybe(fc.constantFrom('k1', 'k2', 'k3'), 3),
  oversightMode: maybe(fc.constant('gated_send' as const), 10),
  sendAt: maybe(fc.constant('2026-03-09T09:00:00Z'), 8),
  priority: maybe(fc.integer({ min: 0, max: 11 }), 6),
});
const receipt = fc.record({
  to: fc.constantFrom('ana@example.com', 'ben@example.com'),
  mailbox: fc.constant(SUPPORT),
  template: fc.constant('shipped'),
  variables: fc.record({ order: fc.constantFrom('A1', 'A2') }),
});
const odd = fc.constantFrom(
  null,
  { to: 'ana@example.com', subject: 'S', body: 'B', unknown: 1 },
  { to: 'ana@example.com', template: 'none' },
  { to: 'ana@example.com', subject: 'S', body: 'B', attachments: ['a'] },
);
const batch = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: message },
    { weight: 2, arbitrary: receipt },
    { weight: 1, arbitrary: odd },
  ),
  { minLength: 1, maxLength: 14 },
) as unknown as fc.Arbitrary<readonly SendEmailInput[]>;

describe.each(databases)('sending many on $name', ({ open }) => {
  const worlds: WardenWorld[] = [];
  afterEach(async () => {
    await Promise.all(worlds.splice(0).map((world) => world.close()));
  });

  const start = async (): Promise<WardenWorld> => {
    const world = await openWorld(open, {
      templates: [SHIPPED],
      audience: { unknownCountry: 'US' },
      internalDomains: ['acme.example'],
      budgets: { sendsPerRun: 9, sendsPerDay: 40, firstContactsPerDay: 25 },
      offers: [OFFER],
      mailbox: {
        dailyLimit: 3,
        tighten: [{ when: { firstOf: 'campaign', tag: 'vip' }, to: 'gated_send' }],
      },
    });
    worlds.push(world);
    const system = world.warden.system();
    await system.suppress('suppressed@example.com', { scope: 'marketing' });
    await system.erasePerson('erased@example.com', { reason: 'Request 1' });
    for (const related of ['rel@example.com', 'rex@example.com']) {
      await system.recordRelationship({ address: related, kind: 'customer' });
    }
    await approveTemplate(world.warden.reviewer('ops'), 'shipped');
    return world;
  };

  it('P7: decides, reserves and records what send would one by one', async () => {
    const [alone, together] = [await start(), await start()];
    let round = 0;
    await fc.assert(
      fc.asyncProperty(batch, fc.integer({ min: 0, max: 700_000 }), async (inputs, later) => {
        round += 1;
        for (const world of [alone, together]) world.clock.now += later;
        const options = { mailboxes: [MARKETING, SUPPORT], onBehalfOf: 'ana' };
        const agent = (world: WardenWorld): AgentHandle => {
          return world.agent('bot', round % 3 === 0 ? options : { ...options, run: `r${round}` });
        };
        const expected: SendOutcome[] = [];
        for (const input of inputs) expected.push(await sendOne(agent(alone), input));
        const outcomes = await collect(agent(together).sendMany(inputs));
        const [found, wanted] = [
          await describeSends(together, outcomes),
          await describeSends(alone, expected),
        ];
        expect(found.outcomes).toEqual(wanted.outcomes);
        expect(found.tables).toEqual(wanted.tables);
      }),
      // The second one opens a task, after the first was queued.
      {
        numRuns: 8,
        endOnFailure: true,
        examples: [[[spring('ben@example.com'), spring('someone@example.de')], 0]],
      },
    );
  }, 120_000);
});

const spring = (to: string) => ({
  ...{ mailbox: MARKETING, to, subject: 'News', body: 'We have news' },
  ...({ category: 'marketing', topic: 'news', campaign: 'spring' } as const),
});

/** What is no call at all throws; of many it is an outcome. */
async function sendOne(agent: AgentHandle, input: SendEmailInput): Promise<SendOutcome> {
  try {
    return await agent.send(input);
  } catch {
    const [outcome] = await collect(agent.sendMany([input]));
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  }
}
