import { declaredHosts } from '../../content/declared-hosts.ts';
import type { Mailbox } from '../../context.ts';
import { type Address, domainOf } from '../../identity/address.ts';
import { digestOutbound } from '../../messages/digest-outbound.ts';
import { toOutboundContent } from '../../messages/to-outbound-content.ts';
import type { ResolvedPolicy } from '../../options/resolve-policy.ts';
import type { PolicyOptions } from '../../options.ts';
import type { Message } from '../../storage/tables/message.ts';
import { effectiveMode } from '../effective-mode.ts';
import type { BudgetFacts, MailboxFacts, RecipientFacts, SendFacts } from '../facts.ts';
import { judgeTopic } from '../judge-topic.ts';
import type { Category } from '../modes.ts';
import { toContentFacts } from '../to-content-facts.ts';
import { type Recast, recastContent } from './recast-content.ts';
import type { StoredFacts } from './stored-facts.ts';

/** Why facts cannot be had again. */
export type MissingFacts =
  /** The decision was made before facts were kept, or they were erased. */
  | 'facts'
  /** The content is not what was decided on: erased, or edited since. */
  | 'content'
  /** The message that was answered is gone. */
  | 'thread'
  /** The policy has no such mailbox any more. */
  | 'mailbox'
  /** The template is gone, or does not take these variables any more. */
  | 'template'
  /** Nobody counted what the changed limit needs. */
  | 'limit'
  /** It would be marketing, about which more has to be known than was asked. */
  | 'category'
  /** Consents and caps were asked for another topic, or for none. */
  | 'topic'
  /** Whose word to believe was settled when the mail came in. */
  | 'authentication';

/**
 * How a change of each part of a policy reaches a stored decision: through facts that are derived
 * again here, through the rules, or not at all since it decides nothing. The compiler asks for every
 * new option.
 */
export const REPLAYED: Readonly<Record<keyof PolicyOptions, 'facts' | 'rules' | 'nothing'>> = {
  senders: 'facts',
  mailboxes: 'facts',
  templates: 'facts',
  offers: 'facts',
  facts: 'facts',
  allowedLinkHosts: 'facts',
  internalDomains: 'facts',
  trustedAuthservId: 'facts',
  allowedHeaders: 'facts',
  budgets: 'facts',
  frequencyCaps: 'rules',
  quietHours: 'rules',
  topics: 'facts',
  audience: 'facts',
  jurisdictions: 'rules',
  reviewExpiry: 'nothing',
  maxBodyBytes: 'nothing',
  maxAttachmentBytes: 'nothing',
};

/** A stored decision's message, and who wrote the message that it answers. */
export interface StoredCase {
  readonly message: Message;
  readonly facts: StoredFacts;
  readonly parentFrom: Address | undefined;
}

/**
 * The facts of a stored decision as they would have been under `changed`; under `running` itself
 * they are what they were. Pure.
 */
export function replayFacts(
  stored: StoredCase,
  running: ResolvedPolicy,
  changed: ResolvedPolicy,
): SendFacts | MissingFacts {
  const { message, facts, parentFrom } = stored;
  const before = running.mailboxes.get(message.mailbox);
  const after = changed.mailboxes.get(message.mailbox);
  if (before === undefined || after === undefined) return 'mailbox';
  const content = toOutboundContent(message);
  if (digestOutbound(content, before) !== facts.content.digest) return 'content';
  const { thread } = facts;
  if (thread !== undefined && parentFrom === undefined) return 'thread';
  if (thread !== undefined && isOtherAuthority(running, changed)) return 'authentication';
  if (isOtherTopic(facts, content.topic, running, changed)) return 'topic';
  const budgets = replayBudgets(facts, after, changed);
  if (budgets === undefined) return 'limit';
  const recast = recastContent(content, { facts, before, after, running, changed });
  if (recast === undefined) return 'template';
  if (recast.content.category === 'marketing' && content.category !== 'marketing') {
    return 'category';
  }
  const unobserved = replayUnobserved(facts, recast.content.category, after);
  if (unobserved === undefined) return 'limit';
  if (isCountedTooShort(content.category, recast, running, changed)) return 'limit';
  const { support: _, thread: __, unobserved: ___, ...rest } = facts;
  const support = replaySupport(facts, recast, changed);
  return {
    ...rest,
    ...unobserved,
    mailbox: replayMailbox(facts, recast, after, changed),
    content: replayContent(facts, recast, after, changed),
    recipients: replayRecipients(facts, recast, changed),
    budgets,
    ...(thread === undefined || parentFrom === undefined
      ? {}
      : { thread: { ...thread, parentFrom } }),
    ...(support === undefined ? {} : { support }),
  };
}

function isOtherAuthority(running: ResolvedPolicy, changed: ResolvedPolicy): boolean {
  return running.settings.trustedAuthservId !== changed.settings.trustedAuthservId;
}

