import type { SendFacts } from '../facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/**
 * Marketing names its sender, a postal address and a working way out.
 * Law: CAN-SPAM 15 USC 7704(a)(3), (a)(5); CASL s. 6(2); ePrivacy art. 13(4). RFC 8058.
 */
export const senderIdentity: Rule = {
  id: 'sender-identity',
  version: '1',
  evaluate(facts) {
    if (facts.content.category !== 'marketing') return [];
    return problems(facts).map(([code, missing]) => ({
      effect: 'block',
      code,
      message: `Marketing from this mailbox needs ${missing}; the operator has to configure it.`,
      evidence: { mailbox: facts.mailbox.address },
    }));
  },
};

function problems({ mailbox, content }: SendFacts): (readonly [RuleFinding['code'], string])[] {
  if (mailbox.sender === undefined || mailbox.sender.legalName.trim() === '') {
    return [['SENDER_IDENTITY_MISSING', 'a sender with a legal name']];
  }
  if (mailbox.sender.postalAddress.trim() === '') {
    return [['POSTAL_ADDRESS_MISSING', 'a postal address of the sender']];
  }
  if (mailbox.publicUrl === undefined) {
    return [['UNSUBSCRIBE_MISSING', 'publicUrl, where unsubscribe links lead']];
  }
  return content.hasFooter ? [] : [['FOOTER_MISSING', 'the footer that core adds']];
}
