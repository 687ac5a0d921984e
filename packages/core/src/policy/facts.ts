import type { Relationship } from '../consent/relationship.ts';
import type { ConsentStanding } from '../consent/standing-consents.ts';
import type { Fact, Offer } from '../content/offer.ts';
import type { CountedMail, LedgerMail } from '../frequency/counted-mail.ts';
import type { Address } from '../identity/address.ts';
import type { PauseScope } from '../pauses/pause-scope.ts';
import type { ContactKind } from '../storage/tables/people.ts';
import type { Category, OversightMode } from './modes.ts';
import type { SendingFactName } from './providers/mailbox-provider.ts';

/** What a rule may look at: everything was loaded before, set-wise, in one place. */
export interface SendFacts {
  /** At request the answer is advice; at claim it binds. */
  readonly phase: 'request' | 'claim';
  readonly now: number;
  readonly mailbox: MailboxFacts;
  readonly content: ContentFacts;
  readonly recipients: readonly RecipientFacts[];
  readonly thread?: ThreadFacts;
  readonly history: HistoryFacts;
  readonly budgets: readonly BudgetFacts[];
  /** Whom the mailbox talks to besides; absent: it is no conversation. */
  readonly conversation?: ConversationFacts;
  /** What content may claim and link to; absent: nothing is supported. */
  readonly support?: SupportFacts;
  /** Names of suppression sources that are not fresh. @default none */
  readonly staleSuppressionSources?: readonly string[];
  /** At claim: what stops this mail for now, the widest first; absent: nothing. */
  readonly pause?: PauseFacts;
  /**
   * Nobody reports the bounces of the mailbox: marketing of the last 24 hours and what goes out
   * before this; absent: somebody does.
   */
  readonly unobserved?: { readonly sent: number };
  /** The domain that marketing comes from; absent: nothing is recorded that concerns the recipients. */
  readonly sending?: SendingFacts;
}

/** Somebody said that nothing goes out. */
export interface PauseFacts {
  readonly scope: PauseScope;
  readonly reason: string;
}

/** Other people of the last 24 hours, of this mailbox; counted no further than what decides. */
export interface ConversationFacts {
  /** Who were written to as in a conversation and had never written here. */
  readonly newPeople: number;
  /** Who were told nearly the same. */
  readonly sameBody: number;
}

/** What is known about the domain that mail is sent from. */
export interface SendingFacts {
  /** The primary domain. */
  readonly domain: string;
  readonly recorded: readonly RecordedSendingFact[];
  /** Provider to messages of the last 24 hours, where they decide; counted up to the threshold. */
  readonly sent: Readonly<Record<string, number>>;
}

/** One thing that somebody found out, see docs/providers.md. */
export interface RecordedSendingFact {
  /** Empty: about the domain itself. */
  readonly provider: string;
  readonly fact: SendingFactName;
  /** 0 or 1; of `spamRate` messages per million. */
  readonly value: number;
  /** Epoch ms. */
  readonly at: number;
}

/** What the operator, and people who remembered something, stand behind at this instant. */
export interface SupportFacts {
  readonly offers: readonly Offer[];
  readonly facts: readonly Fact[];
  /** Words that a reviewer approved for a time: lower case, single spaces. */
  readonly claims: readonly string[];
  /** Hosts that links may lead to, their subdomains included. */
  readonly hosts: readonly string[];
  /** Ends of offers that earlier mail named. @default none */
  readonly deadlines?: readonly ToldDeadline[];
}

/** "Until March 31" went out to somebody. */
export interface ToldDeadline {
  /** The terms of the offer, see `toDeal`. */
  readonly deal: string;
  /** Epoch ms. */
  readonly endsAt: number;
}

export interface MailboxFacts {
  readonly address: Address;
  /** The effective mode for this category: code, database and ceiling, the strictest of them. */
  readonly mode: OversightMode;
  /** What a reviewer set, as it is stored; until when, epoch ms. */
  readonly reviewerMode?: { readonly mode: string; readonly until: number | null };
  /** Somebody is told of every send; `monitored` means nothing without. */
  readonly observed: boolean;
  readonly sender?: {
    readonly id: string;
    readonly legalName: string;
    readonly postalAddress: string;
  };
  readonly publicUrl?: string;
  /** IANA name, for recipients whose own is not known. */
  readonly timeZone?: string;
  readonly tighten: readonly TightenRule[];
}

/** An operator's rule that makes a mode stricter when the facts fit (architecture.md §5). */
export interface TightenRule {
  readonly when: {
    readonly category?: Category;
    /** The content does not come from a template that a person approved. */
    readonly freeText?: boolean;
    /** Nothing of this campaign (or campaign, variant and template) has gone out yet, or it has none. */
    readonly firstOf?: 'campaign' | 'step';
    /** No proven mail (DMARC pass) came from the contact for this many days, or never. */
    readonly lapsedDays?: number;
    readonly tag?: string;
  };
  readonly to: OversightMode;
}

