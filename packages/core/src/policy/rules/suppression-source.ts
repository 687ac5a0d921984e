import type { Rule } from '../rule.ts';

/**
 * A list of unsubscribes that is kept elsewhere and was not read lately may name the recipient, so
 * marketing waits until it is fresh. No person can wave it through: nobody can see who is on it.
 */
export const suppressionSource: Rule = {
  id: 'suppression-source',
  version: '1',
  evaluate({ content, staleSuppressionSources = [] }) {
    if (content.category !== 'marketing' || staleSuppressionSources.length === 0) return [];
    return [
      {
        effect: 'hold',
        needs: 'fact',
        code: 'SUPPRESSION_SOURCE_STALE',
        message:
          'A list of unsubscribes has not been read lately; the message waits until it has been, do not send it again.',
        evidence: { sources: staleSuppressionSources },
      },
    ];
  },
};
