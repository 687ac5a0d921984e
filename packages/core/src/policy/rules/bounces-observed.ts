import type { Rule } from '../rule.ts';

/** Marketing in 24 hours from a mailbox of which nobody reports the bounces. */
export const UNOBSERVED_LIMIT = 50;

/**
 * Who does not hear of bounces writes to dead addresses until the providers stop them: above a few
 * messages a day marketing waits until the mailbox has an inbox or a provider's webhook. It goes on
 * by itself the next day, and no person can wave it through: nobody sees what is not reported.
 */
export const bouncesObserved: Rule = {
  id: 'bounces-observed',
  version: '1',
  evaluate({ content, mailbox, unobserved }) {
    if (content.category !== 'marketing' || unobserved === undefined) return [];
    if (unobserved.sent < UNOBSERVED_LIMIT) return [];
    return [
      {
        effect: 'hold',
        needs: 'fact',
        code: 'BOUNCES_NOT_OBSERVED',
        message: `Nobody reports bounces of ${mailbox.address}, so that marketing is ${UNOBSERVED_LIMIT} a day; it goes out later by itself, do not send it again.`,
        evidence: { limit: UNOBSERVED_LIMIT, sent: unobserved.sent },
      },
    ];
  },
};
