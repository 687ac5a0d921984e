import { loadSupport } from '../content/load-support.ts';
import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Address } from '../identity/address.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { Db } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { RESTORE_KEY, RESTORE_PAUSE } from '../suppression/journal/restore-pause.ts';
import { findStaleSources } from '../suppression/sources/find-stale-sources.ts';
import { loadUnobserved } from './bounces/load-unobserved.ts';
import { loadConversationFacts } from './conversation/load-conversation-facts.ts';
import { toOwnWords } from './conversation/own-words.ts';
import { effectiveMode } from './effective-mode.ts';
import type {
  BudgetFacts,
  ConversationFacts,
  HeaderFinding,
  MailboxFacts,
  RecipientFacts,
  SendFacts,
  ThreadFacts,
} from './facts.ts';
import { judgeTopic } from './judge-topic.ts';
import { loadAudienceFacts, UNKNOWN_AUDIENCE } from './load-audience-facts.ts';
import { loadFrequencyFacts } from './load-frequency-facts.ts';
import { loadHistory } from './load-history.ts';
import { loadRecipientFacts } from './load-recipient-facts.ts';
import { loadSendingFacts } from './load-sending-facts.ts';
import { loadStopRequests } from './load-stop-requests.ts';
import { loadThreadFacts } from './load-thread-facts.ts';
import type { Category } from './modes.ts';
import { toContentFacts } from './to-content-facts.ts';

/** What a decision is about, and what is known before any look-up. */
export interface FactsInput {
  readonly phase: 'request' | 'claim';
  readonly mailbox: Mailbox;
  readonly content: OutboundContent;
  readonly tags: readonly string[];
  /** Those of this claim, when others of the message are done. @default all of them */
  readonly recipients?: readonly Address[];
  /** Stored deliveries of the message. @default none: it is not stored yet */
  readonly deliveries?: readonly Delivery[];
  /** The digest that was stored; undefined for what is not stored yet. */
  readonly storedDigest: string | undefined;
  /** @default none: who asks for an agent adds that agent's */
  readonly budgets?: readonly BudgetFacts[];
  readonly requestedCategory?: Category;
  readonly headerFindings?: readonly HeaderFinding[];
}

/** Loads everything that rules look at. In a claim it runs after the locks are held. */
export async function loadFacts(db: Db, ctx: Context, input: FactsInput): Promise<SendFacts> {
  const [facts] = await loadFactsOfAlike(db, ctx, [input]);
  if (facts === undefined) throw new MailwardenError('INTERNAL');
  return facts;
}

/**
 * The same for several messages of one group of {@link groupAlike}, in order: as many queries as for
 * one of them.
 */
export async function loadFactsOfAlike(
  db: Db,
  ctx: Context,
  inputs: readonly [FactsInput, ...FactsInput[]],
): Promise<readonly SendFacts[]> {
  const [first] = inputs;
  const { mailbox, content } = first;
  const recipients = await loadPeople(db, ctx, inputs);
  const thread = await findThreadFacts(db, ctx, first);
  const sent = { mailbox, category: content.category };
  const addresses = recipients.flat().map(({ address }) => address);
  const sending = await loadSendingFacts(db, ctx, sent, addresses);
  const conversation = await findConversation(db, ctx, { ...first, thread }, recipients.flat());
  const shared = {
    phase: first.phase,
    now: ctx.now(),
    mailbox: await loadMailboxFacts(db, ctx, first),
    history: await loadHistory(db, ctx, content),
    support: await loadSupport(db, ctx, content, thread),
    staleSuppressionSources: await findStaleSources(db, ctx),
    ...(conversation === undefined ? {} : { conversation }),
    ...(sending === undefined ? {} : { sending }),
    ...(thread === undefined ? {} : { thread }),
  };
  const approved = await isApproved(db, ctx, content);
  const ids = inputs.flatMap((input) => input.deliveries ?? []).map(({ id }) => id);
  const unobserved = await loadUnobserved(db, ctx, mailbox, content, ids);
  return inputs.map((input, index) => ({
    ...shared,
    content: toContentFacts(ctx, { ...input, approved }),
    recipients: recipients[index] ?? [],
    budgets: input.budgets ?? [],
    // Each of them takes a place, as far as the next one knows.
    ...(unobserved === undefined ? {} : { unobserved: { sent: unobserved + index } }),
  }));
}

