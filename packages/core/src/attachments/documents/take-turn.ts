import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { ATTACHMENT_LIMITS } from '../attachment-limits.ts';

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs `work` when fewer than {@link ATTACHMENT_LIMITS}`.processes` do, first come first served. Throws
 * `ATTACHMENTS_BUSY` when too many wait.
 */
export async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= ATTACHMENT_LIMITS.processes) {
    if (waiting.length >= ATTACHMENT_LIMITS.waiting) throw new MailwardenError('ATTACHMENTS_BUSY');
    // Whoever ends hands its place on, so that nobody who comes meanwhile takes it.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
