import type { AuditHead } from './audit/audit-seal.ts';
import type { FactInput } from './content/define-fact.ts';
import type { OfferInput } from './content/define-offer.ts';
import type { MailwardenError } from './errors/mailwarden-error.ts';
import type { MailwardenEvent } from './events/event.ts';
import type { FrequencyCap } from './frequency/frequency-cap.ts';
import type { QuietHours } from './frequency/quiet-hours.ts';
import type { AddressPattern } from './identity/address-pattern.ts';
import type { Inbox } from './inbound/inbox.ts';
import type { TightenRule } from './policy/facts.ts';
import type { JurisdictionPack } from './policy/jurisdictions/jurisdiction-pack.ts';
import type { Oversight, OversightMode } from './policy/modes.ts';
import type { Rule } from './policy/rule.ts';
import type { RetentionOptions } from './retention/retention-options.ts';
import type { StorageFactory } from './storage/database.ts';
import type { SuppressionJournal } from './suppression/journal/suppression-journal.ts';
import type { SuppressionNotice } from './suppression/notify-suppressions.ts';
import type { SuppressionSource } from './suppression/sources/suppression-source.ts';
import type { Logger } from './telemetry/logger.ts';
import type { ThrottleOptions } from './throttle/throttle-options.ts';
import type { DkimOptions, Transport } from './transport/transport.ts';
import type { WebhookOptions, WebhookProvider } from './webhooks/webhook-options.ts';

/**
 * Everything that decides what agents may do, as data: in TypeScript with `definePolicy`, or in a
 * YAML or JSON file with `loadPolicy` of `@mailwarden/core/policy-file`.
 */
export interface PolicyOptions {
  readonly senders?: Readonly<Record<string, SenderOptions>>;
  readonly mailboxes?: readonly MailboxPolicy[];
  readonly templates?: readonly TemplateOptions[];
  /** What marketing may offer; see `defineOffer`. */
  readonly offers?: readonly OfferInput[];
  /** What marketing may state; see `defineFact`. */
  readonly facts?: readonly FactInput[];
  /** Hosts that marketing may link to besides the operator's own, subdomains included. */
  readonly allowedLinkHosts?: readonly string[];
  /** Domains whose people count as colleagues: mail to them is conversational. */
  readonly internalDomains?: readonly string[];
  /** Whose Authentication-Results to believe (RFC 8601 §5). */
  readonly trustedAuthservId?: string;
  /** Header fields that agents may set. @default ['X-Campaign-ID'] */
  readonly allowedHeaders?: readonly string[];
  readonly budgets?: BudgetOptions;
  /**
   * How much mail one person may get, over every path; all of them hold. A list replaces the
   * default, an empty one caps nothing. @default marketing: 1 in 24 hours and 3 in 7 days
   */
  readonly frequencyCaps?: readonly FrequencyCap[];
  /** When marketing waits, by the recipient's clock. @default never */
  readonly quietHours?: QuietHours;
  /**
   * Topics of marketing that people can choose on their preference page: id to name. Mail on any other
   * counts as on none; without them a refusal of one topic is a refusal of all.
   */
  readonly topics?: Readonly<Record<string, string>>;
  readonly audience?: AudienceOptions;
  /** Own regimes; one with the id of a built-in pack replaces it. */
  readonly jurisdictions?: readonly JurisdictionPack[];
  /** How long a person has to decide, ms. @default 5 days */
  readonly reviewExpiry?: number;
  /** Body and subject, UTF-8 bytes. @default 1_000_000 */
  readonly maxBodyBytes?: number;
  /** All attachments of one message together. @default 25_000_000 */
  readonly maxAttachmentBytes?: number;
}

