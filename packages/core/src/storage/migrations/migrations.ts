import { initial } from './0001-initial.ts';
import { consent } from './0002-consent.ts';
import { remembered } from './0003-remembered.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order. */
export const MIGRATIONS: readonly Migration[] = [initial, consent, remembered];
