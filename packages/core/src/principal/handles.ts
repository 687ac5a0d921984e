import type { AuditHead } from '../audit/audit-seal.ts';
import type { ConsentQuestion } from '../consent/consent-at.ts';
import type { ReportedConsent } from '../consent/list-reported.ts';
import type { OptInRequest } from '../consent/opt-in/request-opt-in.ts';
import type { ConsentInput } from '../consent/parse-consent.ts';
import type { RelationshipInput } from '../consent/record-relationship.ts';
import type { ConsentStanding } from '../consent/standing-consents.ts';
import type { WithdrawalInput } from '../consent/withdraw-consent.ts';
import type {
  ContactImportReport,
  ImportContactsOptions,
} from '../contacts/import/import-contacts.ts';
import type { ContactSource } from '../contacts/import/read-contact-rows.ts';
import type { ContactFactsInput } from '../contacts/parse-contact-facts.ts';
import type { ImportSource } from '../imports/decode-text.ts';
import type {
  CheckInboxInput,
  DecideGroupOptions,
  DecideOptions,
  ListGroupsInput,
  ListPendingInput,
  ManageContactsInput,
  ReplyEmailInput,
  ReportConsentInput,
  SendEmailInput,
  ShowGroupOptions,
  SuppressContactInput,
  TagEmailInput,
} from '../operations/inputs.ts';
import type { Outcome, SendOutcome, SendResult } from '../operations/outcome.ts';
import type {
  Accounting,
  ContactPage,
  DecideResult,
  DeliveryView,
  EmailView,
  InboxPage,
  PendingPage,
  ReviewView,
  TagResult,
  ThreadView,
} from '../operations/results.ts';
import type {
  GroupDecision,
  GroupPage,
  GroupView,
  RuleFeedback,
} from '../operations/review-results.ts';
import type { PolicyOptions } from '../options.ts';
import type { OversightMode } from '../policy/modes.ts';
import type { LimitContactInput, LimitContactResult } from '../preferences/limit-contact.ts';
import type { PreferencesInput, PreferencesView } from '../preferences/set-preferences.ts';
import type { ErasePersonOptions, ErasureReport } from '../rights/erase-person.ts';
import type { PersonExport } from '../rights/export/person-export.ts';
import type { SendingFactsInput } from '../sending/parse-sending-facts.ts';
import type { SimulateOptions } from '../simulation/simulate.ts';
import type { SimulationReport } from '../simulation/simulation-report.ts';
import type { CheckOptions, SuppressionCheck } from '../suppression/check-suppression.ts';
import type { LiftProvisionalInput } from '../suppression/lift-provisional.ts';
import type { ExportedSuppression } from '../suppression/transfer/export-suppressions.ts';
import type {
  ImportReport,
  ImportSuppressionsOptions,
} from '../suppression/transfer/import-suppressions.ts';
import type { FactTaskAnswer } from '../tasks/answer-fact-task.ts';
import type { FactTaskView } from '../tasks/list-fact-tasks.ts';
import type { AgentPrincipal, ReviewerPrincipal } from './principal.ts';

/** What the framework knows about a call; see {@link AgentHandle}. */
export interface CallOptions {
  /** Makes a retry of the same call the same send (kept for 24 hours). */
  readonly callId?: string;
}

/**
 * What an agent can do. It has no way to approve, to lift a suppression or to loosen anything:
 * such a call does not compile, and is refused at run time. Expected outcomes are returned.
 */
