/** What the tables of the packs do not say: one entry per pack. */
export interface LawNotes {
  readonly about: string;
  /** What other rules of core see to. */
  readonly elsewhere: readonly string[];
  /** What the sender has to see to. */
  readonly missing: readonly string[];
}

const FORM = [
  'A sender with a legal name and a postal address, and a working unsubscribe link: rule `sender-identity` (`SENDER_IDENTITY_MISSING`, `POSTAL_ADDRESS_MISSING`, `UNSUBSCRIBE_MISSING`, `FOOTER_MISSING`).',
  'One-click unsubscribe that counts at once and does not expire: RFC 8058 headers and `warden.handler`.',
  'Suppression, before every law: rule `suppression`.',
];

export const LAW_NOTES: Readonly<Record<string, LawNotes>> = {
  us: {
    about: 'Marketing needs no consent, to businesses neither; a refusal counts at once.',
    elsewhere: [
      ...FORM,
      'What is transactional: only a template that a person approved (rule `category-proof`); all that is not shown to be transactional or a conversation is marketing.',
    ],
    missing: [
      'Misleading subjects and urgency claims, also under the laws of single states (Washington CEMA): claims are not checked yet.',
      'The primary purpose of mixed content (16 CFR 316.3): who approves a template answers for it.',
      'A mark as advertisement for people who never agreed (15 USC 7704(a)(5)(A)(i)); several advertisers in one message.',
      'The FCC list of wireless domains; passing on addresses after an opt-out.',
    ],
  },
  california: {
    about:
      'Not about permission to send, but about where data comes from; runs beside the pack `us` when the region of a contact is known to be CA.',
    elsewhere: ['Everything under the pack `us`.'],
    missing: [
      'Opt-outs of sale and sharing, deletion requests, minors, the Delete Act’s DROP: Mailwarden shares no data with third parties; the system that does has to keep them.',
      'A contact whose region is not known is not taken for a Californian.',
    ],
  },
  ca: {
    about:
      'Marketing needs consent, to businesses too. An implied consent gets its end when it is recorded: two years, or six months after an inquiry, never later.',
    elsewhere: [
      ...FORM,
      'Messages under s. 6(6) (quotes, receipts, warranty) are transactional templates and need no consent.',
      'Mail inside the organisation and answers to an inquiry are conversations.',
    ],
    missing: [
      'A phone number or web address in the footer beside the postal address: put one in `senders`.',
      'Mail that is sent from Canada to people elsewhere: give them the country CA if the act is to hold for them.',
      'That a published or disclosed address fits the message; a person looks at published ones.',
      '“Once” after a referral is counted per mailbox.',
    ],
  },
  eu: {
    about:
      'Marketing needs proven consent, or the soft opt-in with all its conditions; a few countries let businesses be written to on legitimate interests.',
    elsewhere: [
      ...FORM,
      'That every message offers a way out, the last condition of the soft opt-in: rule `sender-identity`.',
    ],
    missing: [
      'Surveys are known by topic or tag (`survey`, `review`, `review_request`, `feedback`, `feedback_request`, `nps`); a survey that nobody calls one in a transactional template is not found.',
      'Whether products are similar, a sale took place or a wording is clear: the ledger holds what was recorded.',
      'Consent for open and click tracking: Mailwarden does not track.',
      'Profiling under GDPR art. 22; the contents of an art. 14 notice.',
      'Switzerland, which is not in the EEA, has no pack: the strictest of all holds there.',
      'The B2B data (FI, FR, IE, and generic addresses in BE) comes from an older overview; all others are opt-in.',
    ],
  },
  uk: {
    about:
      'Individuals, sole traders and some partnerships opt in; people and roles at companies opt out. A contact whose kind is not known counts as an individual.',
    elsewhere: FORM,
    missing: [
      'The soft opt-in of charities (DUAA 2025).',
      'Screening against preference services; the complaints process.',
      'Surveys are known by topic or tag, as in the EU.',
    ],
  },
  au: {
    about: 'Express or inferred consent.',
    elsewhere: FORM,
    missing: [
      'Designated messages of governments, charities and schools.',
      'That an inferred relationship is still running, unless it was recorded with an end.',
    ],
  },
  nz: {
    about: 'Express, inferred or deemed consent.',
    elsewhere: FORM,
    missing: [
      'That a published address fits the message; a person looks.',
      'That an inferred relationship is still running, unless it was recorded with an end.',
    ],
  },
  sg: {
    about: 'Opt-out; what was not asked for carries a label in the subject.',
    elsewhere: FORM,
    missing: [
      'The threshold of bulk: every marketing message counts as sent in bulk.',
      'The local contact that the second schedule asks for.',
    ],
  },
  'ai-act': {
    about:
      'Whether people learn that a machine writes to them. The rule `ai-disclosure` asks it of answers (conversational mail); a mailbox’s `disclosure` ends each of them with the operator’s words.',
    elsewhere: ['A held message has been seen by a person before it goes out.'],
    missing: [
      'Other forms of disclosure than the mailbox’s own words and sentences such as “I am an AI assistant” in seven languages.',
      'People whose country is not known.',
      'Machine-readable marking, which is the duty of the model’s provider (art. 50(2)).',
    ],
  },
};
