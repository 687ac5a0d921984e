import type { Rule } from '../rule.ts';

/** How often a paused mailbox's deliveries are looked at again, ms; resuming makes them due at once. */
export const PAUSE_RECHECK = 60_000;

/** While a mailbox is paused its mail waits; requests are still taken. */
export const pause: Rule = {
  id: 'pause',
  version: '1',
  evaluate({ phase, mailbox, now }) {
    if (phase !== 'claim' || !mailbox.paused) return [];
    return [
      {
        effect: 'defer',
        until: now + PAUSE_RECHECK,
        code: 'MAILBOX_PAUSED',
        message: 'The mailbox is paused; the message goes out when it is resumed.',
        evidence: { reason: mailbox.pausedReason ?? '' },
      },
    ];
  },
};
