import type { AuditHead } from '../audit/audit-seal.ts';
import { eraseAuditDetails } from '../audit/erase-audit-details.ts';
import { exportAudit } from '../audit/export-audit.ts';
import { sealAudit } from '../audit/seal-audit.ts';
import { confirmConsent } from '../consent/confirm-consent.ts';
import { type ConsentQuestion, consentAt } from '../consent/consent-at.ts';
import { listReported, type ReportedConsent } from '../consent/list-reported.ts';
import { type OptInRequest, requestOptIn } from '../consent/opt-in/request-opt-in.ts';
import type { ConsentInput } from '../consent/parse-consent.ts';
import { recordConsent } from '../consent/record-consent.ts';
import { type RelationshipInput, recordRelationship } from '../consent/record-relationship.ts';
import type { ConsentStanding } from '../consent/standing-consents.ts';
import { type WithdrawalInput, withdrawConsent } from '../consent/withdraw-consent.ts';
import { withdrawRelationship } from '../consent/withdraw-relationship.ts';
import {
  type ContactImportReport,
  type ImportContactsOptions,
  importContacts,
} from '../contacts/import/import-contacts.ts';
import type { ContactSource } from '../contacts/import/read-contact-rows.ts';
import type { ContactFactsInput } from '../contacts/parse-contact-facts.ts';
import { setContactFacts } from '../contacts/set-contact-facts.ts';
import type { Context } from '../context.ts';
import { countDeliveries } from '../deliveries/count-deliveries.ts';
import { listDeliveries } from '../deliveries/list-deliveries.ts';
import type { ImportSource } from '../imports/decode-text.ts';
import type { IngestResult } from '../inbound/ingest.ts';
import { type Came, ingestRaw } from '../inbound/ingest-raw.ts';
import { type RawMessage, readRawMessage } from '../messages/read-raw-message.ts';
import type { SendResult } from '../operations/outcome.ts';
import type { Accounting, DeliveryView } from '../operations/results.ts';
import type { PolicyOptions } from '../options.ts';
import { listPauses, type PauseView } from '../pauses/list-pauses.ts';
import type { PauseTarget } from '../pauses/parse-pause-target.ts';
import { pauseMail } from '../pauses/pause-mail.ts';
import { resumeMail } from '../pauses/resume-mail.ts';
import {
  getPreferences,
  type PreferencesInput,
  type PreferencesView,
  setPreferences,
} from '../preferences/set-preferences.ts';
import {
  type ErasePersonOptions,
  type ErasureReport,
  erasePerson,
} from '../rights/erase-person.ts';
import { exportPerson } from '../rights/export/export-person.ts';
import type { PersonExport } from '../rights/export/person-export.ts';
import type { SendingFactsInput } from '../sending/parse-sending-facts.ts';
import { recordSendingFacts } from '../sending/record-sending-facts.ts';
import { type SimulateOptions, simulate } from '../simulation/simulate.ts';
import type { SimulationReport } from '../simulation/simulation-report.ts';
import {
  type CheckOptions,
  checkSuppression,
  type SuppressionCheck,
} from '../suppression/check-suppression.ts';
import { acknowledgeRestore } from '../suppression/journal/restore-pause.ts';
import { suppressSubject } from '../suppression/suppress-subject.ts';
import {
  type ExportedSuppression,
  exportSuppressions,
} from '../suppression/transfer/export-suppressions.ts';
import {
  type ImportReport,
  type ImportSuppressionsOptions,
  importSuppressions,
} from '../suppression/transfer/import-suppressions.ts';
import { answerFactTask, type FactTaskAnswer } from '../tasks/answer-fact-task.ts';
import { type FactTaskView, listFactTasks } from '../tasks/list-fact-tasks.ts';
import { listWebhookDays, type WebhookDay } from '../webhooks/list-webhook-days.ts';
import type { ReviewerSuppressOptions } from './handles.ts';
import { bindPrincipal } from './registry.ts';

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
  /** How many events mail providers posted on each of the last 31 days, and whether they were about our mail. */
  webhookDays(): Promise<readonly WebhookDay[]>;
  /**
   * Stops a mailbox, a campaign, an agent's mail, the tenant or everything before the next claim, and
   * after any restart; see docs/dispatch.md. Throws `MAILBOX_UNKNOWN`, `ARGUMENT_INVALID`,
   * `ARGUMENT_UNKNOWN`.
   */
  pause(target: PauseTarget, reason: string): Promise<void>;
  /** Ends exactly this pause; what others stop stays stopped. Returns whether there was one. */
  resume(target: PauseTarget): Promise<boolean>;
  /** Every pause in force, the latest first. */
  pauses(): Promise<readonly PauseView[]>;
  /**
   * Stores a message that came another way than by an inbox, such as a provider's inbound webhook,
   * with everything that follows from it. The same bytes are stored once. Throws `MAILBOX_UNKNOWN`,
   * `ARGUMENT_INVALID`, `STORAGE_UNAVAILABLE`; nothing was stored then.
   */
  ingest(mailbox: string, raw: Uint8Array | string, came?: Came): Promise<IngestResult>;
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
  /**
   * A message from outside as it came, byte for byte: hidden text, live links and all. Throws
   * `MESSAGE_NOT_FOUND`, and `RAW_MAIL_NOT_KEPT` after retention or erasure, and for mail of our own.
   */
  rawMessage(messageId: string): Promise<RawMessage>;
  /** P5 over all deliveries, or those of one campaign. */
  accounting(filter?: { readonly campaign?: string }): Promise<Accounting>;
  deliveries(filter?: {
    readonly campaign?: string;
    readonly limit?: number;
  }): Promise<readonly (DeliveryView & { readonly messageId: string; readonly subject: string })[]>;
}

