// Composition: one warden per tenant
export { createMailwarden } from './create-mailwarden.ts';
export type {
  AgentOptions,
  Mailwarden,
  ReviewerOptions,
  StartOptions,
  TickOptions,
  TickResult,
} from './mailwarden.ts';
export type { AddressPattern } from './identity/address-pattern.ts';
export type {
  AudienceOptions,
  BounceReporter,
  BudgetOptions,
  DispatchOptions,
  KeyOptions,
  MailboxOptions,
  MailboxPolicy,
  MailwardenOptions,
  PolicyOptions,
  SenderOptions,
  TemplateOptions,
  TemplateVariableType,
} from './options.ts';

// Webhooks: what providers tell
export type { WebhookDay } from './webhooks/list-webhook-days.ts';
export type { WebhookOptions, WebhookProvider } from './webhooks/webhook-options.ts';

// Tools: operations as shown to a model
export { type CheckedArguments, checkArguments } from './tools/check-arguments.ts';
export { EMAIL_TOOLS } from './tools/email-tools.ts';
export { listTools } from './tools/list-tools.ts';
export { resumeTool } from './tools/resume-tool.ts';
export { runTool } from './tools/run-tool.ts';
export { type SentMessage, sentMessages } from './tools/sent-messages.ts';
export { type StandardToolSchema, toStandardSchema } from './tools/standard-schema.ts';
export type {
  EmailTool,
  PortableObject,
  PortableSchema,
  ToolCall,
  ToolEffect,
  ToolResult,
} from './tools/tool.ts';
export type { AttachmentKind } from './attachments/attachment-kind.ts';
export type { AgentToolName, ReviewerToolName, ToolInput, ToolName } from './tools/tool-input.ts';

// Principals: on whose behalf
export type {
  AgentHandle,
  CallOptions,
  GetThreadInput,
  PreviewResult,
  ReadAttachmentInput,
  ReadEmailInput,
  ReviewerHandle,
  ReviewerSuppressOptions,
} from './principal/handles.ts';
export type {
  AgentPrincipal,
  Principal,
  ReviewerPrincipal,
  SystemPrincipal,
} from './principal/principal.ts';
export type { SystemHandle } from './principal/system-handle.ts';

// Pace: what sends nothing for now, and how fast the rest goes out
export type { PauseView } from './pauses/list-pauses.ts';
export type { PauseTarget } from './pauses/parse-pause-target.ts';
export type { PauseScope } from './pauses/pause-scope.ts';
export type {
  ResolveMx,
  ScopeLimits,
  SendLimit,
  ThrottleOptions,
} from './throttle/throttle-options.ts';

// Operations: what goes in and what comes out
export type {
  CheckInboxInput,
  DecideGroupOptions,
  DecideOptions,
  InboxFilter,
  ListGroupsInput,
  ListPendingInput,
  ManageContactsInput,
  RememberInput,
  ReplyEmailInput,
  ReportConsentInput,
  SendEmailInput,
  ShowGroupOptions,
  SuppressContactInput,
  TagEmailInput,
} from './operations/inputs.ts';
export type {
  Outcome,
  OutcomeStatus,
  Refusal,
  SendOutcome,
  SendResult,
} from './operations/outcome.ts';
export type {
  Accounting,
  AttachmentText,
  AttachmentView,
  ContactPage,
  ContactView,
  DecideResult,
  DeliveryView,
  LastAttempt,
  EmailView,
  InboxPage,
  MessageSummary,
  PendingPage,
  PendingView,
  ReviewView,
  TagResult,
  ThreadView,
} from './operations/results.ts';
export type { RawMessage } from './messages/read-raw-message.ts';
export type {
  GroupDecision,
  GroupItem,
  GroupPage,
  GroupSummary,
  GroupVariation,
  GroupView,
  RuleFeedback,
} from './operations/review-results.ts';

// Content: what marketing may offer, state and link to
export { defineFact } from './content/define-fact.ts';
export { defineOffer, type OfferInput } from './content/define-offer.ts';
export type { Fact, Offer, Price } from './content/offer.ts';

// Frequency: how much mail people get, when, and what they asked for
export { DEFAULT_CAPS, type FrequencyCap } from './frequency/frequency-cap.ts';
export type { QuietHours } from './frequency/quiet-hours.ts';
export type { LimitContactInput, LimitContactResult } from './preferences/limit-contact.ts';
export type { PreferencesInput, PreferencesView } from './preferences/set-preferences.ts';
export type { Maximum } from './preferences/wish.ts';

