import { suppressionApplies } from '../../suppression/suppression-applies.ts';
import type { RecipientFacts, SendFacts } from '../facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/**
 * Nobody who is suppressed is written to. One blocked recipient blocks the send by name; nobody is
 * trimmed in silence. Law: CAN-SPAM 15 USC 7704(a)(4), CASL s. 11(3), GDPR art. 21(3).
 */
export const suppression: Rule = {
  id: 'suppression',
  version: '3',
  evaluate: (facts) => facts.recipients.flatMap((recipient) => findingFor(facts, recipient)),
};

function findingFor(facts: SendFacts, recipient: RecipientFacts): readonly RuleFinding[] {
  const { category, provenTopic: topic } = facts.content;
  const applying = recipient.suppressions.find((fact) =>
    suppressionApplies(fact, {
      category,
      ...(topic === undefined ? {} : { topic }),
      ...(facts.mailbox.sender === undefined ? {} : { senderId: facts.mailbox.sender.id }),
    }),
  );
  if (applying === undefined) return [];
  const what = applying.wholeDomain
    ? 'is at a domain that gets no such mail'
    : 'does not want this mail';
  return [
    {
      effect: 'block',
      code: 'SUPPRESSED',
      message: `${recipient.address} ${what} (${applying.reason}, ${applying.scope}); do not try again.`,
      evidence: {
        recipient: recipient.address,
        scope: applying.scope,
        reason: applying.reason,
        since: applying.createdAt,
      },
    },
  ];
}
