import type { ColumnType } from 'kysely';

/** Epoch milliseconds. */
export type Millis = number;
/** 0 or 1. */
export type Flag = 0 | 1;
/** JSON as text; parsed by the table's own functions. */
export type Json = string;
/** A column that the database fills. */
export type Generated<T> = ColumnType<T, T | undefined, T>;
