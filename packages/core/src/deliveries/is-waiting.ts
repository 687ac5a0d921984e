import { type SqlBool, sql } from 'kysely';

/** A delivery waits to be claimed: in the words of the partial index `mw_delivery_waiting`. */
export const IS_WAITING = sql<SqlBool>`${sql.ref('delivery.state')} in ('queued', 'deferred')`;
