import type { Rule } from '../rule.ts';

/**
 * A reply counts as conversation only when the person who wrote is the person who is answered:
 * DMARC must have passed at the operator's own server (RFC 8601), else a person looks.
 */
export const conversationalProof: Rule = {
  id: 'conversational-proof',
  version: '1',
  evaluate({ content, thread }) {
    if (content.category !== 'conversational' || thread === undefined) return [];
    if (!thread.recipientsWroteHere || thread.parentAuthenticated) return [];
    return [
      {
        effect: 'hold',
        needs: 'look',
        code: 'SENDER_NOT_AUTHENTICATED',
        message: 'It is not proven who wrote the message that this answers; a person looks first.',
        evidence: { from: thread.parentFrom },
      },
    ];
  },
};
