import type { Expression, SqlBool } from 'kysely';
import type { Context, Mailbox } from '../../context.ts';
import type { DeliveryState } from '../../deliveries/delivery-state.ts';
import type { Db } from '../../storage/database.ts';
import type { ConversationFacts, RecipientFacts } from '../facts.ts';
import { bodyMarks } from './body-marks.ts';
import { CONVERSATION_LIMITS } from './conversation-limit.ts';

const DAY = 86_400_000;

/** Stored, and neither on the wire nor at an end. */
const WAITING: readonly DeliveryState[] = ['held', 'queued', 'deferred'];

/** Mail that looks like a conversation. */
export interface ConversationQuestion {
  /** At request what waits counts as well; at claim what has its place on the wire. */
  readonly phase: 'request' | 'claim';
  readonly mailbox: Mailbox;
  /** Ids grow with time: of what waits, only older messages count. */
  readonly messageId: string;
  /** In the author's own words. */
  readonly body: string;
}

/**
 * Whom this mailbox talked to in the last 24 hours: at most two queries for any number of
 * recipients, none beyond what decides. At claim the caller holds the mailbox row's lock, so that
 * two claims cannot both take the last place (P7).
 */
export async function loadConversationFacts(
  db: Db,
  ctx: Context,
  question: ConversationQuestion,
  recipients: readonly Pick<RecipientFacts, 'address' | 'internal' | 'newcomer'>[],
): Promise<ConversationFacts> {
  const outside = recipients.filter(({ internal }) => !internal);
  if (outside.length === 0) return { sameBody: 0, newPeople: 0 };
  const { mailbox, body } = question;
  const marks = bodyMarks({ body, recipients: outside.map(({ address }) => address) });
  const own = outside.flatMap(({ address }) => ctx.keys.identify(address).allCanonical);
  const asked = { ...question, own };
  const isAsked = outside.some(({ newcomer }) => newcomer === true);
  return {
    sameBody:
      marks.length === 0
        ? 0
        : await countPeople(db, ctx, asked, {
            what: 'body',
            subjects: marks.map((mark) => toBodySubject(mailbox, mark)),
          }),
    newPeople: isAsked
      ? await countPeople(db, ctx, asked, { what: 'new', subjects: [mailbox.address] })
      : 0,
  };
}

/** What a mark of a body is reserved under. */
export function toBodySubject({ address }: Pick<Mailbox, 'address'>, mark: string): string {
  return `${address} ${mark}`;
}

/** Other people than the message's own. */
async function countPeople(
  db: Db,
  ctx: Context,
  { phase, messageId, own }: ConversationQuestion & { readonly own: readonly string[] },
  { what, subjects }: { readonly what: 'body' | 'new'; readonly subjects: readonly string[] },
): Promise<number> {
  const wire = `wire:${what}`;
  const most = what === 'body' ? CONVERSATION_LIMITS.sameBody : CONVERSATION_LIMITS.newPeople;
  const rows = await db
    .selectFrom('reservation')
    .innerJoin('delivery', (join) =>
      join
        .onRef('delivery.tenant', '=', 'reservation.tenant')
        .onRef('delivery.id', '=', 'reservation.delivery_id'),
    )
    .select('delivery.recipient_canonical')
    .distinct()
    .where('reservation.tenant', '=', ctx.tenant)
    .where('reservation.kind', 'in', phase === 'claim' ? [wire] : [wire, `talk:${what}`])
    .where('reservation.subject', 'in', subjects)
    .where('reservation.at', '>', ctx.now() - DAY)
    .where('delivery.message_id', '!=', messageId)
    .where('delivery.recipient_canonical', 'not in', own)
    .where(
      (eb): Expression<SqlBool> =>
        eb.or([
          eb('reservation.kind', '=', wire),
          eb.and([eb('delivery.state', 'in', WAITING), eb('delivery.message_id', '<', messageId)]),
        ]),
    )
    .limit(most)
    .execute();
  return rows.length;
}
