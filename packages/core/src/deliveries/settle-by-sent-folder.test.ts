import type { KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import type { Context } from '../context.ts';
import { recordOutcomes } from '../dispatch/record-outcome.ts';
import { sweep } from '../dispatch/sweep.ts';
import { ingest } from '../inbound/ingest.ts';
import type { Storage, Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

describe.each(databases)('a copy in the Sent folder on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const insert = (state: 'unknown' | 'sending' | 'sent', lease_until: number | null = null) =>
    world.insertSent({ delivery: { state, lease_until, sent_at: null } });
  const copy = (internetMessageId: string, sent: boolean) =>
    ingest(
      world.ctx,
      world.mailbox,
      `From: support@acme.example\nMessage-ID: <${internetMessageId}>\n\nHi\n`,
      { quarantine: false, sent },
    );
  const states = async () => {
    const rows = await world.ctx.storage.db
      .selectFrom('delivery')
      .select(['state', 'reason_code'])
      .orderBy('id')
      .execute();
    return rows.map(({ state, reason_code }) => `${state} ${reason_code}`).sort();
  };

  it('settles what was unknown; in another folder it does not', async () => {
    const { internetMessageId } = await insert('unknown');
    await copy(internetMessageId, false);
    expect(await states()).toEqual(['unknown SENT']);
    await copy(internetMessageId, true);
    expect(await states()).toEqual(['sent FOUND_IN_SENT']);
  });

  it('that was seen before the worker was known to be gone settles it then', async () => {
    const { internetMessageId } = await insert('sending', 1);
    await copy(internetMessageId, true);
    expect(await states()).toEqual(['sending SENT']);
    await sweep(world.ctx);
    expect(await states()).toEqual(['sent FOUND_IN_SENT']);
  });

  it('settles both of one message when two workers give up at the same moment', async () => {
    const { id } = await world.insertSent({
      message: { in_sent_folder: 1 },
      delivery: { id: 'd1', state: 'sending', lease_until: 1, sent_at: null },
    });
    const { storage } = world.ctx;
    const one = await storage.db.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
    const two = { ...one, id: 'd2', recipient: 'ben@example.com', recipient_exact: 'ben' };
    await storage.unit((tx) => tx.insertInto('delivery').values(two).execute());
    const meet = createMeeting(storage.capabilities.supportsRowLocks ? 2 : 1);
    // Each holds its own delivery before it asks for both: a deadlock, which PostgreSQL ends.
    const ctx = { ...world.ctx, storage: afterFirst(storage, meet) };
    await Promise.all([one, two].map((delivery) => giveUp(ctx, delivery)));
    expect(await states()).toEqual(['sent FOUND_IN_SENT', 'sent FOUND_IN_SENT']);
    const ended = await storage.db.selectFrom('attempt').select('outcome').execute();
    expect(ended).toEqual([{ outcome: 'unknown' }, { outcome: 'unknown' }]);
    expect(id).toBe(one.message_id);
  });

  it('of a message that was sent to somebody else says nothing', async () => {
    const { id, internetMessageId } = await insert('sent');
    const { storage } = world.ctx;
    const row = await storage.db.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
    const other = { ...row, id: 'other', message_id: id, state: 'unknown' as const };
    await storage.unit((tx) => tx.insertInto('delivery').values(other).execute());
    await copy(internetMessageId, true);
    expect(await states()).toEqual(['sent SENT', 'unknown SENT']);
  });
});

/** The worker's connection broke after the message. */
function giveUp(ctx: Context, delivery: Delivery): Promise<void> {
  const attempt = {
    ...{ tenant: delivery.tenant, id: `a-${delivery.id}`, delivery_id: delivery.id, number: 1 },
    ...{ fence: delivery.fence, worker: 'w', started_at: 1, ended_at: null, phase: null },
    ...{ outcome: null, host: null, bytes_sha256: 'hash' },
    ...{ reply_code: null, reply_enhanced: null, reply_text: null },
  };
  const result = { phase: 'unknown', accepted: [], rejected: [] } as const;
  const begun = [{ delivery, attempt }];
  return recordOutcomes(ctx, [{ worker: 'w', begun, outcomes: new Map(), result }]);
}

/** Resolves for everybody once so many wait. */
function createMeeting(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let waiting = 0;
  return () => {
    waiting += 1;
    if (waiting >= size) resolve();
    return promise;
  };
}

/** Storage whose units wait after their first statement. */
function afterFirst(storage: Storage, wait: () => Promise<void>): Storage {
  const plugin = (): KyselyPlugin => ({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await wait();
      return result;
    },
  });
  return new Proxy(storage, {
    get(target, name) {
      if (name === 'unit') {
        return <T>(work: (tx: Tx) => Promise<T>) =>
          target.unit((tx) => work(tx.withPlugin(plugin())));
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