export interface ContentFacts {
  /** The category that holds, after the author's word was checked; it can only have tightened. */
  readonly category: Category;
  readonly requestedCategory?: Category;
  readonly requestedMode?: OversightMode;
  /** The author's word. */
  readonly topic?: string;
  /** What consents and caps are asked for, see `judgeTopic`; absent: none is named. */
  readonly knownTopic?: string;
  /** What refusals are asked for; absent: a refusal of any topic holds. */
  readonly provenTopic?: string;
  readonly campaign?: string;
  readonly variant?: string;
  readonly template?: { readonly id: string; readonly approved: boolean };
  readonly tags: readonly string[];
  /** Not to leave before, epoch ms. */
  readonly sendAt?: number;
  /** Values of the text variables of an approved template: the author's own words in it. */
  readonly variables?: readonly string[];
  readonly subject: string;
  /** Markdown as the author wrote it, after a template was filled in. */
  readonly body: string;
  /** Rendered parts, footer and slots included. */
  readonly text: string;
  readonly html: string;
  /** Caller headers that were neither dropped nor refused. */
  readonly headers: readonly (readonly [string, string])[];
  readonly headerFindings: readonly HeaderFinding[];
  readonly toCount: number;
  readonly ccCount: number;
  readonly bccCount: number;
  /** The rendered content has the visible unsubscribe slot and the footer. */
  readonly hasFooter: boolean;
  /** Core put the link of a double opt-in in it; the application said that the person asked. @default false */
  readonly asksToConfirm?: boolean;
  /** The rendered text has the mailbox's own words that a machine writes. @default false */
  readonly disclosed?: boolean;
  /** SHA-256 of what is about to be decided; at claim recomputed from the row. */
  readonly digest: string;
  readonly storedDigest: string;
}

/** A caller header that may not go out. */
export interface HeaderFinding {
  readonly name: string;
  readonly problem: 'provider_control' | 'not_allowed';
}

export interface RecipientFacts {
  readonly address: Address;
  readonly suppressions: readonly SuppressionFact[];
  readonly firstContact: boolean;
  /** Stands in none of to, cc and bcc: a delivery that the content does not know. */
  readonly unlisted?: true;
  /** Belongs to a mailbox that this warden runs. */
  readonly own: boolean;
  /** In one of the operator's `internalDomains`. */
  readonly internal: boolean;
  /** Outside, never proved to write here, and got nothing conversational. @default false */
  readonly newcomer?: true;
  /** Epoch ms of the last proven mail (DMARC pass) from this address; absent when there is none. */
  readonly lastHeardFromAt?: number;
  readonly tags: readonly string[];
  readonly audience: AudienceFacts;
  /** What they had of late; absent: nothing that a cap could count. */
  readonly frequency?: FrequencyFacts;
  /** What they asked for; absent: nothing. */
  readonly preferences?: PreferenceFacts;
  /** Since when something that they wrote, and that may ask to stop, waits for a person. */
  readonly stopRequestedAt?: number;
}

/** One person's part of the ledger, for the longest window of any cap that covers this mail. */
export interface FrequencyFacts {
  /** What reached, or may have reached, the wire, or is about to; this message not counted. */
  readonly had: readonly LedgerMail[];
  /** At claim: what is due as well and goes first, by priority and then by age. */
  readonly ahead: readonly CountedMail[];
  /** Deliveries of this message to this person: more than one when two spellings are one person. */
  readonly wanted: number;
}

/** What a person wants from this sender; the strictest where several rows say something. */
export interface PreferenceFacts {
  readonly declinedTopics: readonly string[];
  /** No marketing before, epoch ms. */
  readonly pausedUntil?: number;
  /** They said that they are away until then, epoch ms. */
  readonly awayUntil?: number;
  /** At most `count` marketing deliveries in any `days` days; all of them hold. */
  readonly maxima: readonly { readonly count: number; readonly days: number }[];
}

/** What the law asks about a person, as far as it is known, for this sender and topic. */
export interface AudienceFacts extends ConsentStanding {
  /** ISO 3166-1 alpha-2; absent: not known, and the strictest law applies. */
  readonly country?: string;
  /** Who said so: the contact, its source, the address's country domain, its phone, the operator. */
  readonly countryFrom: 'contact' | 'source' | 'domain' | 'phone' | 'operator' | 'unknown';
  readonly region?: string;
  /** IANA name. */
  readonly timeZone?: string;
  readonly kind?: ContactKind;
  /** Where the contact came from. */
  readonly source?: string;
  /** How the address was collected; absent: nobody recorded it. */
  readonly collected?: string;
  /** The person was told where the data came from (GDPR art. 14). */
  readonly noticeSent: boolean;
  /** What the application or a reviewer recorded; absent: nothing that stands. */
  readonly relationship?: Relationship;
}

export interface SuppressionFact {
  readonly scope: string;
  readonly reason: string;
  /** Empty: against every sender. */
  readonly senderId: string;
  readonly createdAt: number;
  /** Held against everybody at the domain. */
  readonly wholeDomain?: true;
}

/** The message that is answered: somebody's, or an earlier one of our own. */
export interface ThreadFacts {
  readonly parentFrom: Address;
  readonly parentAuthenticated: boolean;
  /** Auto-Submitted, List-Id, Precedence, null return path: why it must not be answered. */
  readonly loopSigns: readonly string[];
  /** Agent replies in this thread in the last 24 hours, this one not counted. */
  readonly agentRepliesToday: number;
  /** Every recipient wrote in this thread, or is the Reply-To that a proven sender of the same house gave. */
  readonly recipientsWroteHere: boolean;
  /** When a person last sent something in it with another program, after the message that is answered. */
  readonly humanRepliedAt?: number;
  /** Whatever the body quotes was written to us in this thread. */
  readonly quotesThread: boolean;
  /** Else: the Reply-To of the message that is answered, which nothing speaks for. */
  readonly replyToElsewhere?: Address;
}

export interface HistoryFacts {
  readonly campaignSent: boolean;
  readonly stepSent: boolean;
}

/** One rolling limit and what is used of it, this send not counted. */
export interface BudgetFacts {
  readonly kind: string;
  readonly limit: number;
  readonly used: number;
  readonly wanted: number;
  /** When enough of it is free again, epoch ms. */
  readonly freeAt?: number;
  readonly label: string;
}
