import type { Rule } from '../rule.ts';

/** What goes out is what was decided on and approved, to the byte that a reader sees (P4). */
export const digest: Rule = {
  id: 'digest',
  version: '2',
  evaluate({ content, recipients }) {
    const unlisted = recipients.filter((recipient) => recipient.unlisted === true);
    if (unlisted.length > 0) {
      return [
        {
          // No look replaces this: what a reviewer is shown does not name them.
          effect: 'block',
          code: 'DIGEST_MISMATCH',
          message: 'A recipient is not one of those that were decided on; nothing is sent.',
          evidence: { recipients: unlisted.map((recipient) => recipient.address) },
          retryable: true,
        },
      ];
    }
    if (content.digest === content.storedDigest) return [];
    return [
      {
        effect: 'hold',
        needs: 'look',
        code: 'DIGEST_MISMATCH',
        message: 'The stored message is not the one that was decided on; a person has to look.',
        evidence: { digest: content.digest, expected: content.storedDigest },
      },
    ];
  },
};