export interface AgentHandle {
  readonly principal: AgentPrincipal;
  send(input: SendEmailInput, call?: CallOptions): Promise<SendOutcome>;
  reply(input: ReplyEmailInput, call?: CallOptions): Promise<SendOutcome>;
  /** Decides and renders as `send` would, and records nothing. */
  preview(input: SendEmailInput): Promise<Outcome<PreviewResult>>;
  cancel(input: { readonly messageId: string }): Promise<Outcome<{ readonly messageId: string }>>;
  checkInbox(input?: CheckInboxInput): Promise<Outcome<InboxPage>>;
  readEmail(input: ReadEmailInput): Promise<Outcome<EmailView>>;
  getThread(input: GetThreadInput): Promise<Outcome<ThreadView>>;
  tag(input: TagEmailInput): Promise<Outcome<TagResult>>;
  contacts(input?: ManageContactsInput): Promise<Outcome<ContactPage>>;
  suppress(
    input: SuppressContactInput,
  ): Promise<Outcome<{ readonly address: string; readonly scope: string }>>;
  /** Less marketing for somebody who asked for it; never more. */
  limitContact(input: LimitContactInput): Promise<Outcome<LimitContactResult>>;
  /** Counts for nothing before a person or the application confirms it. */
  reportConsent(input: ReportConsentInput): Promise<Outcome<{ readonly consentId: string }>>;
  /** The agent's own messages that wait for a person, and rejected ones with the reason. */
  listPending(input?: ListPendingInput): Promise<Outcome<PendingPage>>;
}

export interface ReadEmailInput {
  readonly mailbox?: string;
  readonly messageId: string;
  /** Where in the text to start, in UTF-16 units. @default 0 */
  readonly offset?: number;
}

export interface GetThreadInput {
  readonly mailbox?: string;
  readonly threadId: string;
}

export interface PreviewResult {
  readonly decision: 'allow' | 'defer' | 'hold' | 'block';
  readonly code: string;
  readonly reason: string;
  readonly category: string;
  readonly subject: string;
  /** Rendered, links masked. */
  readonly text: string;
  readonly html: string;
  readonly notices: readonly string[];
}

/** What an authenticated person can do. Programming and permission errors are thrown. */
export interface ReviewerHandle {
  readonly principal: ReviewerPrincipal;
  listPending(input?: ListPendingInput): Promise<PendingPage>;
  /** The same by kind: messages of one shape are looked at by a sample and decided together. */
  listGroups(input?: ListGroupsInput): Promise<GroupPage>;
  show(messageId: string): Promise<ReviewView>;
  /**
   * A group with a sample of its messages, whole. `review` names what was shown; it counts for a
   * day, for this reviewer, for one decision. Throws `GROUP_NOT_FOUND`.
   */
  showGroup(group: string, options?: ShowGroupOptions): Promise<GroupView>;
  /** Throws `NOT_PENDING`, `REVISION_CONFLICT`, `OWN_MESSAGE`, `REASON_REQUIRED`, `MESSAGE_NOT_FOUND`. */
  decide(
    messageId: string,
    decision: 'approve' | 'reject',
    options?: DecideOptions,
  ): Promise<DecideResult>;
  /**
   * Decides on the messages that `showGroup` named, each by itself: what changed or was decided
   * since falls out, what came later waits. After a fault the same call goes on where it stopped.
   * Throws `GROUP_NOT_FOUND`, `REVISION_CONFLICT`, `REASON_REQUIRED`.
   */
  decideGroup(
    group: string,
    decision: 'approve' | 'reject',
    options: DecideGroupOptions,
  ): Promise<GroupDecision>;
  /**
   * How the last 50 holds of each rule ended with people. A rule of which they approved more than
   * 80 % unchanged comes first, with a proposal; the event `rule.feedback` tells of it, too.
   */
  listRuleFeedback(): Promise<readonly RuleFeedback[]>;
  /** Locks a template's present hash; transactional mail needs it. */
  approveTemplate(templateId: string): Promise<{ readonly hash: string }>;
  /** Up to the code's ceiling; throws `MODE_ABOVE_CEILING`. */
  setMode(mailbox: string, mode: OversightMode, reason: string, until?: number): Promise<void>;
  /** `@example.com` stands for the whole domain and the domains below it. */
  suppress(address: string, options?: ReviewerSuppressOptions): Promise<void>;
  /** What stands against writing to somebody; changes nothing. */
  check(address: string, options?: CheckOptions): Promise<SuppressionCheck>;
  /**
   * Ends what is recorded against an address, or against a domain (`@example.com`). Throws
   * `LIFT_NOT_ALLOWED` for what the law asked for, and for an unsubscribe or a complaint unless a
   * newer opt-in is proven.
   */
  liftSuppression(address: string, reason: string): Promise<void>;
  /**
   * Lifts what was suppressed as dead while a provider refused unusually many addresses, as the
   * event `suppression.provisional` told; returns how many. Throws `REASON_REQUIRED`,
   * `ARGUMENT_INVALID`.
   */
  liftProvisional(input: LiftProvisionalInput): Promise<number>;
  /** What agents reported and nobody has confirmed, at most 100. */
  reportedConsents(): Promise<readonly ReportedConsent[]>;
  /** Makes it count. Throws `CONSENT_NOT_FOUND`, and `OWN_MESSAGE` when it was reported for them. */
  confirmConsent(consentId: string): Promise<void>;
  /** As the application does: a person vouches for it, by name. Throws `ARGUMENT_INVALID`. */
  recordRelationship(input: RelationshipInput): Promise<{ readonly relationshipId: string }>;
  withdrawRelationship(address: string, senderId?: string): Promise<void>;
  /** Resolves an `unknown` delivery by what a person found out. */
  resolveUnknown(deliveryId: string, outcome: 'sent' | 'failed', reason: string): Promise<void>;
  deliveries(messageId: string): Promise<readonly DeliveryView[]>;
}

