import type { Storage } from '../../packages/core/src/storage/database.ts';
import type { TestDatabase } from '../support/databases.ts';

/** Everything of a database that a fault could leave half-written. */
export interface StoredCounts {
  readonly message: number;
  readonly delivery: number;
  readonly attempt: number;
  readonly reservation: number;
  readonly approval: number;
  readonly contact: number;
  readonly tag: number;
  readonly event: number;
}

/** Looks into a database below every handle; opened once, closed by the database's `dispose`. */
export interface Stored {
  readonly storage: Storage;
  counts(): Promise<StoredCounts>;
  deliveries(): Promise<readonly { state: string; code: string; reason: string; fence: number }[]>;
  attempts(): Promise<readonly { number: number; outcome: string | null; phase: string | null }[]>;
  /** Places taken in the mailboxes' daily limits. */
  wireReservations(): Promise<number>;
}

/** Opens it on connections of its own. */
export async function openStored(database: TestDatabase): Promise<Stored> {
  const storage = await database.again().open();
  const { db } = storage;
  const count = async (table: keyof StoredCounts): Promise<number> => {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  return {
    storage,
    counts: async () => ({
      message: await count('message'),
      delivery: await count('delivery'),
      attempt: await count('attempt'),
      reservation: await count('reservation'),
      approval: await count('approval'),
      contact: await count('contact'),
      tag: await count('tag'),
      event: await count('event'),
    }),
    deliveries: () =>
      db
        .selectFrom('delivery')
        .select(['state', 'reason_code as code', 'reason', 'fence'])
        .orderBy('id')
        .execute(),
    attempts: () =>
      db
        .selectFrom('attempt')
        .select(['number', 'outcome', 'phase'])
        .orderBy('delivery_id')
        .orderBy('number')
        .execute(),
    wireReservations: async () => {
      const rows = await db
        .selectFrom('reservation')
        .select('id')
        .where('kind', '=', 'wire:mailbox')
        .execute();
      return rows.length;
    },
  };
}
