import { domainOf } from '../../identity/address.ts';
import type { RecipientFacts, SendFacts, SendingFacts } from '../facts.ts';
import { findUnmet, isBulk } from '../providers/find-unmet.ts';
import { providerOf } from '../providers/mailbox-providers.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/**
 * Marketing does not go to a mailbox provider whose requirements for bulk mail are known not to be
 * met: it would be refused, and cost the domain its name. What the application recorded about the
 * domain decides (`recordSendingFacts`); without that the rule is quiet. Everything ends by itself
 * when something better is recorded, and no person can wave it through.
 */
export const provider: Rule = {
  id: 'provider',
  version: '1',
  evaluate({ content, sending, recipients, now }) {
    if (content.category !== 'marketing' || sending === undefined) return [];
    return recipients.flatMap((recipient) => judge(recipient, sending, now));
  },
};

function judge(
  { address }: RecipientFacts,
  sending: SendingFacts,
  now: SendFacts['now'],
): readonly RuleFinding[] {
  const found = providerOf(domainOf(address));
  if (found === undefined || !isBulk(found, sending)) return [];
  return findUnmet(found, sending, now).map(({ requirement, fact, value, at }): RuleFinding => {
    const { code, message, source } = requirement;
    const evidence = {
      ...{ recipient: address, provider: found.id, domain: sending.domain, source },
      ...{ about: fact, value, recorded: new Date(at).toISOString() },
    };
    return requirement.effect === 'block'
      ? { effect: 'block', retryable: true, code, message, evidence }
      : { effect: 'hold', needs: 'fact', code, message, evidence };
  });
}
