import { copyFile, rm } from 'node:fs/promises';
import pg from 'pg';
import type { TestDatabase } from './databases.ts';

/**
 * Copies a database that nobody has open, and gives a function that puts the copy back: the file,
 * or every table of the schema.
 */
export async function takeSnapshot({ where }: TestDatabase): Promise<() => Promise<void>> {
  const [target, schema] = where;
  if (schema === undefined) {
    await copyFile(target, `${target}.copy`);
    return async () => {
      for (const end of ['', '-wal', '-shm']) await rm(`${target}${end}`, { force: true });
      await copyFile(`${target}.copy`, target);
    };
  }
  const tables = await query(target, [
    [`select tablename as name from pg_tables where schemaname = '${schema}'`],
  ]);
  const kept = new Map<string, unknown[]>();
  for (const { name } of tables) {
    kept.set(name, await query(target, [[`select * from ${schema}."${name}"`]]));
  }
  const names = [...kept.keys()].map((name) => `${schema}."${name}"`);
  return async () => {
    await query(target, [
      // Rows come back in any order; the references among them are those of the copy.
      ['set session_replication_role = replica'],
      [`truncate ${names.join(', ')}`],
      ...[...kept].map(
        ([name, rows]): Statement => [
          `insert into ${schema}."${name}"
         select * from json_populate_recordset(null::${schema}."${name}", $1)`,
          [JSON.stringify(rows, (_, value) => toText(value))],
        ],
      ),
    ]);
  };
}

type Statement = readonly [text: string, values?: readonly unknown[]];

/** `JSON.stringify` has turned a Buffer into this before it asks. */
function toText(value: unknown): unknown {
  const { type, data } = (value ?? {}) as { type?: unknown; data?: unknown };
  if (type !== 'Buffer' || !Array.isArray(data)) return value;
  return `\\x${Buffer.from(data).toString('hex')}`;
}

/** Runs them in one session; the rows of the last. */
async function query(url: string, statements: readonly Statement[]): Promise<{ name: string }[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: { name: string }[] = [];
    for (const [text, values = []] of statements) {
      rows = (await client.query<{ name: string }>(text, [...values])).rows;
    }
    return rows;
  } finally {
    await client.end();
  }
}
