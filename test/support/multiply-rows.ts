import { CompiledQuery, sql } from 'kysely';
import type { Db } from '../../packages/core/src/storage/database.ts';

/** Columns that stay as they are: what is multiplied is people, messages and moments. */
const KEPT = [
  ...['tenant', 'mailbox', 'direction', 'state', 'kind', 'subject_kind', 'purpose', 'sender_id'],
  ...['category', 'topic', 'match', 'scope', 'reason', 'fact', 'topics', 'field'],
  ...['idempotency_kind', 'agent', 'evidence', 'decision'],
];

/**
 * Makes two thousand rows of each in a PostgreSQL schema that nobody needs afterwards, with
 * statistics: of few rows PostgreSQL reads all, whatever indexes there are. Every copy is about
 * somebody else and an hour older.
 */
export async function multiplyRows(db: Db, schema: string): Promise<void> {
  const { rows: columns } = await sql<{
    table_name: string;
    column_name: string;
    data_type: string;
  }>`
    select table_name, column_name, data_type from information_schema.columns
    where table_schema = ${schema} and is_generated = 'NEVER' order by table_name, ordinal_position`.execute(
    db,
  );
  const run = (text: string) => db.executeQuery(CompiledQuery.raw(text));
  await db.connection().execute(async (session) => {
    const inSession = (text: string) => session.executeQuery(CompiledQuery.raw(text));
    await inSession('set session_replication_role = replica');
    const { rows: checks } = await sql<{ name: string; owner: string }>`
      select conname as name, conrelid::regclass::text as owner from pg_constraint
      where contype = 'c' and connamespace = ${schema}::regnamespace`.execute(session);
    for (const { name, owner } of checks) {
      await inSession(`alter table ${owner} drop constraint "${name}"`);
    }
    for (const [table, all] of Map.groupBy(columns, (column) => column.table_name)) {
      const names = all.map((column) => `"${column.column_name}"`).join();
      const values = all.map(({ column_name: name, data_type: type }) => toCopy(name, type)).join();
      await inSession(
        `insert into ${schema}."${table}" (${names}) overriding system value
         select ${values} from ${schema}."${table}", generate_series(1, (select 2000 / greatest(count(*), 1)::int from ${schema}."${table}")) as n
         on conflict do nothing`,
      );
    }
    await inSession('set session_replication_role = origin');
  });
  await run('analyze');
}

function toCopy(name: string, type: string): string {
  const column = `"${name}"`;
  if (KEPT.includes(name)) return column;
  if (type === 'text') return `${column} || '-' || n`;
  if (/_at$|^at$|_until$/.test(name)) return `${column} - n * 3600000::bigint`;
  if (/^(?:seq|place|number|first_place)$/.test(name)) return `${column} + n * 100000`;
  return column;
}
