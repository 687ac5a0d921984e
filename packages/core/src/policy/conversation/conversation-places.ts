import type { Context, Mailbox } from '../../context.ts';
import type { Address } from '../../identity/address.ts';
import type { SendFacts } from '../facts.ts';
import { isInternal } from '../is-internal.ts';
import { bodyMarks } from './body-marks.ts';
import { toBodySubject } from './load-conversation-facts.ts';
import { toOwnWords } from './own-words.ts';

/** One place in a counter of conversations. */
export interface ConversationPlace {
  readonly what: 'body' | 'new';
  readonly subject: string;
  readonly delivery_id: string;
}

/**
 * The places that deliveries take in what `loadConversationFacts` counts. Answers that are marketing
 * by now take them, too: one text does not become a conversation again while it goes on.
 */
export function conversationPlaces(
  ctx: Pick<Context, 'settings'>,
  mailbox: Mailbox,
  { content, thread, recipients }: Pick<SendFacts, 'content' | 'thread' | 'recipients'>,
  deliveries: readonly { readonly id: string; readonly recipient: string }[],
): readonly ConversationPlace[] {
  const talks = thread?.recipientsWroteHere === true || isWrittenToRelated(content, recipients);
  if (content.category !== 'conversational' && !talks) return [];
  const outside = deliveries.filter(({ recipient }) => !isInternal(ctx, recipient as Address));
  if (outside.length === 0) return [];
  const addresses = outside.map(({ recipient }) => recipient as Address);
  const marks = bodyMarks({ body: toOwnWords(content.body, thread), recipients: addresses });
  const fresh = new Set<string>(
    recipients.filter(({ newcomer }) => newcomer === true).map(({ address }) => address),
  );
  return outside.flatMap(({ id: delivery_id, recipient }): readonly ConversationPlace[] => [
    ...marks.map((mark) => ({
      ...{ what: 'body' as const, subject: toBodySubject(mailbox, mark), delivery_id },
    })),
    ...(fresh.has(recipient)
      ? [{ what: 'new' as const, subject: mailbox.address, delivery_id }]
      : []),
  ]);
}

/** Free text to customers, vendors or applicants that nobody called marketing. */
function isWrittenToRelated(
  { template, campaign, requestedCategory }: SendFacts['content'],
  recipients: SendFacts['recipients'],
): boolean {
  if ((template ?? campaign) !== undefined || requestedCategory === 'marketing') return false;
  return recipients.every(({ internal, audience }) => internal || audience.relationship);
}
