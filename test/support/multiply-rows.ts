import { CompiledQuery, sql } from 'kysely';
import type { Db } from '../../packages/core/src/storage/database.ts';

/** Columns that stay as they are: what is multiplied is people, messages and moments. */
const KEPT = [
  ...['tenant', 'mailbox', 'direction', 'state', 'kind', 'subject_kind', 'purpose', 'sender_id'],
  ...['category', 'topic', 'match', 'scope', 'reason', 'fact', 'topics', 'field'],
  ...['idempotency_kind', 'agent', 'evidence', 'decision'],
];

/**
 * Makes ten thousand rows of each in a PostgreSQL schema that nobody needs afterwards, with
 * statistics: of few rows PostgreSQL reads all, whatever indexes there are. Every copy is about
 * somebody else and an hour older.
 */
export async function multiplyRows(db: Db, schema: string): Promise<void> {
  await db.connection().execute(async (session) => {
    const run = (text: string) => session.executeQuery(CompiledQuery.raw(text));
    // Copies name messages and people that do not exist.
    await run('set session_replication_role = replica');
    const { rows: checks } = await sql<{ name: string; owner: string }>`
      select conname as name, conrelid::regclass::text as owner from pg_constraint
      where contype = 'c' and connamespace = ${schema}::regnamespace`.execute(session);
    for (const { name, owner } of checks)
      await run(`alter table ${owner} drop constraint "${name}"`);
    for (const [table, columns] of await readColumns(session, schema)) {
      const names = columns.map(({ name }) => `"${name}"`).join();
      const copies = columns.map(({ name, type }) => toCopy(name, type)).join();
      const place = `${schema}."${table}"`;
      await run(
        `insert into ${place} (${names}) overriding system value
         select ${copies} from ${place}, generate_series(1, (
           select 10000 / greatest(count(*), 1)::int from ${place}
         )) as n
         on conflict do nothing`,
      );
    }
    await run('set session_replication_role = origin');
    await run('analyze');
  });
}

async function readColumns(db: Db, schema: string) {
  const { rows } = await sql<{ owner: string; name: string; type: string }>`
    select table_name as owner, column_name as name, data_type as type
    from information_schema.columns where table_schema = ${schema}
    order by table_name, ordinal_position`.execute(db);
  return Map.groupBy(rows, ({ owner }) => owner);
}

function toCopy(name: string, type: string): string {
  const column = `"${name}"`;
  if (KEPT.includes(name)) return column;
  if (type === 'text') return `${column} || '-' || n`;
  if (/_at$|^at$|_until$/.test(name)) return `${column} - n * 3600000::bigint`;
  if (/^(?:seq|place|number|first_place)$/.test(name)) return `${column} + n * 100000`;
  return column;
}
