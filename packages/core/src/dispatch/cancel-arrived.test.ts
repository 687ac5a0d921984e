import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { beginAttempts } from './begin-attempt.ts';

describe.each(databases)('a resend that is about to be sent on $name', ({ open }) => {
  let world: ContextWorld;
  let first: Delivery;
  beforeEach(async () => {
    world = await openContextWorld(open);
    const { deliveryId } = await world.insertSent({ delivery: { state: 'unknown' } });
    first = await read(deliveryId);
  });
  afterEach(() => world.close());

  const read = (id: string) =>
    world.ctx.storage.db
      .selectFrom('delivery')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();

  /** One that this worker has claimed, with a place under the mailbox's limit. */
  async function claim(id = 'resend', given: Partial<Delivery> = {}): Promise<Delivery> {
    const at = world.ctx.now();
    const row: Delivery = {
      ...{ ...first, id, resend_of: first.id, state: 'claimed' },
      ...{ lease_owner: 'w', lease_until: Date.now() + 60_000, sent_at: null, created_at: at },
      ...given,
    };
    await world.ctx.storage.unit(async (tx) => {
      await tx.insertInto('delivery').values(row).execute();
      const place = { tenant: row.tenant, id: `place-${id}`, kind: 'wire:mailbox', at };
      await tx
        .insertInto('reservation')
        .values({ ...place, subject: row.mailbox, delivery_id: id })
        .execute();
    });
    return row;
  }
  const begin = (deliveries: readonly Delivery[]) =>
    beginAttempts(world.ctx, 'w', [
      { deliveries, built: { sha256: 'hash', date: world.ctx.now() }, host: null },
    ]);
  const hear = (change: Partial<Delivery>) =>
    world.ctx.storage.unit((tx) =>
      tx.updateTable('delivery').set(change).where('id', '=', first.id).execute(),
    );
  const places = () =>
    world.ctx.storage.db.selectFrom('reservation').select('delivery_id').execute();

  it('P6: ends when the first one arrived since the claim, and its place is free', async () => {
    const claimed = await claim();
    await hear({ state: 'sent' });
    expect(await begin([claimed])).toEqual([[]]);
    expect(await read(claimed.id)).toMatchObject({
      ...{ state: 'cancelled', reason_code: 'FIRST_ONE_ARRIVED', attempts: first.attempts },
    });
    expect(await places()).toEqual([]);
  });

  it('P6: ends when somebody unsubscribed by the first one since the claim', async () => {
    const claimed = await claim();
    world.clock.now += 1;
    await hear({ unsubscribed_at: world.clock.now });
    expect(await begin([claimed])).toEqual([[]]);
    expect(await read(claimed.id)).toMatchObject({ state: 'cancelled' });
  });

  it('is sent when nothing was heard since it was ordered, or of somebody else', async () => {
    await hear({ replied_at: world.clock.now - 1 });
    const claimed = await claim();
    const other = await claim('other', SOMEBODY_ELSE);
    await hear({ state: 'sent' });
    const [begun = []] = await begin([other]);
    expect(begun.map(({ delivery }) => delivery.id)).toEqual([other.id]);
    await hear({ state: 'unknown' });
    expect((await begin([claimed])).flat()).toHaveLength(1);
    expect(await places()).toHaveLength(2);
  });

  it('leaves the others of its message alone', async () => {
    const claimed = await claim();
    const other = await claim('other', SOMEBODY_ELSE);
    await hear({ state: 'sent' });
    const [begun = []] = await begin([claimed, other]);
    expect(begun.map(({ delivery }) => delivery.id)).toEqual([other.id]);
  });
});

const SOMEBODY_ELSE = { recipient_exact: 'other', resend_of: 'another' } as const;
