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
      'What is transactional: only a template that a person approved (rule `category-proof`); all that is not shown to be transactional or a conversation is marketing (`US_TRANSACTIONAL`).',
      'The primary purpose of mixed content (16 CFR 316.3): advertising in the subject, at the start or as the larger part makes it commercial, advertising after the transaction does not (rule `primary-purpose`: `US_PRIMARY_PURPOSE_COMMERCIAL`, `US_PRIMARY_PURPOSE_TX`).',
      'Deadlines, discounts, prices and gifts that no declared offer or fact supports, in the subject as well (15 USC 7704(a)(2); RCW 19.190.020): rules `claims` and `offer-extended` (`SUBJECT_URGENCY_CLAIM`, `CLAIM_UNSUPPORTED`, `OFFER_EXPIRED`, `OFFER_EXTENDED_AFTER_DEADLINE`).',
      'Unsubscribing asks for no login, fee or reason: one page, one button (`US_OPTOUT_MECHANISM`). Its link does not expire (`US_OPTOUT_TTL`), and each page offers to stop all marketing (`US_OPTOUT_ALL_MISSING`).',
      'From is the mailbox; no author sets From, Sender or Reply-To (`HEADER_DECEPTIVE`).',
      'Agents and reviewers have no export of people or suppressions; only the application has, with `system()` (`US_OPTOUT_TRANSFER`).',
    ],
    missing: [
      'Subjects that mislead without a deadline, discount, price or gift (`SUBJECT_DECEPTIVE`): no rule knows what a mail is really about.',
      'A mark as an advertisement for people who never agreed (`US_AD_ID`, 15 USC 7704(a)(5)(A)(i)): put it into the templates.',
      'Several advertisers in one message (`US_MULTI_SENDER`): nothing tells who they are; each mailbox has one sender.',
      'The list of the FCC itself (`US_WIRELESS_DOMAIN`): the pack has gateways of the large carriers; suppress other domains as `@domain`.',
      'What the application does with addresses that it exported (`US_OPTOUT_TRANSFER`).',
    ],
  },
  california: {
    about:
      'Not about permission to send, but about where data comes from; runs beside the pack `us` when the region of a contact is known to be CA.',
    elsewhere: [
      'Everything under the pack `us`.',
      'Deletion (`CCPA_DELETED`): `system().erasePerson` deletes what is held here, and keeps the address suppressed so that it stays deleted.',
    ],
    missing: [
      'Opt-outs of sale and sharing, and the signal GPC (`CCPA_OPTOUT_SHARE`): Mailwarden shares no data with third parties; the system that does has to keep them.',
      'The dates of a deletion request, and telling others who hold the data (`CCPA_DELETED`).',
      'The twelve months before somebody may be asked again (`CCPA_REASK_12M`): no sale of data is known here.',
      'The Delete Act’s DROP (`DELETE_ACT_DROP`): a data broker has to poll it, and call `erasePerson`.',
      'Minors (`CCPA_MINOR`): nobody’s age is known here.',
      'A contact whose region is not known is not taken for a Californian.',
    ],
  },
  ca: {
    about:
      'Marketing needs consent, to businesses too. An implied consent gets its end when it is recorded: two years, or six months after an inquiry, never later.',
    elsewhere: [
      ...FORM,
      'Messages under s. 6(6) (quotes, receipts, warranty) are transactional templates and need no consent (`CA_6_6`).',
      'Mail inside the organisation and answers to an inquiry are conversations (`CA_EXEMPT`).',
    ],
    missing: [
      'The sender’s details and the way out in messages under s. 6(6) (`CA_6_6`): core adds its footer to marketing only; the template has to say both.',
      'Mail between organisations, and for a legal duty (`CA_EXEMPT`): what is neither a conversation nor an approved template counts as marketing.',
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
      'That every message offers a way out, the last condition of the soft opt-in: rule `sender-identity` (`EU_SENDER_IDENTITY`). From is the mailbox, whoever writes.',
      'Withdrawing is as easy as agreeing (`EU_WITHDRAWAL_FRICTION`): one button without a login, or one click in the mail program.',
      'No pixel, no remote image and no rewritten link is put into mail (`TRACKING_CONSENT`): opens and clicks are not recorded.',
      'After an erasure the address stays suppressed, as an HMAC.',
    ],
    missing: [
      'Surveys are known by topic, tag or template (`survey`, `review`, `review_request`, `feedback`, `feedback_request`, `nps`), by their words in twelve languages (English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Czech, Swedish, Danish with Norwegian, Finnish) and by links to where reviews are written; one that asks in other words or languages is not found.',
      'An answer in a conversation that asks for a review or rating is seen by a person (`ANSWER_ADVERTISES`); one that asks “how was it?” among people who talk is not.',
      'Whether products are similar, a sale took place or a wording is clear: the ledger holds what was recorded.',
      'Links that an author made to recognise somebody (`TRACKING_CONSENT`): they look like any other link.',
      'Profiling with legal effect (`EU_ART22`): Mailwarden decides on mail only; the system that decides on people has to see to it.',
      'The contents of an art. 14 notice (`EU_ART14_NOTICE`): the ledger holds when it was sent.',
      'The month for an access or erasure request (GDPR art. 12(3)): both are done when the application asks for them.',
      'Switzerland, which is not in the EEA, has no pack: the strictest of all holds there.',
      'The B2B data (FI, FR, IE, and generic addresses in BE) comes from an older overview; all others are opt-in. The overview has Austria as opt-out, which ended on 1 March 2006: consent is asked of businesses, too (BGBl. I 133/2005; TKG 2021 § 174).',
    ],
  },
  uk: {
    about:
      'Individuals, sole traders and some partnerships opt in; people and roles at companies opt out. A contact whose kind is not known counts as an individual.',
    elsewhere: FORM,
    missing: [
      'The soft opt-in of charities (DUAA 2025).',
      'Screening against preference services; the complaints process.',
      'Surveys are known by topic, tag, template and words, as in the EU.',
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
    elsewhere: [
      'A held message has been seen by a person before it goes out (`AI_HUMAN_REVIEWED`).',
      'People whose country is not known are judged as in the EU, unless `audience.unknownCountry` names a country: with `disclosure` nothing is held for it.',
      'Marketing and notices of transactions converse with nobody and are not asked (`AI_OBVIOUS`).',
    ],
    missing: [
      'Other forms of disclosure than the mailbox’s own words and sentences of the writer about itself or this message (“I am an AI assistant”) in seven languages; a text about a product with AI is none.',
      'Machine-readable marking (`AI_MARKING_PROVIDER`), which is the duty of the model’s provider (art. 50(2)).',
      'Which model wrote a text, and from which prompt: it is not stored; who approved it is.',
    ],
  },
};
