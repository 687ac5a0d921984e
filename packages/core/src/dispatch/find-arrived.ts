import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/** What tells that somebody has it, in whatever state the delivery is. */
const HEARD = [
  ...(['delivery.delivered', 'delivery.replied', 'delivery.complained'] as const),
  'recipient.unsubscribed',
] as const;

/**
 * Which of these deliveries would bring somebody a second copy: ids of those that are to make sure
 * of one that arrived, as is known since they were ordered. Every delivery of the message to the same
 * recipient counts, for a resend may be of a resend. What whoever ordered it could have known does
 * not: a person may want it sent again all the same, and the machine orders nothing after news.
 */
export async function findArrived(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  deliveries: readonly Delivery[],
): Promise<ReadonlySet<string>> {
  const resends = deliveries.filter(({ resend_of }) => resend_of !== null);
  if (resends.length === 0) return new Set();
  const rows = await tx
    .selectFrom('delivery')
    .select(['id', 'message_id', 'recipient_exact', 'state'])
    .select(['delivered_at', 'replied_at', 'complained_at', 'unsubscribed_at'])
    // The times on it are those of the news; this is when it came.
    .select((eb) =>
      eb
        .selectFrom('event')
        .select(({ fn }) => fn.max('event.at').as('at'))
        .whereRef('event.tenant', '=', 'delivery.tenant')
        .whereRef('event.delivery_id', '=', 'delivery.id')
        .where('event.type', 'in', HEARD)
        .as('heard_at'),
    )
    .where('tenant', '=', ctx.tenant)
    .where('message_id', 'in', [...new Set(resends.map(({ message_id }) => message_id))])
    .execute();
  const known = Map.groupBy(rows, toKey);
  const isNews = (resend: Delivery) => (row: (typeof rows)[number]) =>
    row.id !== resend.id && (row.state === 'sent' || newest(row) >= resend.created_at);
  const arrived = resends.filter((each) => known.get(toKey(each))?.some(isNews(each)));
  return new Set(arrived.map(({ id }) => id));
}

type Key = Pick<Delivery, 'message_id' | 'recipient_exact'>;

function toKey({ message_id, recipient_exact }: Key): string {
  return `${message_id} ${recipient_exact}`;
}

type Times = Pick<Delivery, 'delivered_at' | 'replied_at' | 'complained_at' | 'unsubscribed_at'> & {
  readonly heard_at: number | null;
};

/** The events may be forgotten by now; the times stay. */
function newest({ delivered_at, replied_at, complained_at, unsubscribed_at, heard_at }: Times) {
  const times = [delivered_at, replied_at, complained_at, unsubscribed_at, heard_at];
  return Math.max(...times.map((at) => at ?? Number.NEGATIVE_INFINITY));
}