/** Which consents and refusals stand, and what counts together, was settled with the facts. */
function isOtherTopic(
  { recipients }: StoredFacts,
  topic: string | undefined,
  running: ResolvedPolicy,
  changed: ResolvedPolicy,
): boolean {
  const judged = ({ settings }: ResolvedPolicy, each: string | undefined) =>
    JSON.stringify(judgeTopic(settings.frequency, each));
  if (judged(running, topic) !== judged(changed, topic)) return true;
  const isCounted = recipients.some(({ frequency: known }) =>
    [...(known?.had ?? []), ...(known?.ahead ?? [])].some((mail) => mail.topic !== undefined),
  );
  const { topics: before } = running.settings.frequency;
  const { topics: after } = changed.settings.frequency;
  return isCounted && Object.keys(before).join() !== Object.keys(after).join();
}

/** The ledger was read for the longest window that there was. */
function isCountedTooShort(
  category: Category,
  { content }: Recast,
  running: ResolvedPolicy,
  changed: ResolvedPolicy,
): boolean {
  const longest = ({ settings }: ResolvedPolicy, of: Category) =>
    settings.frequency.caps
      .filter((cap) => (cap.category ?? 'marketing') === of)
      .reduce((length, { per }) => Math.max(length, per), 0);
  return longest(changed, content.category) > longest(running, category);
}

function replayMailbox(
  { mailbox, now }: StoredFacts,
  { content }: Recast,
  after: Mailbox,
  { settings }: ResolvedPolicy,
): MailboxFacts {
  const { reviewerMode } = mailbox;
  const row =
    reviewerMode === undefined
      ? undefined
      : { mode: reviewerMode.mode, mode_until: reviewerMode.until };
  return {
    ...mailbox,
    address: after.address,
    mode: effectiveMode(after, row, content.category, now),
    tighten: after.tighten ?? [],
    ...(after.sender === undefined ? {} : { sender: after.sender }),
    ...(after.timeZone === undefined ? {} : { timeZone: after.timeZone }),
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
  };
}

function replayContent(
  { content: known }: StoredFacts,
  { content, approved, isSame, headerFindings }: Recast,
  mailbox: Mailbox,
  changed: ResolvedPolicy,
): SendFacts['content'] {
  const facts = toContentFacts(changed, {
    mailbox,
    content,
    approved,
    headerFindings,
    tags: known.tags,
    storedDigest: known.storedDigest ?? known.digest,
    ...(known.requestedCategory === undefined
      ? {}
      : { requestedCategory: known.requestedCategory }),
  });
  // Made anew under the changed policy, it would have been stored as it is.
  return isSame || known.storedDigest !== undefined
    ? facts
    : { ...facts, storedDigest: facts.digest };
}

function replayRecipients(
  { recipients }: StoredFacts,
  { content }: Recast,
  { settings }: ResolvedPolicy,
): readonly RecipientFacts[] {
  const listed = [...content.to, ...content.cc, ...content.bcc];
  return recipients.map(({ at, ...recipient }) => {
    const address = listed[at] as Address;
    return {
      ...recipient,
      address,
      internal: settings.internalDomains.includes(domainOf(address)),
      audience: replayAudience(recipient.audience, settings.audience.unknownCountry),
    };
  });
}

function replayAudience(
  audience: RecipientFacts['audience'],
  unknownCountry: string,
): RecipientFacts['audience'] {
  if (audience.countryFrom !== 'unknown' && audience.countryFrom !== 'operator') return audience;
  const { country: _, ...rest } = audience;
  return unknownCountry === 'strictest'
    ? { ...rest, countryFrom: 'unknown' }
    : { ...rest, country: unknownCountry, countryFrom: 'operator' };
}

/** Undefined when there is a limit now for which nothing was counted. */
function replayBudgets(
  { budgets, phase }: StoredFacts,
  after: Mailbox,
  { settings }: ResolvedPolicy,
): readonly BudgetFacts[] | undefined {
  const { sendsPerRun, sendsPerDay, firstContactsPerDay } = settings.budgets;
  const limits: Readonly<Record<string, number | undefined>> = {
    'sends:run': sendsPerRun,
    'sends:mailbox': sendsPerDay,
    'first:mailbox': firstContactsPerDay,
    'wire:mailbox': after.dailyLimit,
  };
  const counted = budgets.some(({ kind }) => kind === 'wire:mailbox');
  if (phase === 'claim' && after.dailyLimit !== undefined && !counted) return undefined;
  return budgets.flatMap((budget) => {
    if (!Object.hasOwn(limits, budget.kind)) return [budget];
    const limit = limits[budget.kind];
    return limit === undefined ? [] : [{ ...budget, limit }];
  });
}

/** Undefined when nobody reports bounces any more and what went out was not counted. */
function replayUnobserved(
  { unobserved }: StoredFacts,
  category: Category,
  { bounces }: Mailbox,
): Pick<SendFacts, 'unobserved'> | undefined {
  if (category !== 'marketing' || (bounces !== undefined && bounces !== 'none')) return {};
  if (unobserved !== undefined) return { unobserved };
  return bounces === 'none' ? undefined : {};
}

function replaySupport(
  { support }: StoredFacts,
  { content }: Recast,
  changed: ResolvedPolicy,
): SendFacts['support'] {
  if (support === undefined) return undefined;
  const { offers, facts } = changed.settings.content;
  if (content.category === 'conversational') return { offers, facts, claims: [], hosts: [] };
  const hosts = [...declaredHosts(changed, content), ...support.hosts];
  if (content.category === 'transactional') return { offers, facts, claims: [], hosts };
  return { ...support, offers, facts: [...facts, ...support.facts], hosts };
}
