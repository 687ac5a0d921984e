import type { Rule } from '../rule.ts';

/**
 * Who wrote something that may ask us to stop gets no marketing before a person has read it, and no
 * approval of a mail replaces that. Law: CAN-SPAM 15 USC 7704(a)(4), CASL s. 11(3), GDPR art. 21(3).
 */
export const stopRequest: Rule = {
  id: 'stop-request',
  version: '1',
  evaluate({ content, recipients }) {
    if (content.category !== 'marketing') return [];
    return recipients.flatMap(({ address, stopRequestedAt }) =>
      stopRequestedAt === undefined
        ? []
        : [
            {
              effect: 'hold',
              needs: 'fact',
              code: 'UNSUBSCRIBE_INTENT_UNCLEAR',
              message: `${address} may have asked for no more mail; a person reads it first, then this goes on by itself.`,
              evidence: { recipient: address, since: stopRequestedAt },
            },
          ],
    );
  },
};
