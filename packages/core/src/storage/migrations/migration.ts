import type { RawBuilder } from 'kysely';
import type { Db, Tx } from '../database.ts';

/** One step of the schema. Append-only: what was released never changes. */
export interface Migration {
  /** Increases; what is applied is known by it. */
  readonly id: number;
  readonly name: string;
  up(tx: Tx, types: ColumnTypes): Promise<void>;
}

/** Where the two databases need different words for the same column. */
export interface ColumnTypes {
  /** A 64-bit integer. */
  readonly bigint: RawBuilder<unknown>;
  /** A 64-bit integer that the database counts up, as primary key. */
  readonly sequence: RawBuilder<unknown>;
  readonly bytes: RawBuilder<unknown>;
  /** Default of `event.xact`. */
  readonly xact: RawBuilder<unknown>;
  /** An index of ours, where it is dropped. */
  readonly index: (name: string) => RawBuilder<unknown>;
  /** What follows the closing parenthesis of a table. */
  readonly tableEnd: RawBuilder<unknown>;
}

/** What migrating needs to know about a database. */
export interface MigrationDialect {
  readonly types: ColumnTypes;
  /** Epoch ms. */
  readonly clock: RawBuilder<number>;
  /** Whether the migration table is there. */
  isPrepared(db: Db): Promise<boolean>;
  /** Keeps every other process out until the unit ends, and makes the schema if there is one. */
  prepare(tx: Tx): Promise<void>;
}
