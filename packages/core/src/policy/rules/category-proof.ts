import type { SendFacts, ThreadFacts } from '../facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/**
 * Mail that claims to be something lighter than marketing still is, at this instant: transactional
 * by a template that a person approved, conversational because every recipient wrote in this thread
 * or is a colleague. A reply goes out unseen only when DMARC proved who wrote, at the operator's
 * own server (RFC 8601 §5), and to a Reply-To only of the same house (RFC 5322 §3.6.2).
 */
export const categoryProof: Rule = {
  id: 'category-proof',
  version: '2',
  evaluate(facts) {
    switch (facts.content.category) {
      case 'marketing':
        return [];
      case 'transactional':
        return transactional(facts);
      case 'conversational':
        return conversational(facts);
    }
  },
};

function transactional({ content }: SendFacts): readonly RuleFinding[] {
  const recipients = content.toCount + content.ccCount + content.bccCount;
  if (content.template?.approved === true && recipients === 1) return [];
  return [
    {
      effect: 'block',
      code: 'TEMPLATE_NOT_APPROVED',
      message: 'Transactional mail needs one recipient and a template that a person approved.',
      evidence: { template: content.template?.id ?? '' },
      retryable: true,
    },
  ];
}

function conversational({ recipients, thread }: SendFacts): readonly RuleFinding[] {
  if (recipients.every((recipient) => recipient.internal)) return [];
  if (thread?.replyToElsewhere !== undefined) return [elsewhere(thread, thread.replyToElsewhere)];
  if (thread?.recipientsWroteHere !== true) {
    return [
      {
        effect: 'block',
        code: 'NOT_A_CONVERSATION',
        message: 'The recipient did not write in this thread; send it as a new message.',
        evidence: {},
        retryable: true,
      },
    ];
  }
  if (thread.parentAuthenticated) return [];
  return [
    {
      effect: 'hold',
      needs: 'look',
      code: 'SENDER_NOT_AUTHENTICATED',
      message: 'It is not proven who wrote the message that this answers; a person looks first.',
      evidence: { from: thread.parentFrom },
    },
  ];
}

/** A stranger who names somebody else must not have mail sent to them unseen. */
function elsewhere({ parentFrom }: ThreadFacts, replyTo: string): RuleFinding {
  return {
    effect: 'hold',
    needs: 'look',
    code: 'REPLY_TO_ELSEWHERE',
    message: `The answer goes to ${replyTo}, named in Reply-To by ${parentFrom}; a person looks first.`,
    evidence: { from: parentFrom, replyTo },
  };
}
