import { sql } from 'kysely';
import type { Context } from '../context.ts';
import type { Database, Tx } from '../storage/database.ts';
import { readKeyCursor, toIdBound, writeKeyCursor } from './key-cursor.ts';
import type { Retention } from './retention-options.ts';
import type { RetentionStep } from './retention-step.ts';

/** What is swept once, in the order of its keys, which grow with time. */
export interface KeyStep {
  /** Names the cursor. */
  readonly kind: keyof Retention;
  readonly table: keyof Database;
  /** The column of the keys; several rows may have the same. */
  readonly key: string;
  clear(tx: Tx, ctx: Context, keys: readonly string[]): Promise<void>;
}

/** Makes a step that goes through a table once and remembers how far it has come. */
export function createKeyStep({ kind, table, key, clear }: KeyStep): RetentionStep {
  const column = sql.ref(key);
  return {
    batch: 200,
    async find(ctx, before) {
      const { rows } = await sql<{ key: string }>`
        select distinct ${column} as key from ${sql.table(table)}
        where tenant = ${ctx.tenant} and ${column} > ${await readKeyCursor(ctx, kind)}
          and ${column} < ${toIdBound(before)}
        order by ${column} limit ${this.batch}`.execute(ctx.storage.db);
      return rows.map((row) => row.key);
    },
    async clear(tx, ctx, keys) {
      await clear(tx, ctx, keys);
      await writeKeyCursor(tx, ctx, kind, keys.at(-1) ?? '');
    },
  };
}
