import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import type { TestDatabase } from './databases.ts';

/** A row of any table: column to value. */
export type DumpedRow = Readonly<Record<string, unknown>>;

/** Every row of every table of ours, whatever the schema has; table names without prefix. */
export async function dumpDatabase({
  where,
}: Pick<TestDatabase, 'where'>): Promise<ReadonlyMap<string, readonly DumpedRow[]>> {
  const [target, schema] = where;
  return schema === undefined ? dumpSqlite(target) : dumpPostgres(target, schema);
}

/** Every column of every table of ours, as `table.column`. */
export async function listColumns({
  where,
}: Pick<TestDatabase, 'where'>): Promise<readonly string[]> {
  const [target, schema] = where;
  if (schema === undefined) {
    const db = new BetterSqlite3(target, { readonly: true });
    try {
      const rows = db
        .prepare<[], { name: string }>(
          `select substr(m.name, 4) || '.' || c.name as name from sqlite_master m, pragma_table_info(m.name) c
           where m.type = 'table' and substr(m.name, 1, 3) = 'mw_' order by 1`,
        )
        .all();
      return rows.map(({ name }) => name);
    } finally {
      db.close();
    }
  }
  return withClient(target, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = $1 order by 1`,
      [schema],
    );
    return rows.map(({ name }) => name);
  });
}

/** `table.column` of every value in which the text stands, in any case, as UTF-8 or base64. */
export function findText(
  dump: ReadonlyMap<string, readonly DumpedRow[]>,
  text: string,
): readonly string[] {
  const forms = [text.toLowerCase(), ...[0, 1, 2].map((shift) => toBase64(text, shift))];
  const found = new Set<string>();
  for (const [table, rows] of dump) {
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const raw =
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : `${value}`;
        if (raw.toLowerCase().includes(forms[0] ?? '') || forms.some((form) => raw.includes(form)))
          found.add(`${table}.${column}`);
      }
    }
  }
  return [...found].sort();
}

/** The middle of the base64 of a text that begins at any of three places. */
function toBase64(text: string, shift: number): string {
  return Buffer.from('x'.repeat(shift) + text)
    .toString('base64')
    .slice(4, -4);
}

function dumpSqlite(file: string): ReadonlyMap<string, readonly DumpedRow[]> {
  const db = new BetterSqlite3(file, { readonly: true });
  try {
    const tables = db
      .prepare<[], { name: string }>(
        `select name from sqlite_master where type = 'table' and substr(name, 1, 3) = 'mw_'`,
      )
      .all();
    return new Map(
      tables.map(({ name }) => [
        name.slice(3),
        db.prepare<[], DumpedRow>(`select * from "${name}"`).all(),
      ]),
    );
  } finally {
    db.close();
  }
}

function dumpPostgres(
  url: string,
  schema: string,
): Promise<ReadonlyMap<string, readonly DumpedRow[]>> {
  return withClient(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = $1',
      [schema],
    );
    const dump = new Map<string, readonly DumpedRow[]>();
    for (const { name } of tables.rows) {
      const { rows } = await client.query<DumpedRow>(`select * from ${schema}."${name}"`);
      dump.set(name, rows);
    }
    return dump;
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
