import type { Mailwarden } from '@mailwarden/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const RUNS = 2;
const DOMAINS = ['one.example', 'two.example', 'gmail.com', 'googlemail.com'];
const MANY = { sendsPerRun: 10_000, sendsPerDay: 10_000, firstContactsPerDay: 10_000 };

interface Limit {
  readonly max: number;
  readonly per: number;
  readonly burst: number;
}

interface Story {
  readonly mailbox: Limit;
  readonly domain: Limit;
  readonly provider: Limit;
  readonly steps: readonly Step[];
}

/** Some mail from one mailbox to the domains, then a while, then all workers at once. */
interface Step {
  readonly from: string;
  readonly to: readonly number[];
  readonly wait: number;
}

/** One mail, and when the server had it. */
interface Sent {
  readonly at: number;
  readonly from: string;
  readonly domain: string;
}

const limit = fc.record({
  max: fc.integer({ min: 1, max: 4 }),
  per: fc.constantFrom(700, 1_000, 10_000),
  burst: fc.integer({ min: 1, max: 5 }),
});
const story: fc.Arbitrary<Story> = fc.record({
  ...{ mailbox: limit, domain: limit, provider: limit },
  steps: fc.array(
    fc.record({
      from: fc.constantFrom(MARKETING, SUPPORT),
      to: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 }),
      wait: fc.integer({ min: 0, max: 5_000 }),
    }),
    { minLength: 3, maxLength: 5 },
  ),
});

describe.each(databases)('throttles under three workers on $name', ({ name, open }) => {
  it('P7: are kept in every window, and nothing is left behind', async () => {
    let total = 0;
    await fc.assert(
      fc.asyncProperty(story, async (given) => {
        const sent = await tell(await openStory(given), given);
        judge(sent, ({ from }) => from, given.mailbox);
        judge(sent, ({ domain }) => domain, given.domain);
        judge(sent, ({ domain }) => (domain.endsWith('mail.com') ? 'gmail' : undefined), {
          ...given.provider,
        });
        expect(sent).toHaveLength(given.steps.flatMap(({ to }) => to).length);
        total += sent.length;
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    process.stdout.write(`${name}: ${RUNS} stories, ${total} mails, no window overfull\n`);
  }, 240_000);

  function openStory({ mailbox, domain, provider }: Story): Promise<WardenWorld> {
    return openWorld(open, {
      budgets: MANY,
      dispatch: {
        throttle: {
          ...{ mailbox: { each: mailbox }, domain: { each: domain } },
          provider: { only: { gmail: provider } },
        },
      },
    });
  }

  async function tell(world: WardenWorld, { steps }: Story): Promise<readonly Sent[]> {
    const wardens = [world.warden, await world.another(), await world.another()];
    const sent: Sent[] = [];
    let person = 0;
    for (const { from, to, wait } of steps) {
      const people = to.map((at) => {
        person += 1;
        return `p${person}@${DOMAINS[at]}`;
      });
      await world.agent('bot', { mailboxes: [from], run: 'r' }).send({
        ...{ to: people, subject: 'News', body: `Hello ${person}` },
      });
      await work(world, wardens, sent);
      world.clock.now += wait;
    }
    // Whoever waits goes out at the time that the database says, and not once before.
    for (let look = 0; look < 200; look += 1) {
      await work(world, wardens, sent);
      const next = await nextDue(world);
      if (next === undefined) break;
      world.clock.now = Math.max(world.clock.now, next);
    }
    expect(world.errors).toEqual([]);
    await world.close();
    return sent;
  }
});

async function work(
  world: WardenWorld,
  wardens: readonly Mailwarden[],
  sent: Sent[],
): Promise<void> {
  await Promise.all(wardens.map((warden) => warden.tick()));
  for (const { envelope } of world.sink.messages.slice(sent.length)) {
    const domain = envelope.rcptTo[0]?.split('@')[1] ?? '';
    sent.push({ at: world.clock.now, from: envelope.mailFrom, domain });
  }
}

async function nextDue(world: WardenWorld): Promise<number | undefined> {
  const storage = await world.database.again().open();
  const row = await storage.db
    .selectFrom('delivery')
    .select('due_at')
    .where('state', 'in', ['deferred', 'queued'])
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  await storage.close();
  return row?.due_at;
}

/** At most `burst + max × t / per` in any window of `t`. */
function judge(
  all: readonly Sent[],
  keyOf: (one: Sent) => string | undefined,
  { max, per, burst }: Limit,
): void {
  for (const [key, sent] of Map.groupBy(all, keyOf)) {
    if (key === undefined) continue;
    for (const [first, { at: from }] of sent.entries()) {
      for (let last = first; last < sent.length; last += 1) {
        const window = (sent[last]?.at ?? 0) - from;
        const most = burst + (max * window) / per + 1e-6;
        expect({ key, window, count: last - first + 1, most }).toSatisfy(
          (seen: { count: number }) => seen.count <= most,
        );
      }
    }
  }
}
