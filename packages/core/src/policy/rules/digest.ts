import type { Rule } from '../rule.ts';

/** What goes out is what was decided on and approved, to the byte that a reader sees (P4). */
export const digest: Rule = {
  id: 'digest',
  version: '1',
  evaluate({ content }) {
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