export interface ReviewerSuppressOptions {
  readonly scope?: string;
  readonly reason?: 'manual' | 'legal' | 'complaint' | 'unsubscribe';
  readonly note?: string;
  readonly senderId?: string;
}

/** What the application itself can do. */
export interface SystemHandle {
  /** `@example.com` stands for the whole domain and the domains below it. */
  suppress(address: string, options?: ReviewerSuppressOptions): Promise<void>;
  /** What stands against writing to somebody; changes nothing. */
  check(address: string, options?: CheckOptions): Promise<SuppressionCheck>;
  /** Suppresses everybody on another system's list; never lifts anything. Throws `IMPORT_INVALID`. */
  importSuppressions(
    source: ImportSource,
    options?: ImportSuppressionsOptions,
  ): Promise<ImportReport>;
  /** All suppressions in force: HMACs, and addresses where there is still a contact. */
  exportSuppressions(): AsyncIterable<ExportedSuppression>;
  /**
   * Lets mail go out again after a start that was taken for a restore; returns whether anything was
   * stopped. Mailboxes that somebody paused stay paused.
   */
  acknowledgeRestore(): Promise<boolean>;
  /**
   * Takes contacts from CSV, NDJSON or an iterable; see docs/contacts.md. Wrong rows are reported,
   * the others go in; the same file again changes nothing. Throws `IMPORT_INVALID`,
   * `ARGUMENT_INVALID`.
   */
  importContacts(
    source: ContactSource,
    options: ImportContactsOptions,
  ): Promise<ContactImportReport>;
  /** Makes the contact if there is none; what waits for the facts is decided again. */
  setContact(address: string, facts: ContactFactsInput): Promise<{ readonly contactId: string }>;
  /** What a person asked for; they can change it on their preference page. Throws `ARGUMENT_INVALID`. */
  setPreferences(address: string, preferences: PreferencesInput): Promise<PreferencesView>;
  /** What they asked one sender for. @default all of them together */
  preferences(address: string, senderId?: string): Promise<PreferencesView>;
  /** The application vouches for it, so it counts at once; what waits for it is decided again. */
  recordConsent(address: string, consent: ConsentInput): Promise<{ readonly consentId: string }>;
  /**
   * Asks somebody who signed up to confirm it by mail (double opt-in); `warden.handler` serves the
   * page. The mail is decided on like any other. Throws `ARGUMENT_INVALID`, `MAILBOX_REQUIRED`.
   */
  requestOptIn(address: string, request: OptInRequest): Promise<SendResult>;
  /** Counts at once, also against what is queued. */
  withdrawConsent(
    address: string,
    withdrawal?: WithdrawalInput,
  ): Promise<{ readonly consentId: string }>;
  /**
   * A customer, vendor or applicant: mail to them is conversational, within its limits, and no longer
   * marketing by default. Throws `ARGUMENT_INVALID`, `PERSON_ERASED`.
   */
  recordRelationship(input: RelationshipInput): Promise<{ readonly relationshipId: string }>;
  /** Ends every recorded one with this person at once, also for what is queued. */
  withdrawRelationship(address: string, senderId?: string): Promise<void>;
  /** What the ledger had at any moment, epoch ms. @default now */
  consentAt(question: ConsentQuestion, at?: number): Promise<ConsentStanding>;
  reportedConsents(): Promise<readonly ReportedConsent[]>;
  /** Throws `CONSENT_NOT_FOUND`. */
  confirmConsent(consentId: string): Promise<void>;
  /** Facts that mail waits for: one task per source and fact, at most 100. */
  tasks(): Promise<readonly FactTaskView[]>;
  /** For everyone of the task's source. Throws `TASK_NOT_FOUND`, `ARGUMENT_INVALID`. */
  answerTask(taskId: string, answer: FactTaskAnswer): Promise<void>;
  /**
   * What was found out about a domain that marketing comes from: authentication, reverse DNS, TLS,
   * spam rates. Marketing waits where a mailbox provider asks for more; see docs/providers.md.
   * Throws `ARGUMENT_INVALID`, `ARGUMENT_UNKNOWN`.
   */
  recordSendingFacts(facts: SendingFactsInput): Promise<void>;
  pause(mailbox: string, reason: string): Promise<void>;
  resume(mailbox: string): Promise<void>;
  /**
   * Seals what the audit has not sealed yet; the worker does the same by itself. Returns the newest
   * head, or `undefined` when there was nothing to seal. Rejects when `onSeal` does.
   */
  seal(): Promise<AuditHead | undefined>;
  /**
   * Seals, then streams the whole audit as NDJSON, a line at a time; `verifyAudit` of
   * `@mailwarden/core/audit` checks it without the database.
   */
  exportAudit(): AsyncIterable<string>;
  /**
   * Erases the personal details of the audit entries about a person; the entries stay provable and
   * read `erased`. Returns how many. Throws `ADDRESS_INVALID`.
   */
  eraseAuditDetails(address: string): Promise<number>;
  /**
   * Says who would have been decided differently under another policy, or a change of this one, over
   * stored decisions or what was sent before Mailwarden. Sends nothing and writes nothing. Throws
   * `OPTION_UNKNOWN`, `OPTION_INVALID`, `ARGUMENT_INVALID`; `IMPORT_INVALID` for a history that is no
   * CSV or JSON.
   *
   * @example
   * ```ts
   * import type { SystemHandle } from '@mailwarden/core';
   *
   * export async function compare(system: SystemHandle): Promise<string[]> {
   *   const { changes } = await system.simulate({
   *     mailboxes: [{ address: 'news@acme.example', oversight: { default: 'autonomous' } }],
   *   });
   *   return changes.map(({ from, to, count }) => `${from} to ${to}: ${count}`);
   * }
   * ```
   */
  simulate(policy: PolicyOptions, options?: SimulateOptions): Promise<SimulationReport>;
  /**
   * Everything that is held about a person, in every spelling of the address (GDPR art. 15, 20);
   * `renderPersonExport` makes a page of it. Throws `ADDRESS_INVALID`, `ARGUMENT_INVALID`.
   */
  exportPerson(address: string): Promise<PersonExport>;
  /**
   * Erases a person everywhere, in every spelling of the address (GDPR art. 17). They stay
   * suppressed, and neither a resync nor an import brings them back. Resolves when all is gone.
   * Throws `ADDRESS_INVALID`, `REASON_REQUIRED`, `ARGUMENT_INVALID` (one of our own mailboxes).
   */
  erasePerson(address: string, options: ErasePersonOptions): Promise<ErasureReport>;
  /** P5 over all deliveries, or those of one campaign. */
  accounting(filter?: { readonly campaign?: string }): Promise<Accounting>;
  deliveries(filter?: {
    readonly campaign?: string;
    readonly limit?: number;
  }): Promise<readonly (DeliveryView & { readonly messageId: string; readonly subject: string })[]>;
}
