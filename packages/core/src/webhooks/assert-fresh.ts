import { MailwardenError } from '../errors/mailwarden-error.ts';

/**
 * How old a signed time may be, ms. Providers repeat what was not answered for up to 24 hours, most of them with
 * the time of the first try.
 */
export const LONGEST_RETRY = 25 * 3_600_000;

/** How far clocks may be apart, ms. */
const CLOCK_SKEW = 5 * 60_000;

/** Throws `WEBHOOK_STALE` for a signed time that is too old, in the future, or none. */
export function assertFresh(
  signedAt: number | undefined,
  now: number,
  oldest: number = LONGEST_RETRY,
): void {
  if (signedAt !== undefined && signedAt >= now - oldest && signedAt <= now + CLOCK_SKEW) return;
  throw new MailwardenError('WEBHOOK_STALE', {
    detail: `It has to be of the last ${Math.round(oldest / 60_000)} minutes.`,
  });
}
