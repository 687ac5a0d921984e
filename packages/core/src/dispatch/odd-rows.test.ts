import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import type { Context } from '../context.ts';
import type { SendFacts } from '../policy/facts.ts';
import type { NewMessage } from '../storage/tables/message.ts';
import { claimMessages } from './claim-messages.ts';
import { giveBack } from './give-back.ts';
import { reconsiderHeld } from './reconsider-held.ts';
import { sweep } from './sweep.ts';
import { takeDue } from './take-due.ts';
import { workBatch } from './work-batch.ts';

const PARKED = { state: 'held', parked: 1, sent_at: null, fence: 0, attempts: 0 } as const;
const QUEUED = { ...PARKED, state: 'queued', parked: 0 } as const;
const DEFERRED = { ...QUEUED, state: 'deferred' } as const;

describe.each(databases)('a batch of deliveries on $name', ({ name, open }) => {
  let world: ContextWorld;
  let ctx: Context;
  let errors: unknown[];
  let seen: SendFacts[];

  beforeEach(async () => {
    const transport = {
      maxConnections: 1,
      send: () => Promise.reject(new Error('Nothing is sent here.')),
      verify: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    world = await openContextWorld(open, { mailbox: { transport } });
    errors = [];
    seen = [];
    const spy = (facts: SendFacts) => {
      seen.push(facts);
      return [];
    };
    const rules = [{ id: 'spy', version: '1', evaluate: spy }];
    ctx = {
      ...world.ctx,
      policy: { ...world.ctx.policy, rules },
      report: (error) => void errors.push(error),
    };
  });
  afterEach(() => world.close());

  /** One message, due a little later than the one before it. */
  const insert = async (
    delivery: typeof PARKED | typeof QUEUED | typeof DEFERRED,
    message: Partial<NewMessage>,
  ) => {
    const due_at = ctx.now() - 1_000 + (await deliveries()).length;
    const { id } = await world.insertSent({ message, delivery: { ...delivery, due_at } });
    return id;
  };
  const addRecipients = async (messageId: string, count: number) => {
    const [row] = (await deliveries()).filter((each) => each.message_id === messageId);
    if (row === undefined) return;
    const ids = Array.from({ length: count }, (_, at) => `${row.id.slice(0, -2)}_${at}`);
    const rows = ids.map((id) => ({ ...row, id }));
    await ctx.storage.unit((tx) => tx.insertInto('delivery').values(rows).execute());
  };
  const deliveries = () => ctx.storage.db.selectFrom('delivery').selectAll().execute();
  const statesOf = async (id: string) =>
    (await deliveries())
      .filter((row) => row.message_id === id)
      .map(({ state, reason_code }) => (state === 'held' ? `held ${reason_code}` : state));
  const hold = (id: string): Promise<{ release(): Promise<void> }> => {
    const { promise: held, resolve: isHeld } = Promise.withResolvers<void>();
    const { promise: free, resolve: release } = Promise.withResolvers<void>();
    const unit = ctx.storage.unit(async (tx) => {
      await tx.selectFrom('delivery').select('id').where('id', '=', id).forUpdate().execute();
      isHeld();
      await free;
    });
    return held.then(() => ({
      release: () => {
        release();
        return unit;
      },
    }));
  };

  it('looks at all held recipients of a message again, wherever the batch ends', async () => {
    const id = await insert(PARKED, {});
    await addRecipients(id, 2);
    expect(await reconsiderHeld(ctx, 1)).toBe(3);
    expect(seen.map(({ recipients }) => recipients.length)).toEqual([3]);
    expect(await statesOf(id)).toEqual(['queued', 'queued', 'queued']);
  });

  it('P2: holds by itself what it cannot look at again, and goes on with the others', async () => {
    const damaged = await insert(PARKED, { headers: 'not JSON' });
    const broken = await insert(PARKED, { attachments: 'null' });
    const good = await insert(PARKED, {});
    expect(await reconsiderHeld(ctx, 10)).toBe(1);
    expect(await statesOf(damaged)).toEqual(['held MESSAGE_UNREADABLE']);
    expect(await statesOf(broken)).toEqual(['held DECISION_FAILED']);
    expect(await statesOf(good)).toEqual(['queued']);
    expect(errors).toHaveLength(2);
  });

  it('tries a decision that failed again by itself, and tells of it once', async () => {
    const id = await insert(PARKED, { attachments: 'null' });
    const events = async () =>
      (await ctx.storage.db.selectFrom('event').selectAll().execute()).length;
    await reconsiderHeld(ctx, 10);
    const told = await events();
    world.clock.now += 60_000;
    await reconsiderHeld(ctx, 10);
    expect(await events()).toBe(told);
    expect(errors).toHaveLength(2);
    await ctx.storage.unit((tx) => tx.updateTable('message').set({ attachments: '[]' }).execute());
    world.clock.now += 60_000;
    expect(await reconsiderHeld(ctx, 10)).toBe(1);
    expect(await statesOf(id)).toEqual(['queued']);
  });

  it('P2: claims the others when one cannot be decided on', async () => {
    const broken = await insert(QUEUED, { attachments: 'null' });
    const good = await insert(QUEUED, {});
    const { results, looked } = await claimMessages(ctx, 'w', 10);
    expect(results.map(({ message }) => message.id)).toEqual([good]);
    expect(looked).toBe(2);
    expect(await statesOf(broken)).toEqual(['held DECISION_FAILED']);
    expect(errors).toHaveLength(1);
  });

  it('P2: holds deferred mail that cannot be decided on, and claims what is behind it', async () => {
    const broken = await insert(DEFERRED, { attachments: 'null' });
    const good = await insert(DEFERRED, {});
    const { results, looked } = await claimMessages(ctx, 'w', 10);
    expect(results.map(({ message }) => message.id)).toEqual([good]);
    expect(looked).toBe(2);
    expect(await statesOf(broken)).toEqual(['held DECISION_FAILED']);
  });

  it('does not count as looked at what could not be put away', async () => {
    await insert(QUEUED, {});
    const { results, looked } = await workBatch<never>(
      ctx,
      {
        take: (tx, limit) => takeDue(tx, ctx, limit),
        decide: () => Promise.reject(new Error('Nobody can decide on it.')),
        setAside: () => Promise.resolve(false),
      },
      10,
    );
    expect({ results, looked }).toEqual({ results: [], looked: 0 });
    expect(errors).toHaveLength(1);
  });

  it('gives whoever looks at a damaged message the whole time for it', async () => {
    const spent = { review_expires_at: ctx.now() - 1, review_warned: 1 } as const;
    const id = await insert(QUEUED, { ...spent, headers: 'not JSON' });
    await claimMessages(ctx, 'w', 10);
    await sweep(ctx);
    expect(await statesOf(id)).toEqual(['held MESSAGE_UNREADABLE']);
    const row = await ctx.storage.db.selectFrom('message').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      review_expires_at: ctx.now() + ctx.settings.reviewExpiry,
      review_warned: 0,
    });
  });

  it('cancels what waits of a message whose content was erased', async () => {
    const id = await insert(PARKED, { erased_at: 1 });
    expect(await reconsiderHeld(ctx, 10)).toBe(1);
    expect(await statesOf(id)).toEqual(['cancelled']);
  });

  it('leaves held mail alone that a newer policy decided on, or whose mailbox it has not', async () => {
    const newer = await insert(PARKED, {});
    const foreign = await insert(PARKED, {});
    await ctx.storage.unit(async (tx) => {
      const change = tx.updateTable('delivery').where('state', '=', 'held');
      await change.set({ policy_epoch: 2 }).where('message_id', '=', newer).execute();
      const mailbox = 'other@acme.example';
      await change.set({ mailbox }).where('message_id', '=', foreign).execute();
    });
    const mine = await insert(PARKED, {});
    expect(await reconsiderHeld(ctx, 1)).toBe(1);
    expect(await statesOf(mine)).toEqual(['queued']);
  });

  it.each(['held', 'queued'] as const)(
    'P2: decides on %s mail with all that the request saw',
    async (state) => {
      const findings = [{ name: 'X-Evil', problem: 'not_allowed' }];
      await insert(state === 'held' ? PARKED : QUEUED, {
        requested_category: 'transactional',
        header_findings: JSON.stringify(findings),
      });
      await (state === 'held' ? reconsiderHeld(ctx, 1) : claimMessages(ctx, 'w', 1));
      expect(seen.map(({ content }) => content)).toMatchObject([
        { requestedCategory: 'transactional', headerFindings: findings },
      ]);
    },
  );

  if (name === 'postgres') {
    it('leaves a message whole that is held in part', async () => {
      const id = await insert(PARKED, {});
      await addRecipients(id, 1);
      const [one] = await deliveries();
      const { release } = await hold(one?.id ?? '');
      expect(await reconsiderHeld(ctx, 10)).toBe(0);
      await release();
      expect(await reconsiderHeld(ctx, 10)).toBe(2);
    });
  }

  if (name === 'postgres') {
    it('gives back what nobody holds, and waits for nobody', async () => {
      const [mine, theirs] = [await insert(QUEUED, {}), await insert(QUEUED, {})];
      await claimMessages(ctx, 'w', 10);
      const row = (await deliveries()).find(({ message_id }) => message_id === theirs);
      const { release } = await hold(row?.id ?? '');
      await giveBack(ctx, 'w');
      expect(await statesOf(mine)).toEqual(['queued']);
      expect(await statesOf(theirs)).toEqual(['claimed']);
      await release();
    });
  }
});