/** Everything the application decides; the database never overrules it upwards. */
export interface MailwardenOptions extends PolicyOptions {
  readonly database: StorageFactory;
  /** The first key makes new HMACs, all of them are searched. 32 characters or more each. */
  readonly keys: readonly KeyOptions[];
  /**
   * A policy of its own, e.g. from a file. What it says is not said again beside it; of a mailbox,
   * each side may say a part.
   */
  readonly policy?: PolicyOptions;
  /** Where `warden.handler` is reached from outside, e.g. `https://mail.acme.example/mail`. */
  readonly publicUrl?: string;
  /** @default 'default' */
  readonly tenant?: string;
  readonly mailboxes: readonly MailboxOptions[];
  /** Providers that may tell what became of mail, at `POST /webhooks/<provider>` of the handler. @default none */
  readonly webhooks?: WebhookOptions;
  /** Own rules beside the built-in ones; they can only tighten. */
  readonly rules?: readonly Rule[];
  /** Told of every event after its commit, in order, at least once. */
  readonly onEvent?: (event: MailwardenEvent) => void | Promise<void>;
  /**
   * Told of the newest head after entries were sealed: keep it where whoever can write to the
   * database cannot. A later head covers every earlier one.
   */
  readonly onSeal?: (head: AuditHead) => void | Promise<void>;
  /** Told of faults in the background: a database, SMTP or IMAP server that does not answer. */
  readonly onError?: (error: MailwardenError) => void;
  /**
   * Told what happens, in ids, codes and counts: no address, no subject, no text. Metrics and traces
   * go to the OpenTelemetry SDK of the process, when there is one.
   */
  readonly logger?: Logger;
  /** Product time, epoch ms. @default Date.now */
  readonly clock?: () => number;
  /** @default 'auto' */
  readonly migrate?: 'auto' | 'check';
  readonly dispatch?: DispatchOptions;
  /** How long what is no longer needed is kept. */
  readonly retention?: RetentionOptions;
  /** Lists that are kept elsewhere; while one is not fresh, marketing waits. */
  readonly suppressionSources?: readonly SuppressionSource[];
  /**
   * Told of every new suppression after its commit, at least once, to pass it on to other systems.
   * Not told of imports and of what came from a source.
   */
  readonly onSuppress?: (suppression: SuppressionNotice) => void | Promise<void>;
  /** A second record of suppressions, outside the database: what a restored one has forgotten. */
  readonly suppressionJournal?: SuppressionJournal;
  /**
   * How long nothing may have happened while mail waits before a start counts as a restore, ms.
   * @default 24 hours with a `suppressionJournal`, never without
   */
  readonly maxLateness?: number;
}

export interface KeyOptions {
  readonly id: string;
  readonly secret: string | undefined;
}

/** The legal entity on whose behalf marketing goes out (CAN-SPAM §7704(a)(5), CASL s. 6(2)). */
export interface SenderOptions {
  readonly legalName: string;
  readonly postalAddress: string;
  /** IANA name, for recipients whose own is not known. @default none */
  readonly timeZone?: string;
}

/** What a policy says about one mailbox. */
export interface MailboxPolicy {
  readonly address: string;
  /** Display name in From. */
  readonly name?: string;
  /** Key of `senders`; marketing needs it. */
  readonly sender?: string;
  /** @default { default: 'gated_send' } */
  readonly oversight?: Oversight | OversightMode;
  /** The loosest mode a reviewer may set. @default as loose as `oversight` says */
  readonly ceiling?: OversightMode;
  readonly tighten?: readonly TightenRule[];
  /**
   * What stands at the end of every answer, for instance "Written by Acme's AI assistant; a person
   * reads your answer." The EU asks for it (AI Act art. 50). @default none
   */
  readonly disclosure?: string;
  /** An editor may not approve their own edit. @default false */
  readonly fourEyes?: boolean;
  /**
   * Deliveries that may reach the wire in any 24 hours; what is over waits. Counts from the moment that
   * a limit is set: what went out without one is not in it. @default no limit
   */
  readonly dailyLimit?: number;
  /** IANA name, for recipients whose own is not known. @default that of the sender */
  readonly timeZone?: string;
  /**
   * Who reports bounces: mail that comes to its inbox, or is given to `ingest`; a provider's
   * webhook; or nobody, and then marketing above 50 in 24 hours is held. See docs/webhooks.md.
   * @default 'imap' with an inbox, its own or one that has its `addresses`, 'none' without
   */
  readonly bounces?: BounceReporter;
}

