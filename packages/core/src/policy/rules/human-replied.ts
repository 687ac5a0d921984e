import type { Rule } from '../rule.ts';

/** Two answers to one question, the second of them a machine's, are worse than one. */
export const humanReplied: Rule = {
  id: 'human-replied',
  version: '1',
  evaluate: ({ thread }) => {
    if (thread?.humanRepliedAt === undefined) return [];
    return [
      {
        effect: 'hold',
        code: 'HUMAN_ALREADY_REPLIED',
        message:
          'A colleague has written in this thread since; a person decides what else goes out.',
        evidence: { at: thread.humanRepliedAt },
        needs: 'look',
      },
    ];
  },
};
