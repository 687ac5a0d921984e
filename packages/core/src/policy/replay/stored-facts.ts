import { declaredHosts } from '../../content/declared-hosts.ts';
import type { Context } from '../../context.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import type {
  ContentFacts,
  MailboxFacts,
  RecipientFacts,
  SendFacts,
  SupportFacts,
  ThreadFacts,
} from '../facts.ts';

/**
 * What a decision was made from, as far as it stands nowhere else: neither content nor addresses,
 * which the message has, nor what the policy says, which is what a simulation changes. Facts that
 * are not named here are kept as they are.
 */
export interface StoredFacts
  extends Omit<SendFacts, 'mailbox' | 'content' | 'recipients' | 'thread' | 'support'> {
  readonly mailbox: Pick<MailboxFacts, 'observed' | 'reviewerMode'>;
  readonly content: Pick<ContentFacts, 'tags' | 'digest' | 'requestedCategory'> & {
    readonly approved: boolean;
    /** Absent: the same as `digest`. */
    readonly storedDigest?: string;
    readonly headerFindings?: ContentFacts['headerFindings'];
  };
  /** `at` counts through to, cc and bcc. */
  readonly recipients: readonly (Omit<RecipientFacts, 'address'> & { readonly at: number })[];
  readonly thread?: Omit<ThreadFacts, 'parentFrom'>;
  /** What people remembered, and what a thread brought. */
  readonly support?: SupportFacts;
}

/** As JSON; null for a delivery that its content does not know, whose address stands nowhere. */
export function toStoredFacts(
  ctx: Pick<Context, 'settings' | 'mailboxes' | 'templates'>,
  facts: SendFacts,
  content: OutboundContent,
): string | null {
  const { mailbox, thread, support, recipients, content: known, ...rest } = facts;
  const listed: readonly string[] = [...content.to, ...content.cc, ...content.bcc];
  if (recipients.some(({ address }) => !listed.includes(address))) return null;
  const { digest, storedDigest, tags, headerFindings, requestedCategory } = known;
  const { observed, reviewerMode } = mailbox;
  const stored: StoredFacts = {
    ...rest,
    mailbox: {
      observed,
      ...(reviewerMode === undefined ? {} : { reviewerMode }),
    },
    content: {
      tags,
      digest,
      approved: known.template?.approved === true,
      ...(storedDigest === digest ? {} : { storedDigest }),
      ...(headerFindings.length === 0 ? {} : { headerFindings }),
      ...(requestedCategory === undefined ? {} : { requestedCategory }),
    },
    recipients: recipients.map(({ address, ...recipient }) => ({
      ...recipient,
      at: listed.indexOf(address),
    })),
    ...(thread === undefined ? {} : { thread: withoutParent(thread) }),
    ...(support === undefined ? {} : { support: remembered(ctx, support, content) }),
  };
  return JSON.stringify(stored);
}

function withoutParent({ parentFrom: _, ...thread }: ThreadFacts): Omit<ThreadFacts, 'parentFrom'> {
  return thread;
}

function remembered(
  ctx: Pick<Context, 'settings' | 'mailboxes' | 'templates'>,
  support: SupportFacts,
  content: OutboundContent,
): SupportFacts {
  const declared = support.hosts.length === 0 ? 0 : declaredHosts(ctx, content).length;
  return {
    ...support,
    offers: [],
    facts: support.facts.slice(ctx.settings.content.facts.length),
    hosts: support.hosts.slice(declared),
  };
}