/** What is known of the people of each message. */
async function loadPeople(
  db: Db,
  ctx: Context,
  inputs: readonly [FactsInput, ...FactsInput[]],
): Promise<readonly (readonly RecipientFacts[])[]> {
  const [{ mailbox, content, phase }] = inputs;
  const lists = inputs.map((input) => [...(input.recipients ?? listedIn(input.content))]);
  const addresses = lists.flat();
  const messageIds = inputs.map((input) => input.content.id);
  const known = await loadRecipientFacts(
    db,
    ctx,
    { mailbox: mailbox.address, messageIds },
    addresses,
  );
  const topics = judgeTopic(ctx.settings.frequency, content.topic);
  const asked = { senderId: mailbox.sender?.id, ...topics };
  const audience = await loadAudienceFacts(db, ctx, asked, addresses);
  const deliveries = inputs.flatMap((input) => input.deliveries ?? []);
  const question = { phase, mailbox, category: content.category, deliveries };
  const limits = await loadFrequencyFacts(db, ctx, question, addresses);
  const stops = await loadStopRequests(db, ctx, mailbox.sender?.id, addresses);
  let next = 0;
  return inputs.map((input, at) => {
    const listed = listedIn(input.content);
    return (lists[at] ?? []).flatMap(() => {
      const index = next;
      next += 1;
      const recipient = known[index];
      if (recipient === undefined) return [];
      return {
        ...recipient,
        audience: audience[index] ?? UNKNOWN_AUDIENCE,
        ...limits[index],
        ...(stops[index] === undefined ? {} : { stopRequestedAt: stops[index] }),
        ...(listed.has(recipient.address) ? {} : { unlisted: true as const }),
      };
    });
  });
}

function listedIn({ to, cc, bcc }: OutboundContent): ReadonlySet<Address> {
  return new Set([...to, ...cc, ...bcc]);
}

function findConversation(
  db: Db,
  ctx: Context,
  { phase, mailbox, content, thread }: FactsInput & { readonly thread: ThreadFacts | undefined },
  recipients: readonly RecipientFacts[],
): Promise<ConversationFacts | undefined> {
  if (content.category !== 'conversational') return Promise.resolve(undefined);
  if (recipients.every(({ internal }) => internal)) return Promise.resolve(undefined);
  const body = toOwnWords(content.body, thread);
  const question = { phase, mailbox, messageId: content.id, body };
  return loadConversationFacts(db, ctx, question, recipients);
}

function findThreadFacts(
  db: Db,
  ctx: Context,
  { content }: FactsInput,
): Promise<ThreadFacts | undefined> {
  return content.parentId === undefined
    ? Promise.resolve(undefined)
    : loadThreadFacts(db, ctx, { ...content, parentId: content.parentId });
}

async function loadMailboxFacts(
  db: Db,
  ctx: Context,
  { mailbox, content }: FactsInput,
): Promise<MailboxFacts> {
  const row = await db
    .selectFrom('mailbox')
    .leftJoin('meta', (join) =>
      join.onRef('meta.tenant', '=', 'mailbox.tenant').on('meta.key', '=', RESTORE_KEY),
    )
    .selectAll('mailbox')
    .select('meta.value as restored')
    .where('mailbox.tenant', '=', ctx.tenant)
    .where('mailbox.address', '=', mailbox.address)
    .executeTakeFirst();
  const pausedReason = row?.restored == null ? row?.paused_reason : RESTORE_PAUSE;
  return {
    address: mailbox.address,
    mode: effectiveMode(mailbox, row, content.category, ctx.now()),
    ...(row?.mode == null ? {} : { reviewerMode: { mode: row.mode, until: row.mode_until } }),
    observed: ctx.hasListener,
    paused: row?.paused === 1 || row?.restored != null,
    tighten: mailbox.tighten ?? [],
    ...(pausedReason == null ? {} : { pausedReason }),
    ...(mailbox.sender === undefined ? {} : { sender: mailbox.sender }),
    ...(mailbox.timeZone === undefined ? {} : { timeZone: mailbox.timeZone }),
    ...(ctx.settings.publicUrl === undefined ? {} : { publicUrl: ctx.settings.publicUrl }),
  };
}

async function isApproved(
  db: Db,
  ctx: Context,
  { template, templateHash }: OutboundContent,
): Promise<boolean> {
  if (template === undefined || templateHash === undefined) return false;
  const approvals = await loadApprovedTemplates(db, ctx, [template]);
  return approvals.get(template) === templateHash;
}

/** The hash of the text of each template that a person approved, in one query. */
export async function loadApprovedTemplates(
  db: Db,
  ctx: Context,
  templates: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (templates.length === 0) return new Map();
  const rows = await db
    .selectFrom('template_approval')
    .select(['template', 'hash'])
    .where('tenant', '=', ctx.tenant)
    .where('template', 'in', [...new Set(templates)])
    .execute();
  return new Map(rows.map(({ template, hash }) => [template, hash]));
}
