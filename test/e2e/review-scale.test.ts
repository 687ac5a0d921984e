import type { AgentHandle, GroupDecision, Mailwarden } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

/** Held messages; 5,000 take minutes, so ask for them: REVIEW_SCALE=5000. */
const SIZE = Number(process.env.REVIEW_SCALE ?? 240);
const DECIDERS = 20;
const KINDS = [
  'have a look at https://acme.example/p/1 today.',
  'your seats are ready.',
  'we moved your project to the new editor.',
] as const;

describe.each(databases)('many held messages on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  const hold = async (agent: AgentHandle) => {
    const numbers = Array.from({ length: SIZE }, (_, number) => number).values();
    const work = async () => {
      for (const number of numbers) {
        const { status } = await agent.send({
          to: `person-${number}@example.com`,
          subject: `News for you (${number})`,
          body: `Hi Person,\n\n${KINDS[number % KINDS.length]}\n\nRef ${number}`,
        });
        if (status !== 'held') throw new Error(status);
      }
    };
    await Promise.all(Array.from({ length: 20 }, work));
  };

  it(`P4: ${SIZE} messages in three groups; of ${DECIDERS} decisions at once each is decided once`, async () => {
    world = await openWorld(open, {
      mailbox: { oversight: 'gated_send' },
      budgets: { sendsPerRun: SIZE, sendsPerDay: SIZE, firstContactsPerDay: SIZE },
    });
    const { warden, another } = world;
    await hold(world.agent('bot', { mailboxes: [MARKETING] }));
    const wardens: readonly Mailwarden[] = [warden, await another()];
    const { groups } = await warden.reviewer('lead').listGroups();
    expect(groups.map(({ count }) => count)).toEqual(
      KINDS.map((_, kind) => Math.ceil((SIZE - kind) / KINDS.length)),
    );
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const decide = async (index: number): Promise<GroupDecision> => {
      const reviewer = (wardens[index % 2] ?? warden).reviewer(`person ${index}`);
      const { id } = groups[index % groups.length] ?? { id: '' };
      const { review } = await reviewer.showGroup(id, { sample: 5 });
      return reviewer.decideGroup(id, 'approve', { review });
    };
    // One person decides alone first, so that the figures say what one decision costs.
    const first = await decide(0);
    const alone = performance.now() - started;
    const decisions = await Promise.all(
      Array.from({ length: DECIDERS }, (_, index) =>
        decide(index + 1).catch((error: { code: string }) => error.code),
      ),
    );
    const megabytes = Math.round((process.memoryUsage().rss - before) / 1e6);
    process.stdout.write(
      `${first.items.length} in one group: ${Math.round(alone)} ms; ` +
        `${DECIDERS} more decisions: ${Math.round(performance.now() - started - alone)} ms; ` +
        `+${megabytes} MB\n`,
    );
    // Whoever came too late finds nothing that waits.
    for (const late of decisions.filter((each) => typeof each === 'string')) {
      expect(['GROUP_NOT_FOUND', 'REVISION_CONFLICT']).toContain(late);
    }
    const done = [first, ...decisions].flatMap((each) =>
      typeof each === 'string' ? [] : each.items,
    );
    const approved = done.flatMap(({ result, messageId }) =>
      result === 'decided' ? messageId : [],
    );
    expect(approved).toHaveLength(SIZE);
    expect(new Set(approved).size).toBe(SIZE);
    for (const { result, code } of done) {
      if (result !== 'decided') expect([result, code]).toEqual(['fell_out', 'NOT_PENDING']);
    }
    const { pending, held, candidates } = await warden.system().accounting();
    expect({ pending, held, candidates }).toEqual({ pending: SIZE, held: 0, candidates: SIZE });
  }, 1_800_000);
});
