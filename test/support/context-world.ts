import { randomUUID } from 'node:crypto';
import type { Context, Mailbox } from '../../packages/core/src/context.ts';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import { createKeyRing } from '../../packages/core/src/keys/create-key-ring.ts';
import { changePolicy } from '../../packages/core/src/options/change-policy.ts';
import { resolvePolicy } from '../../packages/core/src/options/resolve-policy.ts';
import type { MailboxOptions } from '../../packages/core/src/options.ts';
import type { AgentPrincipal } from '../../packages/core/src/principal/principal.ts';
import { resolveMailboxes, resolveSettings } from '../../packages/core/src/resolve-options.ts';
import type { NewDelivery } from '../../packages/core/src/storage/tables/delivery.ts';
import type { NewMessage } from '../../packages/core/src/storage/tables/message.ts';
import { openStorage, type TestDatabase } from './databases.ts';

/** A context on a real database, below every handle: for tests of ingest and reading. */
export interface ContextWorld {
  readonly ctx: Context;
  readonly clock: { now: number };
  /** `support@acme.example`, with sender `acme`. */
  readonly mailbox: Mailbox;
  agent(options?: Partial<Omit<AgentPrincipal, 'kind'>>): AgentPrincipal;
  /** Inserts a sent message with one delivery, its alias and its tags. */
  insertSent(given?: GivenSent): Promise<SentMessage>;
  close(): Promise<void>;
}

export interface GivenSent {
  readonly to?: string;
  readonly tags?: readonly string[];
  readonly message?: Partial<NewMessage>;
  readonly delivery?: Partial<NewDelivery>;
}

export interface SentMessage {
  readonly id: string;
  readonly deliveryId: string;
  readonly threadId: string;
  readonly internetMessageId: string;
}

export interface ContextWorldOptions {
  readonly mailbox?: Partial<MailboxOptions>;
  readonly trustedAuthservId?: string;
}

/** Opens one: two mailboxes, `support@` and `sales@acme.example`. */
export async function openContextWorld(
  open: () => Promise<TestDatabase>,
  { mailbox = {}, trustedAuthservId }: ContextWorldOptions = {},
): Promise<ContextWorld> {
  const { storage, database } = await openStorage(open);
  const clock = { now: Date.parse('2026-11-22T10:00:00Z') };
  const keys = [{ id: 'k1', secret: 'a secret that only these tests know, 1' }];
  const options = {
    database: database.factory,
    keys,
    senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
    mailboxes: [
      { address: 'support@acme.example', sender: 'acme', ...mailbox },
      { address: 'sales@acme.example' },
    ],
    ...(trustedAuthservId === undefined ? {} : { trustedAuthservId }),
  };
  const mailboxes = resolveMailboxes(options);
  const ctx: Context = {
    hasListener: false,
    tenant: 'default',
    storage,
    keys: createKeyRing(keys, 'default'),
    settings: resolveSettings(options),
    mailboxes,
    templates: new Map(),
    policy: { rules: [], jurisdictions: [], version: 'test', epoch: 1 },
    resolveChange: (change, whole) => resolvePolicy(changePolicy(options, change, whole)),
    now: () => clock.now,
    report: (error) => {
      throw error;
    },
    wake: () => {},
  };
  const support = mailboxes.get('support@acme.example');
  if (support === undefined) throw new Error('The world has no support mailbox.');
  return {
    ctx,
    clock,
    mailbox: support,
    agent: (given = {}) => ({ kind: 'agent', id: 'bot', mailboxes: [support.address], ...given }),
    insertSent: (given = {}) => insertSent(ctx, support, given),
    close: () => database.dispose(),
  };
}

async function insertSent(ctx: Context, mailbox: Mailbox, given: GivenSent): Promise<SentMessage> {
  const { to = 'ana@example.com', tags = [] } = given;
  const { tenant } = ctx;
  const id = randomUUID();
  const identity = ctx.keys.identify(parseAddress(to));
  const at = ctx.now();
  const message: NewMessage = {
    ...messageOf(to),
    ...{ tenant, id, mailbox: mailbox.address, thread_id: randomUUID(), created_at: at },
    ...{ internet_message_id: `${id}@acme.example`, updated_at: at },
    ...given.message,
  };
  const delivery: NewDelivery = {
    ...DELIVERY,
    ...{ tenant, id: randomUUID(), message_id: id, mailbox: mailbox.address, sender_id: 'acme' },
    ...{ recipient: to, recipient_exact: identity.exact },
    ...{ recipient_canonical: identity.canonical, campaign: message.campaign ?? null },
    ...{ due_at: at, sent_at: at, created_at: at, updated_at: at },
    ...given.delivery,
  };
  const alias = { tenant, mailbox: mailbox.address, message_id: id };
  await ctx.storage.unit(async (tx) => {
    await tx.insertInto('message').values(message).execute();
    await tx.insertInto('delivery').values(delivery).execute();
    await tx
      .insertInto('message_id_alias')
      .values({ ...alias, internet_message_id: message.internet_message_id })
      .execute();
    for (const tag of tags) {
      const subject = { subject_kind: 'message' as const, subject_id: id };
      await tx
        .insertInto('tag')
        .values({ tenant, ...subject, tag, owner: 'agent:bot', created_at: at, expires_at: null })
        .execute();
    }
  });
  return {
    id,
    deliveryId: delivery.id,
    threadId: message.thread_id,
    internetMessageId: message.internet_message_id,
  };
}

function messageOf(to: string) {
  return {
    direction: 'outbound',
    reference_ids: '[]',
    from_address: 'support@acme.example',
    to_addresses: JSON.stringify([to]),
    cc_addresses: '[]',
    bcc_addresses: '[]',
    subject: 'How are you getting on?',
    body: 'How are you getting on?',
    text: 'How are you getting on?',
    headers: '[]',
    attachments: '[]',
    category: 'marketing',
    agent: 'bot',
    nonce: 'nonce-nonce-nonce-nonce',
    revision: 1,
    round: 0,
    policy_epoch: 1,
    review_warned: 0,
    quarantined: 0,
    auto_submitted: 0,
  } as const;
}

const DELIVERY = {
  field: 'to',
  state: 'sent',
  reason_code: 'SENT',
  reason: 'Accepted by the next hop.',
  category: 'marketing',
  fence: 1,
  attempts: 1,
  request_digest: 'digest',
  content_fingerprint: 'fingerprint',
  policy_epoch: 1,
  first_contact: 0,
} as const;
