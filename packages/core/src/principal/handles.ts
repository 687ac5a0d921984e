import type { ReportedConsent } from '../consent/list-reported.ts';
import type { RelationshipInput } from '../consent/record-relationship.ts';
import type { ForgetInput } from '../content/forget.ts';
import type { RememberedView } from '../content/list-remembered.ts';
import type { UnknownDelivery } from '../deliveries/list-unknown.ts';
import type { RawMessage } from '../messages/read-raw-message.ts';
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
import type { Outcome, SendOutcome } from '../operations/outcome.ts';
import type {
  AttachmentText,
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
import type { PauseView } from '../pauses/list-pauses.ts';
import type { PauseTarget } from '../pauses/parse-pause-target.ts';
import type { OversightMode } from '../policy/modes.ts';
import type { LimitContactInput, LimitContactResult } from '../preferences/limit-contact.ts';
import type { StopRequestView } from '../stop-requests/list-stop-requests.ts';
import type { CheckOptions, SuppressionCheck } from '../suppression/check-suppression.ts';
import type { LiftProvisionalInput } from '../suppression/lift-provisional.ts';
import type { TemplateSummary, TemplateView } from '../templates/template-view.ts';
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
  /**
   * The same as `send` for each input in turn, and faster: each is decided on by itself, in order,
   * and has its outcome at the same place, whatever becomes of the others. Nothing is sent before
   * the outcomes are read, and no more is taken than a batch of 200 ahead of the reader, so that a
   * list of any length can stream through. Whoever stops reading sends no further batch.
   * Throws `ARGUMENT_INVALID` for what cannot be iterated, and what the source itself throws, after
   * the outcomes of what it gave before.
   *
   * ```ts
   * import type { AgentHandle } from '@mailwarden/core';
   *
   * declare const agent: AgentHandle;
   * declare const readers: AsyncIterable<{ readonly address: string; readonly name: string }>;
   *
   * async function* newsletter() {
   *   for await (const { address, name } of readers) {
   *     const idempotencyKey = 'news-2026-03';
   *     yield { to: address, subject: 'March', body: `Hi ${name}`, topic: 'news', idempotencyKey };
   *   }
   * }
   * for await (const outcome of agent.sendMany(newsletter())) {
   *   if (outcome.status !== 'queued') console.log(outcome.to, outcome.reason);
   * }
   * ```
   */
  sendMany(
    inputs: Iterable<SendEmailInput> | AsyncIterable<SendEmailInput>,
  ): AsyncIterable<SendOutcome>;
  reply(input: ReplyEmailInput, call?: CallOptions): Promise<SendOutcome>;
  /** Decides and renders as `send` would, and records nothing. */
  preview(input: SendEmailInput): Promise<Outcome<PreviewResult>>;
  cancel(input: { readonly messageId: string }): Promise<Outcome<{ readonly messageId: string }>>;
  checkInbox(input?: CheckInboxInput): Promise<Outcome<InboxPage>>;
  readEmail(input: ReadEmailInput): Promise<Outcome<EmailView>>;
  /**
   * The text of an attachment (text, HTML, CSV, ICS, PDF, DOCX), in parts; never its bytes. It is from
   * outside, as the message is. `ATTACHMENT_UNREADABLE` says why there is none.
   */
  readAttachment(input: ReadAttachmentInput): Promise<Outcome<AttachmentText>>;
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

export interface ReadAttachmentInput {
  readonly mailbox?: string;
  /** A message that lists it. */
  readonly messageId: string;
  readonly attachmentId: string;
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
  /** What reviewers vouch for ("approve and remember") and has not expired, the latest first. */
  listRemembered(): Promise<readonly RememberedView[]>;
  /** Takes one back, whoever said it; false when there was none. Throws `ARGUMENT_INVALID`. */
  forget(input: ForgetInput): Promise<boolean>;
  /** The templates of this process, and whether a person stands for what each says now. */
  listTemplates(): Promise<readonly TemplateSummary[]>;
  /** All that an approval locks, with an example. Throws `TEMPLATE_UNKNOWN`. */
  showTemplate(templateId: string): Promise<TemplateView>;
  /**
   * Stands for exactly the template that `showTemplate` showed, by its hash; transactional mail needs
   * it. Throws `TEMPLATE_UNKNOWN`, and `TEMPLATE_CHANGED` when it is another by now.
   */
  approveTemplate(templateId: string, hash: string): Promise<{ readonly hash: string }>;
  /** Up to the code's ceiling; throws `MODE_ABOVE_CEILING`. */
  setMode(mailbox: string, mode: OversightMode, reason: string, until?: number): Promise<void>;
  /**
   * Stops a mailbox, a campaign, an agent's mail or all of the tenant's before the next claim, and
   * after any restart. Who sees some mailboxes only stops these. Throws `NOT_PERMITTED`,
   * `MAILBOX_UNKNOWN`, `ARGUMENT_INVALID`, `ARGUMENT_UNKNOWN`.
   */
  pause(target: PauseTarget, reason: string): Promise<void>;
  /** Ends exactly this pause; what others stop stays stopped. Returns whether there was one. */
  resume(target: PauseTarget): Promise<boolean>;
  /** Every pause in force, the latest first. */
  pauses(): Promise<readonly PauseView[]>;
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
  /** Mail that may ask us to stop and waits for somebody to read it, oldest first, at most 100. */
  stopRequests(): Promise<readonly StopRequestView[]>;
  /**
   * `stop` suppresses marketing as an unsubscribe does; `continue` needs a reason, and what waits is
   * decided again. Throws `NOT_PENDING`, `REASON_REQUIRED`, `ARGUMENT_INVALID`.
   */
  decideStopRequest(
    requestId: string,
    decision: 'stop' | 'continue',
    reason?: string,
  ): Promise<void>;
  /** What agents reported and nobody has confirmed, at most 100. */
  reportedConsents(): Promise<readonly ReportedConsent[]>;
  /** Makes it count. Throws `CONSENT_NOT_FOUND`, and `OWN_MESSAGE` when it was reported for them. */
  confirmConsent(consentId: string): Promise<void>;
  /** As the application does: a person vouches for it, by name. Throws `ARGUMENT_INVALID`. */
  recordRelationship(input: RelationshipInput): Promise<{ readonly relationshipId: string }>;
  withdrawRelationship(address: string, senderId?: string): Promise<void>;
  /** What nobody knows the end of, with all that is known, oldest first, at most 100. */
  listUnknown(): Promise<readonly UnknownDelivery[]>;
  /**
   * Sends once more what ended `unknown`; it may arrive twice. Where people are asked, it waits for an
   * approval of its own. Throws `NOT_PENDING`, `REASON_REQUIRED`.
   */
  resendUnknown(deliveryId: string, reason: string): Promise<{ readonly deliveryId: string }>;
  /** Resolves an `unknown` delivery by what a person found out. */
  resolveUnknown(deliveryId: string, outcome: 'sent' | 'failed', reason: string): Promise<void>;
  deliveries(messageId: string): Promise<readonly DeliveryView[]>;
  /**
   * A message from outside as it came, byte for byte, for a person's own mail program or eyes: with
   * what is hidden in it, and links that work. Give it to no model. Throws `MESSAGE_NOT_FOUND`, and
   * `RAW_MAIL_NOT_KEPT` after retention or erasure, and for mail of our own.
   */
  rawMessage(messageId: string): Promise<RawMessage>;
}

export interface ReviewerSuppressOptions {
  readonly scope?: string;
  readonly reason?: 'manual' | 'legal' | 'complaint' | 'unsubscribe';
  readonly note?: string;
  readonly senderId?: string;
}
