import type { Rule } from '../rule.ts';

/** Marketing is one recipient per message: nobody sees who else was written to. */
export const marketingShape: Rule = {
  id: 'marketing-shape',
  version: '1',
  evaluate({ content }) {
    if (content.category !== 'marketing') return [];
    if (content.toCount === 1 && content.ccCount === 0 && content.bccCount === 0) return [];
    return [
      {
        effect: 'block',
        code: 'MARKETING_SHAPE',
        message:
          'Marketing goes to one recipient per message, without cc and bcc; list them in to.',
        evidence: { to: content.toCount, cc: content.ccCount, bcc: content.bccCount },
      },
    ];
  },
};
