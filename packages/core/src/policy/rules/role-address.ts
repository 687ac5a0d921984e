import { EXPRESS_BASES } from '../../consent/consent-basis.ts';
import type { RecipientFacts } from '../facts.ts';
import { findRoleAddress } from '../role-addresses.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/**
 * Marketing goes to people. Addresses such as abuse@, postmaster@ and noreply@ get none at all, and
 * shared ones such as info@ and sales@, or contacts that were recorded as a role, wait until somebody
 * there has asked for it in so many words (an express consent that stands).
 */
export const roleAddress: Rule = {
  id: 'role-address',
  version: '1',
  evaluate({ now, content, recipients }) {
    if (content.category !== 'marketing') return [];
    return recipients.flatMap((recipient) => findingFor(recipient, now));
  },
};

function findingFor(recipient: RecipientFacts, now: number): readonly RuleFinding[] {
  const { address, audience } = recipient;
  const role = findRoleAddress(address);
  if (role === 'technical') {
    return [
      {
        effect: 'block',
        code: 'ROLE_ADDRESS',
        message: `${address} is no person's address; marketing to it is reported as spam.`,
        evidence: { recipient: address },
      },
    ];
  }
  if (role === undefined && audience.kind !== 'role') return [];
  if (hasExpressConsent(recipient, now)) return [];
  return [
    {
      effect: 'hold',
      needs: 'fact',
      code: 'ROLE_ADDRESS_CONSENT',
      message: `${address} is shared by several people; it gets marketing only with an express consent on record.`,
      evidence: { recipient: address, fact: 'consent', source: audience.source ?? '' },
    },
  ];
}

function hasExpressConsent({ audience }: RecipientFacts, now: number): boolean {
  return audience.consents.some(
    ({ basis, expiresAt = Number.POSITIVE_INFINITY }) =>
      EXPRESS_BASES.includes(basis) && expiresAt > now,
  );
}
