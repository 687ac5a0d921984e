import { sql } from 'kysely';

/** Epoch ms on SQLite. Rounded: a double times 1000 may fall just below the millisecond. */
export const SQLITE_CLOCK = sql<number>`cast(round(unixepoch('subsec') * 1000) as integer)`;

/**
 * Epoch ms on PostgreSQL, the same within one statement: `clock_timestamp()` is volatile, so that
 * no index could be searched with it, and `now()` stands still while a transaction waits.
 */
export const POSTGRES_CLOCK = sql<number>`(extract(epoch from statement_timestamp()) * 1000)::bigint`;
