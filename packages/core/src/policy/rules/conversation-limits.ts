import { findExceededLimit } from '../conversation/conversation-limit.ts';
import type { Rule } from '../rule.ts';

/**
 * More than 20 new people a day per mailbox, or nearly one text to more than 5, is no conversation
 * (architecture.md §6). It is asked about mail that is conversational because the recipient wrote in
 * its thread: that is what somebody outside can bring about, as often as they like. Colleagues
 * (`internalDomains`) are the operator's word, and an approval is a person's word for this message;
 * both stay. At request such mail is marketing and this rule has nothing to say; what became it
 * since was written without a footer, so it is held, and no category can be given to it any more.
 */
export const conversationLimits: Rule = {
  id: 'conversation-limits',
  version: '2',
  evaluate({ content, recipients, conversation, thread }) {
    if (content.category !== 'conversational' || conversation === undefined) return [];
    const exceeded = findExceededLimit(
      conversation,
      recipients,
      thread?.recipientsWroteHere === true,
    );
    if (exceeded === undefined) return [];
    const { code, limit, reason } = exceeded;
    return [
      {
        effect: 'hold',
        needs: 'look',
        code,
        message: `It is marketing by now: ${reason}; a person looks first, or send it with category marketing.`,
        evidence: { limit },
      },
    ];
  },
};
