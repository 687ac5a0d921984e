import { sql } from 'kysely';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { Db, Storage, Tx } from '../database.ts';
import type { Migration, MigrationDialect } from './migration.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * Applies what is missing, all of it in one unit of work, or says that something is missing.
 * Any number of processes may do so at once: the first to get the lock migrates, the others find
 * nothing left to do. `known` is what this release has. Throws `SCHEMA_NEWER` or, in mode `check`, `SCHEMA_OUTDATED`.
 */
export async function migrate(
  storage: Pick<Storage, 'db' | 'unit'>,
  dialect: MigrationDialect,
  mode: 'auto' | 'check',
  known: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const applied = (await dialect.isPrepared(storage.db)) ? await readApplied(storage.db) : [];
  if (findPending(applied, known).length === 0) return;
  if (mode === 'check') {
    const [version, expected] = [Math.max(0, ...applied), lastOf(known)];
    throw new MailwardenError('SCHEMA_OUTDATED', {
      detail: `It is at ${version}, this package is at ${expected}.`,
      fields: { version, expected },
    });
  }
  await storage.unit((tx) => applyPending(tx, dialect, known));
}

async function applyPending(
  tx: Tx,
  dialect: MigrationDialect,
  known: readonly Migration[],
): Promise<void> {
  await dialect.prepare(tx);
  await sql`
    create table if not exists ${sql.table('migration')} (
      id integer primary key,
      name text not null,
      applied_at ${dialect.types.bigint} not null
    )${dialect.types.tableEnd}`.execute(tx);
  // Again, now that nobody else can be at it.
  for (const { id, name, up } of findPending(await readApplied(tx), known)) {
    await up(tx, dialect.types);
    await sql`
      insert into ${sql.table('migration')} (id, name, applied_at)
      values (${id}, ${name}, ${dialect.clock})`.execute(tx);
  }
}

async function readApplied(db: Db): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from ${sql.table('migration')} order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Those that are missing, in order, wherever they stand: a later one may have been there first. */
function findPending(
  applied: readonly number[],
  known: readonly Migration[],
): readonly Migration[] {
  const unknown = applied.findLast((id) => known.every((migration) => migration.id !== id));
  if (unknown === undefined) return known.filter(({ id }) => !applied.includes(id));
  throw new MailwardenError('SCHEMA_NEWER', {
    detail: `It is at ${unknown}, this package is at ${lastOf(known)}.`,
    fields: { version: unknown, expected: lastOf(known) },
  });
}

function lastOf(known: readonly Migration[]): number {
  return known.at(-1)?.id ?? 0;
}
