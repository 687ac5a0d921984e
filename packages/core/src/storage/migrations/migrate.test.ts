import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, type TestDatabase } from '../../../../../test/support/databases.ts';
import {
  describePostgresSchema,
  describeSqliteSchema,
} from '../../../../../test/support/describe-schema.ts';
import type { Storage } from '../database.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { postgresMigrations } from './postgres-migrations.ts';
import { sqliteMigrations } from './sqlite-migrations.ts';

const root = join(import.meta.dirname, '../../../../..');
const schemaFile = (name: string): string => join(import.meta.dirname, `../schema.${name}.sql`);

describe.each(databases)('migrate on $name', ({ name, open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(async () => {
    await database.dispose();
  });

  it('makes the schema that the file shows', async () => {
    const storage = await database.factory.open();
    await storage.migrate('auto');
    const schema = database.where[1];
    const text =
      schema === undefined
        ? await describeSqliteSchema(storage.db)
        : await describePostgresSchema(storage.db, schema);
    await expect(text).toMatchFileSnapshot(schemaFile(name));
  });

  it('refuses an outdated schema when it may only check', async () => {
    const storage = await database.factory.open();
    const outdated = expect.objectContaining({
      code: 'SCHEMA_OUTDATED',
      fields: { version: 0, expected: MIGRATIONS.at(-1)?.id },
    });
    await expect(storage.migrate('check')).rejects.toEqual(outdated);
    await storage.migrate('auto');
    await storage.migrate('check');
    await storage.migrate('auto');
  });

  it('keeps what was paused before there was a table for it', async () => {
    const storage = await database.factory.open();
    await storage.migrate('auto');
    const mailbox = sql.table('mailbox');
    const before = [
      sql`drop table ${sql.table('pause')}`,
      name === 'sqlite'
        ? sql`drop index mw_delivery_paused`
        : sql`drop index ${sql.table(`${database.where[1]}.mw_delivery_paused`)}`,
      sql`alter table ${mailbox} add column paused integer not null default 0`,
      sql`alter table ${mailbox} add column paused_by text`,
      sql`alter table ${mailbox} add column paused_reason text`,
      sql`insert into ${mailbox} (tenant, address, updated_at, paused, paused_by, paused_reason)
        values ('t', 'a@acme.example', 7, 1, 'system', 'bounces'), ('t', 'b@acme.example', 8, 0, null, null)`,
      sql`insert into ${sql.table('meta')} (tenant, key, value) values ('t', 'restore', '{}')`,
      sql`delete from ${sql.table('migration')} where id = 15`,
    ];
    await storage.unit(async (tx) => {
      for (const statement of before) await statement.execute(tx);
    });
    await storage.migrate('auto');
    const kept = await storage.db.selectFrom('pause').selectAll().orderBy('scope').execute();
    expect(kept).toEqual([
      {
        ...{ tenant: 't', scope: 'mailbox', subject: 'a@acme.example', reason: 'bounces' },
        ...{ paused_by: 'system', paused_at: 7, resuming: 0 },
      },
      {
        ...{ tenant: 't', scope: 'restore', subject: '', reason: '' },
        ...{ paused_by: 'system', paused_at: 0, resuming: 0 },
      },
    ]);
    expect(await storage.db.selectFrom('meta').selectAll().execute()).toEqual([]);
  });

  it('refuses a schema that a newer package made', async () => {
    const storage = await database.factory.open();
    await storage.migrate('auto');
    const next = (MIGRATIONS.at(-1)?.id ?? 0) + 1;
    await storage.unit((tx) =>
      sql`insert into ${sql.table('migration')} values (${next}, 'next', 1)`.execute(tx),
    );
    const newer = expect.objectContaining({ code: 'SCHEMA_NEWER' });
    await expect(storage.migrate('check')).rejects.toEqual(newer);
    await expect(storage.migrate('auto')).rejects.toEqual(newer);
  });

  it('applies one that is missing before others', async () => {
    const storage = await database.factory.open();
    await storage.migrate('auto');
    const last = MIGRATIONS.at(-1)?.id ?? 0;
    await storage.unit(async (tx) => {
      // As if it had come with another release: the audit's tables are gone and nobody ran them.
      for (const table of ['audit_detail', 'audit_entry', 'audit_seal']) {
        await sql`drop table ${sql.table(table)}`.execute(tx);
      }
      await sql`delete from ${sql.table('migration')} where id = 3`.execute(tx);
    });
    await expect(storage.migrate('check')).rejects.toMatchObject({ code: 'SCHEMA_OUTDATED' });
    await storage.migrate('auto');
    const { rows } = await sql<{ id: number }>`
      select id from ${sql.table('migration')} order by id`.execute(storage.db);
    expect(rows.map(({ id }) => id)).toEqual(MIGRATIONS.map(({ id }) => id));
    expect(rows.at(-1)?.id).toBe(last);
  });

  it('leaves nothing behind when a migration fails', async () => {
    const storage = await database.factory.open();
    const blocker = 'mw_delivery_by_lease';
    if (name === 'sqlite') {
      await storage.unit((tx) => sql`create table ${sql.id(blocker)} (a text)`.execute(tx));
    } else {
      const schema = database.where[1] ?? '';
      await storage.unit(async (tx) => {
        await sql`create schema ${sql.id(schema)}`.execute(tx);
        await sql`create table ${sql.id(schema, blocker)} (a text)`.execute(tx);
      });
    }
    await expect(storage.migrate('auto')).rejects.toThrow(/already/);
    await expect(storage.migrate('check')).rejects.toThrow(/at 0/);
    await storage.unit((tx) =>
      sql`drop table ${name === 'sqlite' ? sql.id(blocker) : sql.id(database.where[1] ?? '', blocker)}`.execute(
        tx,
      ),
    );
    await storage.migrate('auto');
  });

  it('applies each exactly once when ten processes start at once', async () => {
    await startTen();
    const storage = await database.factory.open();
    await storage.migrate('check');
    await everyoneWorkedOnce(storage);
  });

  it('applies each exactly once when ten start at once on the database of an older release', async () => {
    const storage = await database.factory.open();
    const [, schema] = database.where;
    const dialect = schema === undefined ? sqliteMigrations : postgresMigrations(schema);
    await migrate(storage, dialect, 'auto', MIGRATIONS.slice(0, 3));
    await expect(storage.migrate('check')).rejects.toMatchObject({ code: 'SCHEMA_OUTDATED' });
    const row = { tenant: 'default', key: 'old', value: 'kept' };
    await storage.unit((tx) => tx.insertInto('meta').values(row).execute());
    const [before] = await readMigrations(storage);
    await startTen();
    await storage.migrate('check');
    const kept = storage.db.selectFrom('meta').selectAll().where('key', '=', 'old');
    expect(await kept.executeTakeFirst()).toEqual(row);
    await storage.unit((tx) => tx.deleteFrom('meta').where('key', '=', 'old').execute());
    await everyoneWorkedOnce(storage);
    expect((await readMigrations(storage))[0]).toEqual(before);
    const text =
      schema === undefined
        ? await describeSqliteSchema(storage.db)
        : await describePostgresSchema(storage.db, schema);
    await expect(text).toMatchFileSnapshot(schemaFile(name));
  });

  /** All of them migrate at the same moment; none fails. */
  async function startTen(): Promise<void> {
    const children = Array.from({ length: 10 }, () =>
      fork(join(root, 'test/support/migrate-process.ts'), [...database.where], {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      }),
    );
    const errors = children.map(() => '');
    const ended = children.map(async (child, index) => {
      child.stderr?.on('data', (data: Buffer) => {
        errors[index] += data.toString();
      });
      const [code] = await once(child, 'close');
      return code as number | null;
    });
    await Promise.all(children.map((child) => once(child, 'message')));
    for (const child of children) child.send('go');
    const codes = await Promise.all(ended);
    expect({ codes, errors }).toEqual({ codes: codes.map(() => 0), errors: errors.map(() => '') });
  }

  async function everyoneWorkedOnce(storage: Storage): Promise<void> {
    expect(await storage.db.selectFrom('meta').select('key').execute()).toHaveLength(10);
    const ids = (await readMigrations(storage)).map(({ id }) => id);
    expect(ids).toEqual(MIGRATIONS.map(({ id }) => id));
  }

  async function readMigrations(storage: Storage) {
    const { rows } = await sql<{ id: number; applied_at: number }>`
      select id, applied_at from ${sql.table('migration')} order by id`.execute(storage.db);
    return rows;
  }
});

describe('the list of migrations', () => {
  it('increases from 1', () => {
    const ids = MIGRATIONS.map(({ id }) => id);
    expect(ids[0]).toBe(1);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });
});
