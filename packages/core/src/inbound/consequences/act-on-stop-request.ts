import type { Context, Mailbox } from '../../context.ts';
import { openStopRequest } from '../../stop-requests/open-stop-request.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { recordUnsubscribe } from '../../unsubscribe/record-unsubscribe.ts';
import { toUnsubscribeSubject } from '../../unsubscribe/to-unsubscribe-subject.ts';
import type { InboundMessage } from '../inbound-message.ts';
import { judgeStopRequest, type StopVerdict } from '../stop-request/judge-stop-request.ts';
import type { Arrival } from './arrival.ts';
import { hasLeft } from './has-left.ts';

/**
 * What a person's own words do when they ask to stop. In a thread in which we wrote to them a clear
 * request is an unsubscribe, whoever vouches for the sender: who forges it can only stop mail.
 * Whatever is unclear, comes from another address or outside a thread holds marketing until a person
 * has read it. Returns whether somebody was suppressed.
 */
export async function actOnStopRequest(tx: Tx, ctx: Context, arrival: Arrival): Promise<boolean> {
  const { id, mailbox, parsed, answered } = arrival;
  const { from } = parsed;
  if (from === undefined || ctx.mailboxes.has(from.address.toLowerCase())) return false;
  const verdict = judge(parsed);
  if (verdict === 'none') return false;
  const own = await findInThread(tx, ctx, arrival);
  if (own !== undefined && verdict === 'clear') {
    const wish = { scope: 'marketing', via: 'reply' } as const;
    return recordUnsubscribe(tx, ctx, toUnsubscribeSubject(own), wish);
  }
  const delivery =
    own ??
    (answered === undefined
      ? await findEarlier(tx, ctx, arrival)
      : await findOnly(tx, ctx, answered.id));
  if (delivery !== undefined) {
    await openStopRequest(tx, ctx, { messageId: id, mailbox: mailbox.address, delivery });
  }
  return false;
}

const ANSWER =
  /^\s*(?:re|aw|antw?|sv|vs|fwd?|wg|tr|rv|ref|rif|res|odp|enc|doorst|回复|答复|返信)\s?(?:\[\d+\])?[:：]/iu;

/**
 * Their words alone. The subject is theirs only where it answers nothing; many write it there and
 * leave the text empty, or write a courtesy.
 */
function judge({ kind, loop, newText, subject, feedbackReport }: InboundMessage): StopVerdict {
  if (feedbackReport?.type === 'opt-out') return 'clear';
  if (kind !== 'message' || loop.autoSubmitted) return 'none';
  const said = judgeStopRequest(newText);
  if (said === 'clear' || ANSWER.test(subject)) return said;
  const asked = judgeStopRequest(subject);
  return asked === 'none' ? said : asked;
}

/** The newest mail to whoever wrote, in this thread. */
async function findInThread(
  tx: Tx,
  ctx: Context,
  { parsed, threadId }: Arrival,
): Promise<Delivery | undefined> {
  const messages = await tx
    .selectFrom('message')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'outbound')
    .execute();
  const people = hmacsOf(ctx, parsed);
  const rows = await findDeliveries(
    tx,
    ctx,
    messages.map(({ id }) => id),
  );
  return newest(rows.filter((row) => people.includes(row.recipient_canonical) && hasLeft(row)));
}

/** Whoever the answered mail went to, when it was one person: somebody else answered for them. */
async function findOnly(tx: Tx, ctx: Context, messageId: string): Promise<Delivery | undefined> {
  const rows = await findDeliveries(tx, ctx, [messageId]);
  return rows.length === 1 ? rows.find(hasLeft) : undefined;
}

async function findDeliveries(
  tx: Tx,
  ctx: Context,
  messageIds: readonly string[],
): Promise<readonly Delivery[]> {
  if (messageIds.length === 0) return [];
  return tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', messageIds)
    .execute();
}

/**
 * Outside a thread: the newest mail to whoever wrote, from this mailbox or another one of its
 * sender; from any of them when it has none. Mail that the operator's own server calls forged stops
 * nothing there: it could name anybody.
 */
async function findEarlier(
  tx: Tx,
  ctx: Context,
  { parsed, mailbox }: Arrival,
): Promise<Delivery | undefined> {
  if (parsed.authentication.dmarc === 'fail') return undefined;
  const rows = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', 'in', listMailboxes(ctx, mailbox))
    .where('recipient_canonical', 'in', hmacsOf(ctx, parsed))
    .execute();
  return newest(rows.filter(hasLeft));
}

function listMailboxes(ctx: Context, { address, sender }: Mailbox): readonly string[] {
  const all = [...ctx.mailboxes.values()];
  const own = sender === undefined ? all : all.filter((each) => each.sender?.id === sender.id);
  return [...new Set([address, ...own.map((each) => each.address)])];
}

function hmacsOf(ctx: Context, { from }: InboundMessage): readonly string[] {
  return from === undefined ? [] : ctx.keys.identify(from.address).allCanonical;
}

function newest(rows: readonly Delivery[]): Delivery | undefined {
  return rows.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0];
}
