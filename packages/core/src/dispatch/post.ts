import type { Context } from '../context.ts';
import { slowDown } from '../throttle/slow-down.ts';
import { type BegunAttempt, beginAttempts, type Start } from './begin-attempt.ts';
import { gather } from './gather.ts';
import { type AttemptOutcome, recordOutcomes } from './record-outcome.ts';

/** What the deliveries of one worker write together, so that each costs less than a transaction. */
export interface Post {
  readonly worker: string;
  /** Resolves after `sending` is durable. */
  readonly begin: (start: Start) => Promise<readonly BegunAttempt[]>;
  /** Resolves after the outcome is durable. */
  readonly record: (outcome: AttemptOutcome) => Promise<void>;
}

/** Makes one for a worker. */
export function createPost(ctx: Context, worker: string): Post {
  return {
    worker,
    begin: gather((starts) => beginAttempts(ctx, worker, starts)),
    record: gather(async (outcomes) => {
      await recordOutcomes(ctx, outcomes);
      await slowDown(ctx, worker, outcomes).catch(ctx.report);
      return outcomes.map(() => undefined);
    }),
  };
}
