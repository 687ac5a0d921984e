import type { KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { parseAddress } from '../identity/address.ts';
import { smtp } from '../smtp.ts';
import { goesFirst, loadFrequencyFacts } from './load-frequency-facts.ts';

const PEOPLE = 1_000;
const HOUR = 3_600_000;

describe.each(databases)('what people had of late on $name', ({ open }) => {
  let world: ContextWorld;

  beforeEach(async () => {
    world = await openContextWorld(open, {
      mailbox: { transport: smtp('smtp://127.0.0.1:2525') },
    });
  });
  afterEach(() => world.close());

  it('is asked of 1,000 people in three statements', async () => {
    const { ctx, mailbox, clock } = world;
    const addresses = Array.from({ length: PEOPLE }, (_, index) =>
      parseAddress(`p${index}@example.com`),
    );
    const reservation = {
      ...{ tenant: 'default', kind: 'wire:recipient', sender_id: 'acme', category: 'marketing' },
      topic: 'news',
    };
    const rows = addresses.flatMap((address, index) =>
      [1, 30, 24 * 8].map((hours) => ({
        ...reservation,
        ...{ id: `r${index}-${hours}`, delivery_id: `d${index}-${hours}` },
        ...{ subject: ctx.keys.identify(address).canonical, at: clock.now - hours * HOUR },
      })),
    );
    await ctx.storage.unit(async (tx) => {
      for (let at = 0; at < rows.length; at += 500) {
        await tx
          .insertInto('reservation')
          .values(rows.slice(at, at + 500))
          .execute();
      }
    });
    let statements = 0;
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => {
        statements += 1;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    const question = { phase: 'claim', mailbox, category: 'marketing', deliveries: [] } as const;
    const facts = await loadFrequencyFacts(
      ctx.storage.db.withPlugin(counting),
      ctx,
      question,
      addresses,
    );
    expect(statements).toBe(3);
    expect(facts.length).toBe(PEOPLE);
    // What is older than the longest window is not read.
    expect(facts.map(({ frequency }) => frequency?.had.length)).toEqual(addresses.map(() => 2));
    expect(facts[0]?.frequency?.had[0]).toMatchObject({ senderId: 'acme', topic: 'news' });
  });

  it('says nothing about mail that no cap covers to people without wishes', async () => {
    const { ctx, mailbox } = world;
    const question = {
      phase: 'claim',
      mailbox,
      category: 'conversational',
      deliveries: [],
    } as const;
    const [facts] = await loadFrequencyFacts(ctx.storage.db, ctx, question, [
      parseAddress('ana@example.com'),
    ]);
    expect(facts).toEqual({});
  });
});

describe('who goes first', () => {
  it('is a total order: priority, then age', () => {
    const all = [
      { id: 'b', priority: 5 },
      { id: 'a', priority: 5 },
      { id: 'c', priority: 9 },
    ];
    expect(all.toSorted((a, b) => (goesFirst(a, b) ? -1 : 1)).map(({ id }) => id)).toEqual([
      'c',
      'a',
      'b',
    ]);
    expect(goesFirst({ id: 'a', priority: 5 }, { id: 'a', priority: 5 })).toBe(false);
  });
});
