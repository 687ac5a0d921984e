import { findAddress } from '../../identity/address.ts';
import type { Rule } from '../rule.ts';

/** Every recipient is an address that SMTP can carry (RFC 5321 §4.1.2), and there is one. */
export const recipientSyntax: Rule = {
  id: 'recipient-syntax',
  version: '1',
  evaluate({ recipients }) {
    if (recipients.length === 0) {
      return [
        {
          effect: 'block',
          code: 'RECIPIENT_MISSING',
          message: 'The message has no recipient; give at least one address in to.',
          evidence: {},
        },
      ];
    }
    return recipients
      .filter(({ address }) => findAddress(address) !== address)
      .map(({ address }) => ({
        effect: 'block',
        code: 'RECIPIENT_INVALID',
        message: 'A recipient address is malformed; correct it and send again.',
        evidence: { recipient: address },
      }));
  },
};
