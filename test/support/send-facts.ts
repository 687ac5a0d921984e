import type { ConsentFact } from '../../packages/core/src/consent/standing-consents.ts';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import type {
  AudienceFacts,
  ContentFacts,
  MailboxFacts,
  RecipientFacts,
  SendFacts,
} from '../../packages/core/src/policy/facts.ts';

/** What a test says about one send; the rest is marketing that nothing stands against. */
export interface GivenFacts {
  readonly now?: number;
  readonly audience?: Partial<AudienceFacts>;
  readonly recipient?: Partial<RecipientFacts>;
  readonly content?: Partial<ContentFacts>;
  readonly mailbox?: Partial<MailboxFacts>;
  readonly facts?: Partial<SendFacts>;
}

export const NOW = Date.parse('2026-11-22T10:00:00Z');

/** Facts for pure rules: one recipient, an autonomous mailbox with a sender. */
export function sendFacts(given: GivenFacts = {}): SendFacts {
  return {
    phase: 'request',
    now: given.now ?? NOW,
    mailbox: {
      address: parseAddress('news@acme.example'),
      mode: 'autonomous',
      observed: true,
      tighten: [],
      sender: { id: 'acme', legalName: 'Acme, Inc.', postalAddress: '123 Main St' },
      publicUrl: 'https://mail.acme.example',
      ...given.mailbox,
    },
    content: { ...CONTENT, ...topicsOf(given), ...given.content },
    recipients: [
      {
        address: parseAddress('ana@example.com'),
        suppressions: [],
        firstContact: false,
        own: false,
        internal: false,
        tags: [],
        ...given.recipient,
        audience: { countryFrom: 'contact', noticeSent: false, consents: [], ...given.audience },
      },
    ],
    history: { campaignSent: true, stepSent: true },
    budgets: [],
    ...given.facts,
  };
}

/** Topics that tests name are declared. */
function topicsOf({ content: { topic } = {} }: GivenFacts): Partial<ContentFacts> {
  return topic === undefined ? {} : { knownTopic: topic, provenTopic: topic };
}

/** A consent of a year ago, proven. */
export function consentFact(over: Partial<ConsentFact> = {}): ConsentFact {
  const obtainedAt = NOW - 365 * 86_400_000;
  return { id: 'c1', basis: 'express', obtainedAt, proven: true, wordingVersion: 'v1', ...over };
}

const CONTENT: ContentFacts = {
  category: 'marketing',
  tags: [],
  subject: 'Acme 5 is here',
  body: 'Acme 5 is here.',
  text: 'Acme 5 is here.',
  html: '<p>Acme 5 is here.</p>',
  headers: [],
  headerFindings: [],
  toCount: 1,
  ccCount: 0,
  bccCount: 0,
  hasFooter: true,
  digest: 'd',
  storedDigest: 'd',
  template: { id: 't', approved: true },
};
