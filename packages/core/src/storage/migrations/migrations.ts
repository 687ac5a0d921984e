import { initial } from './0001-initial.ts';
import { remembered } from './0005-remembered.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order. */
export const MIGRATIONS: readonly Migration[] = [initial, remembered];
