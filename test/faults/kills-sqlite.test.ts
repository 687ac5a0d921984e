import { it } from 'vitest';
import { killMany } from './storm/kill-many.ts';

const KILLS = Number(process.env.FAULT_KILLS ?? 40);

it(
  'P1, P5, P6: whatever process is killed where, on SQLite: nothing is lost, doubled or sent in spite of a no',
  () => killMany('sqlite', KILLS),
  3_600_000,
);
