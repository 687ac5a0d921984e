import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import type { Storage, Tx } from '../storage/database.ts';
import { pauseMail } from './pause-mail.ts';
import { resumeMail } from './resume-mail.ts';
import { finishResuming } from './wake-paused.ts';

const DAY = 86_400_000;
const SYSTEM = { kind: 'system' } as const;

describe.each(databases)('the end of a pause on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const defer = () =>
    world.insertSent({
      delivery: {
        ...{ state: 'deferred', reason_code: 'MAILBOX_PAUSED', sent_at: null },
        due_at: world.clock.now + DAY,
      },
    });
  const dueAt = async (id: string) => {
    const row = await world.ctx.storage.db
      .selectFrom('delivery')
      .select('due_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row.due_at;
  };

  it('is not forgotten with one before it that another process is still waking', async () => {
    const { ctx, mailbox } = world;
    await pauseMail(ctx, SYSTEM, mailbox.address, 'odd bounces');
    const early = await defer();
    const again = async () => {
      await pauseMail(ctx, SYSTEM, mailbox.address, 'odd bounces again');
      await ctx.storage.unit((tx) => tx.updateTable('pause').set({ resuming: 1 }).execute());
    };
    // Paused and ended again between the end of the first and its first batch.
    const storage = beforeSecond(ctx.storage, again);
    expect(await resumeMail({ ...ctx, storage }, SYSTEM, mailbox.address)).toBe(true);
    const late = await defer();
    await finishResuming(ctx);
    expect(await dueAt(early.deliveryId)).toBe(world.clock.now);
    expect(await dueAt(late.deliveryId)).toBe(world.clock.now);
    expect(await ctx.storage.db.selectFrom('pause').selectAll().execute()).toEqual([]);
  });
});

/** Storage that does something between the first unit of work and the second. */
function beforeSecond(storage: Storage, act: () => Promise<void>): Storage {
  let units = 0;
  return new Proxy(storage, {
    get(target, name) {
      if (name === 'unit') {
        return async <T>(work: (tx: Tx) => Promise<T>) => {
          units += 1;
          if (units === 2) await act();
          return target.unit(work);
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