/** Where bounces of a mailbox become known. */
export type BounceReporter = 'imap' | 'none' | { readonly webhook: WebhookProvider };

export interface MailboxOptions extends MailboxPolicy {
  /** Absent: this process does not send for it; another one on the same database may. */
  readonly transport?: Transport;
  /** Absent: the mailbox is not read. */
  readonly inbox?: Inbox;
  /**
   * Mail to `local+anything@domain` arrives here (RFC 5233), and the server sends as such an address:
   * then each delivery has a return path of its own, by which its reports are known. Check it with a
   * mail to yourself first; without it bounces would be lost. @default false
   */
  readonly subaddressing?: boolean;
  /**
   * What its login receives besides: `*@agents.acme.example`, `agent+*@acme.example`, also in a list.
   * Mail for the address of another mailbox here is that mailbox's, which needs no inbox; what else
   * has one of the forms waits here for people. See docs/inbound.md. @default none
   */
  readonly addresses?: AddressPattern | readonly AddressPattern[];
  /**
   * What happens to mail of which nobody can tell whether it arrived, when a quarter of an hour has
   * brought no news: it waits for a person, or it is sent once more, with the risk that it arrives
   * twice. A mode that asks people asks again. @default 'hold'
   */
  readonly onUnknown?: 'hold' | 'resend';
  /**
   * Whether the Sent folder gets a copy of conversational and transactional mail of no campaign after
   * it was sent. @default true with an inbox that can, its own or one that has its `addresses`, unless
   * the transport's provider does it (Gmail, Microsoft)
   */
  readonly copyToSent?: boolean;
  readonly dkim?: DkimOptions;
}

/** Code owns the text; a reviewer approves its hash. */
export interface TemplateOptions {
  readonly id: string;
  /** Liquid, strict. */
  readonly subject: string;
  /** Markdown with Liquid, strict. */
  readonly body: string;
  /** What mail made from it is; the agent's word cannot loosen it. @default 'marketing' */
  readonly category?: 'transactional' | 'marketing';
  /**
   * Name to type; a call gives exactly these. `text` is one line of words, `number` is decimal,
   * `date` is ISO 8601 (`2026-05-07`, or with a time and offset `2026-05-07T10:30Z`; Liquid's `date`
   * filter writes it in UTC), `url` is an absolute http(s) URL.
   */
  readonly variables?: Readonly<Record<string, TemplateVariableType>>;
}

/** What a template's variable may hold. */
export type TemplateVariableType = 'text' | 'number' | 'date' | 'url';

export interface BudgetOptions {
  /** Sends per mailbox in 24 hours. @default 500 */
  readonly sendsPerDay?: number;
  /** First contacts per mailbox in 24 hours. @default 50 */
  readonly firstContactsPerDay?: number;
  /** Sends per run. @default 100 */
  readonly sendsPerRun?: number;
}

/**
 * What the operator says about the audience. The law of each recipient's country holds with or
 * without it.
 */
export interface AudienceOptions {
  /**
   * Which law holds for people whose country neither their contact, nor its source, nor their
   * address tells: every pack at once, or that of one country which the operator answers for.
   * @default 'strictest'
   */
  readonly unknownCountry?: 'strictest' | (string & {});
}

export interface DispatchOptions {
  /** Deliveries in flight at once. @default 10 */
  readonly concurrency?: number;
  /**
   * How long a claim holds before another worker may take over, ms; longer than the `sendTimeout` of
   * every transport.
   * @default 120_000
   */
  readonly lease?: number;
  /** How long transient failures are retried, ms. @default 72 hours */
  readonly retryFor?: number;
  /** First back-off, ms; doubles each time, with jitter. @default 60_000 */
  readonly retryDelay?: number;
  /** How often an idle worker looks, ms. @default 1_000 */
  readonly pollInterval?: number;
  /** How fast mail may go out; see docs/dispatch.md. @default each provider: 100 a second */
  readonly throttle?: ThrottleOptions;
}
