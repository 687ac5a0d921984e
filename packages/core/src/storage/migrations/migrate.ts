import { sql } from 'kysely';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { Db, Storage, Tx } from '../database.ts';
import type { MigrationDialect } from './migration.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * Applies what is missing, all of it in one unit of work, or says that something is missing.
 * Any number of processes may do so at once: the first to get the lock migrates, the others find
 * nothing left to do. Throws `SCHEMA_NEWER` or, in mode `check`, `SCHEMA_OUTDATED`.
 */
export async function migrate(
  storage: Pick<Storage, 'db' | 'unit'>,
  dialect: MigrationDialect,
  mode: 'auto' | 'check',
): Promise<void> {
  const version = (await dialect.isPrepared(storage.db)) ? await readVersion(storage.db) : 0;
  if (assertKnown(version) === MIGRATIONS.length) return;
  if (mode === 'check') {
    throw new MailwardenError('SCHEMA_OUTDATED', {
      detail: `It is at ${version}, this package is at ${MIGRATIONS.length}.`,
      fields: { version, expected: MIGRATIONS.length },
    });
  }
  await storage.unit((tx) => applyPending(tx, dialect));
}

async function applyPending(tx: Tx, dialect: MigrationDialect): Promise<void> {
  await dialect.prepare(tx);
  await sql`
    create table if not exists ${sql.table('migration')} (
      id integer primary key,
      name text not null,
      applied_at ${dialect.types.bigint} not null
    )${dialect.types.tableEnd}`.execute(tx);
  // Again, now that nobody else can be at it.
  const version = assertKnown(await readVersion(tx));
  for (const { id, name, up } of MIGRATIONS.slice(version)) {
    await up(tx, dialect.types);
    await sql`
      insert into ${sql.table('migration')} (id, name, applied_at)
      values (${id}, ${name}, ${dialect.clock})`.execute(tx);
  }
}

async function readVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(id), 0) as version from ${sql.table('migration')}`.execute(db);
  return rows[0]?.version ?? 0;
}

function assertKnown(version: number): number {
  if (version <= MIGRATIONS.length) return version;
  throw new MailwardenError('SCHEMA_NEWER', {
    detail: `It is at ${version}, this package is at ${MIGRATIONS.length}.`,
    fields: { version, expected: MIGRATIONS.length },
  });
}
