import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Post } from './post.ts';
import type { AttemptOutcome } from './record-outcome.ts';

/** How often recording is tried; the waits between add up to 15 poll intervals. */
const RUNS = 5;

/**
 * Records the outcome and outlasts a database that is away for a moment: the server's answer exists
 * nowhere else, and without it the delivery would end as unknown. Recording twice changes nothing.
 */
export async function recordPatiently(
  ctx: Context,
  post: Post,
  outcome: AttemptOutcome,
): Promise<void> {
  for (let run = 1; ; run += 1) {
    try {
      return await post.record(outcome);
    } catch (error) {
      const away = error instanceof MailwardenError && error.code === 'STORAGE_UNAVAILABLE';
      if (!away || run === RUNS) throw error;
      ctx.report(error);
    }
    await delay(ctx.settings.dispatch.pollInterval * 2 ** (run - 1));
  }
}
