import type { SendFacts } from '../facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** An agent answers at most this often in one thread in 24 hours. */
export const REPLIES_PER_THREAD_PER_DAY = 5;

/** Machines do not answer machines (RFC 3834 §2), nor themselves. */
export const loopGuard: Rule = {
  id: 'loop-guard',
  version: '1',
  evaluate: (facts) => [...ownAddresses(facts), ...threadSigns(facts)],
};

function ownAddresses({ recipients }: SendFacts): readonly RuleFinding[] {
  return recipients
    .filter((recipient) => recipient.own)
    .map((recipient) => ({
      effect: 'block',
      code: 'LOOP_OWN_ADDRESS',
      message: `${recipient.address} is one of this system's own mailboxes; mail to it would loop.`,
      evidence: { recipient: recipient.address },
    }));
}

function threadSigns({ thread }: SendFacts): readonly RuleFinding[] {
  if (thread === undefined) return [];
  if (thread.loopSigns.length > 0) {
    return [
      {
        effect: 'block',
        code: 'LOOP_AUTOMATIC_MAIL',
        message: 'That message was sent by a machine or a list; it is not answered.',
        evidence: { signs: thread.loopSigns },
      },
    ];
  }
  if (thread.agentRepliesToday < REPLIES_PER_THREAD_PER_DAY) return [];
  return [
    {
      effect: 'block',
      code: 'LOOP_REPLY_LIMIT',
      message: `Agents have answered ${REPLIES_PER_THREAD_PER_DAY} times in this thread today; a person should take over.`,
      evidence: { limit: REPLIES_PER_THREAD_PER_DAY },
      retryable: true,
    },
  ];
}