/** Makes what the application itself uses. */
export function createSystemHandle(ctx: Context): SystemHandle {
  const handle: SystemHandle = {
    suppress: (address, options) => suppressSubject(ctx, 'system', address, options),
    check: (address, options) => checkSuppression(ctx, address, options),
    importSuppressions: (source, options) => importSuppressions(ctx, source, options),
    exportSuppressions: () => exportSuppressions(ctx),
    acknowledgeRestore: () => acknowledgeRestore(ctx),
    importContacts: (source, options) => importContacts(ctx, source, options),
    setContact: (address, facts) => setContactFacts(ctx, address, facts),
    setPreferences: (address, wishes) => setPreferences(ctx, address, wishes),
    preferences: (address, senderId) => getPreferences(ctx, address, senderId),
    recordConsent: (address, consent) => recordConsent(ctx, { address, consent, by: 'system' }),
    requestOptIn: (address, request) => requestOptIn(ctx, address, request),
    withdrawConsent: (address, withdrawal = {}) =>
      withdrawConsent(ctx, address, withdrawal, 'system'),
    recordRelationship: (input) => recordRelationship(ctx, input, 'system'),
    withdrawRelationship: (address, senderId) =>
      withdrawRelationship(ctx, address, senderId, 'system'),
    consentAt: (question, at = ctx.now()) => consentAt(ctx, question, at),
    reportedConsents: () => listReported(ctx),
    confirmConsent: (consentId) => confirmConsent(ctx, consentId, { actor: 'system' }),
    tasks: () => listFactTasks(ctx),
    answerTask: (taskId, answer) => answerFactTask(ctx, taskId, answer),
    recordSendingFacts: (facts) => recordSendingFacts(ctx, facts),
    webhookDays: () => listWebhookDays(ctx),
    pause: (target, reason) => pauseMail(ctx, { kind: 'system' }, target, reason),
    resume: (target) => resumeMail(ctx, { kind: 'system' }, target),
    pauses: () => listPauses(ctx),
    ingest: (mailbox, raw, came) => ingestRaw(ctx, mailbox, raw, came),
    seal: () => sealAudit(ctx),
    exportAudit: () => exportAudit(ctx),
    eraseAuditDetails: (address) => eraseAuditDetails(ctx, address),
    simulate: (policy, options) => simulate(ctx, policy, options),
    exportPerson: (address) => exportPerson(ctx, address),
    erasePerson: (address, options) => erasePerson(ctx, address, options),
    rawMessage: (messageId) => readRawMessage(ctx, { kind: 'system' }, messageId),
    accounting: (filter) => countDeliveries(ctx, filter),
    deliveries: (filter) => listDeliveries(ctx, filter),
  };
  return bindPrincipal(handle, { kind: 'system' });
}