// People: what is known about them and what they agreed to
export type { ConsentQuestion } from './consent/consent-at.ts';
export type { ConsentBasis, ConsentEvidence, SoftOptInLimbs } from './consent/consent-basis.ts';
export type { ReportedConsent } from './consent/list-reported.ts';
export type { OptInRequest } from './consent/opt-in/request-opt-in.ts';
export type { ConsentInput } from './consent/parse-consent.ts';
export type { ConsentFact, ConsentStanding } from './consent/standing-consents.ts';
export type { RelationshipInput } from './consent/record-relationship.ts';
export type { Relationship } from './consent/relationship.ts';
export type { WithdrawalInput } from './consent/withdraw-consent.ts';
export type { Provenance } from './contacts/provenance.ts';
export type { ContactRow } from './contacts/import/contact-row.ts';
export type { ContactColumn } from './contacts/import/csv-columns.ts';
export type {
  ContactImportReport,
  ContactRowError,
  ImportContactsOptions,
  ImportProgress,
} from './contacts/import/import-contacts.ts';
export type { ImportCounts } from './contacts/import/import-progress.ts';
export type { ContactSource } from './contacts/import/read-contact-rows.ts';
export type { ContactFactsInput } from './contacts/parse-contact-facts.ts';
export type { ExportedMessage, ExportedRow, PersonExport } from './rights/export/person-export.ts';
export { renderPersonExport } from './rights/export/render-person-export.ts';
export type { RetentionDays, RetentionOptions } from './retention/retention-options.ts';
export type { ErasePersonOptions, ErasureReport } from './rights/erase-person.ts';
export type { SendingFactsInput } from './sending/parse-sending-facts.ts';
export type { ContactKind } from './storage/tables/people.ts';
export type { FactTaskAnswer } from './tasks/answer-fact-task.ts';
export type { FactTaskView } from './tasks/list-fact-tasks.ts';
export type { ImportSource } from './imports/decode-text.ts';

// Policy: own rules beside the built-in ones, and the law of each country
export { defineRule } from './policy/define-rule.ts';
export { definePolicy } from './policy-file/define-policy.ts';
export type {
  AudienceFacts,
  BudgetFacts,
  ContentFacts,
  ConversationFacts,
  HeaderFinding,
  HistoryFacts,
  MailboxFacts,
  PreferenceFacts,
  RecipientFacts,
  RecordedSendingFact,
  SendFacts,
  SendingFacts,
  SuppressionFact,
  SupportFacts,
  ThreadFacts,
  TightenRule,
} from './policy/facts.ts';
export type { Decision, Effect, Evidence, Finding, TracedFinding } from './policy/finding.ts';
export type {
  JurisdictionCondition,
  JurisdictionPack,
  JurisdictionRow,
} from './policy/jurisdictions/jurisdiction-pack.ts';
export type { Category, Oversight, OversightMode } from './policy/modes.ts';
export type { DomainFact, SendingFactName } from './policy/providers/mailbox-provider.ts';
export type { Rule, RuleFinding } from './policy/rule.ts';

export type { ForgetInput } from './content/forget.ts';
export type { RememberedView } from './content/list-remembered.ts';
export type { TemplateSummary, TemplateView } from './templates/template-view.ts';

// Simulation: another policy over what was decided
export type { MissingFacts } from './policy/replay/replay-facts.ts';
export type { HistoryEntry, HistorySource } from './simulation/read-history.ts';
export type { SimulationRange } from './simulation/scan-decisions.ts';
export type { SimulateOptions } from './simulation/simulate.ts';
export type {
  HistoryRowError,
  SimulatedChange,
  AssumedFact,
  SimulationReport,
} from './simulation/simulation-report.ts';

// Suppression: lists from elsewhere, the journal, and passing on
export type { CheckOptions, SuppressionCheck } from './suppression/check-suppression.ts';
export type { LogFields, Logger } from './telemetry/logger.ts';
export type { UnknownDelivery } from './deliveries/list-unknown.ts';
export type { StopRequestView } from './stop-requests/list-stop-requests.ts';
export type { LiftProvisionalInput } from './suppression/lift-provisional.ts';
export { fileJournal } from './suppression/journal/file-journal.ts';
export type { SuppressionJournal } from './suppression/journal/suppression-journal.ts';
export type { SuppressionNotice } from './suppression/notify-suppressions.ts';
export type {
  SuppressionEntry,
  SuppressionSource,
} from './suppression/sources/suppression-source.ts';
export type { ExportedSuppression } from './suppression/transfer/export-suppressions.ts';
export type { SuppressionFormat } from './suppression/transfer/formats.ts';
export type { RowError } from './suppression/transfer/import-entries.ts';
export type {
  ImportReport,
  ImportSuppressionsOptions,
} from './suppression/transfer/import-suppressions.ts';

// Deliveries, events and errors
export { type Bucket, type DeliveryState, toBucket } from './deliveries/delivery-state.ts';
export { ERROR_CODES, type ErrorCode, type ErrorCodeInfo } from './errors/error-codes.ts';
export { MailwardenError, type MailwardenErrorOptions } from './errors/mailwarden-error.ts';
export type { AuditHead } from './audit/audit-seal.ts';
export type { MailwardenEvent } from './events/event.ts';
export { type Address, parseAddress } from './identity/address.ts';

// Ports: what a transport, an inbox or a database has to be
export type {
  CopyOutcome,
  FetchedMessage,
  FolderCursor,
  Inbox,
  InboxSyncRequest,
  SentCopy,
} from './inbound/inbox.ts';
export type { IngestResult } from './inbound/ingest.ts';
export type { Came } from './inbound/ingest-raw.ts';
export type { Database, Storage, StorageCapabilities, StorageFactory } from './storage/database.ts';
export type {
  DkimOptions,
  Envelope,
  RecipientReply,
  SmtpPhase,
  SmtpReply,
  Transport,
  TransportResult,
} from './transport/transport.ts';
