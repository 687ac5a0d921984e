import { type SqlBool, sql } from 'kysely';
import { unindexed } from '../storage/unindexed.ts';

/**
 * A delivery waits to be claimed: in the words of the partial index `mw_delivery_waiting`, which no
 * other index knows.
 */
export const IS_WAITING = sql<SqlBool>`${unindexed('delivery.state')} in ('queued', 'deferred')`;
