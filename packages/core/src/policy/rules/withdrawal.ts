import type { Rule } from '../rule.ts';

/**
 * Who withdrew consent gets no marketing, under every law and under a pack that forgot to say so.
 * Law: GDPR art. 7(3) and 21(3), CASL s. 11(3), CAN-SPAM 15 USC 7704(a)(4).
 */
export const withdrawal: Rule = {
  id: 'withdrawal',
  version: '1',
  evaluate({ content, recipients }) {
    if (content.category !== 'marketing') return [];
    return recipients
      .filter((recipient) => recipient.audience.withdrawnAt !== undefined)
      .map((recipient) => ({
        effect: 'block',
        code: 'OPTED_OUT',
        message: 'The person opted out; do not try again.',
        evidence: { recipient: recipient.address },
      }));
  },
};
