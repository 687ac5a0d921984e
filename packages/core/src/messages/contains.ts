import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * Whether a column contains a text, whatever the case of its ASCII letters. Both sides are lowered
 * by the database, so that other letters match at least themselves.
 */
export function contains(column: string, text: string): RawBuilder<SqlBool> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`lower(${sql.ref(column)}) like lower(${pattern}) escape '\\'`;
}
