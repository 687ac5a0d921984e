import { type RawBuilder, sql } from 'kysely';

/**
 * A text column that no index is entered by. SQLite has no statistics: of a long list of ids and a
 * state it enters the index by state, and goes through all that is in it, be it a million.
 */
export function unindexed<T extends string>(column: string): RawBuilder<T> {
  return sql<T>`${sql.ref(column)} || ''`;
}
