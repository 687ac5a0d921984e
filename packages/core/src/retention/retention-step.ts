import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';

/** How one kind of old data goes, a few rows at a time. */
export interface RetentionStep {
  /** Rows of one unit of work: whoever sends waits for one unit at most. */
  readonly batch: number;
  /** Keys of the oldest rows that are older than an instant, epoch ms; at most a batch. No locks. */
  find(ctx: Context, before: number): Promise<readonly string[]>;
  /** Takes what was found away; others may have done so meanwhile. */
  clear(tx: Tx, ctx: Context, keys: readonly string[]): Promise<void>;
}
