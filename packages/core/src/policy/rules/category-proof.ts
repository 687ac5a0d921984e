import type { SendFacts, ThreadFacts } from '../facts.ts';
import { refusedMarketing } from '../refused-marketing.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/**
 * Mail that claims to be something lighter than marketing still is, at this instant: transactional
 * by a template that a person approved, conversational because every recipient wrote in this thread,
 * is a colleague, or has a recorded relationship. A reply goes out unseen only when DMARC proved who wrote, at the operator's
 * own server (RFC 8601 §5), and to a Reply-To only of the same house (RFC 5322 §3.6.2).
 */
export const categoryProof: Rule = {
  id: 'category-proof',
  version: '3',
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

function conversational(facts: SendFacts): readonly RuleFinding[] {
  const { recipients, thread } = facts;
  // First: a stranger could name a colleague or a customer, too.
  if (thread?.replyToElsewhere !== undefined) return [elsewhere(thread, thread.replyToElsewhere)];
  if (recipients.every(({ internal, audience }) => internal || audience.relationship)) return [];
  if (thread?.recipientsWroteHere !== true) return [notProven(facts)];
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

/**
 * A reviewer's word for this message can stand for what is missing (architecture.md §6), and never
 * against somebody who wants no marketing.
 */
function notProven(facts: SendFacts): RuleFinding {
  const found = {
    code: 'NOT_A_CONVERSATION',
    message:
      'No recipient wrote in this thread or is a recorded customer, vendor or applicant; send it as a new message, or a person looks first.',
    evidence: {},
  };
  return facts.recipients.some((recipient) => refusedMarketing(facts, recipient))
    ? { ...found, effect: 'block', retryable: true }
    : { ...found, effect: 'hold', needs: 'look' };
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
