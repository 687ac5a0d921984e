import { setTimeout as delay } from 'node:timers/promises';

/** What `work` gives, or `otherwise` when that takes longer than `ms`; the work goes on by itself then. */
export async function waitAtMost<T>(work: Promise<T>, ms: number, otherwise: T): Promise<T> {
  const timer = new AbortController();
  const over = delay(ms, otherwise, { signal: timer.signal }).catch(() => otherwise);
  try {
    return await Promise.race([work, over]);
  } finally {
    timer.abort();
    // Whoever does the work reports its own faults; here nobody listens any more.
    work.catch(() => {});
  }
}
