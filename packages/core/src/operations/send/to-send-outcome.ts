import type { SendOutcome, SendResult } from '../outcome.ts';

/** What became of one call: that of its first message on top. */
export function toSendOutcome(results: readonly SendResult[]): SendOutcome {
  const [
    first = { status: 'unavailable', code: 'INTERNAL', reason: 'Nothing was sent.' } as const,
  ] = results;
  return { ...first, messages: results };
}
