import type { Context, Mailbox } from '../context.ts';
import type { Db } from '../storage/database.ts';
import type { InboundMessage } from './inbound-message.ts';

/** A message that another one refers to. */
export interface Ancestor {
  readonly id: string;
  readonly threadId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly campaign: string | null;
  readonly topic: string | null;
  readonly variant: string | null;
}

/** Where a message belongs. */
export interface Ancestors {
  /** The nearest one that is known here. */
  readonly parent: Ancestor | undefined;
  /** The nearest one of ours. */
  readonly answered: Ancestor | undefined;
}

/**
 * Finds the messages that In-Reply-To and References name, through every Message-ID by which they
 * are known. The subject is never asked: two people may write under the same one.
 */
export async function findAncestors(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  { inReplyTo, references }: InboundMessage,
): Promise<Ancestors> {
  const names = [...new Set([inReplyTo ?? [], ...references.toReversed()].flat())];
  if (names.length === 0) return { parent: undefined, answered: undefined };
  const rows = await db
    .selectFrom('message_id_alias')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'message_id_alias.tenant')
        .onRef('message.id', '=', 'message_id_alias.message_id'),
    )
    .select([
      'message_id_alias.internet_message_id as name',
      'message.id',
      'message.thread_id as threadId',
      'message.direction',
      'message.campaign',
      'message.topic',
      'message.variant',
    ])
    .where('message_id_alias.tenant', '=', ctx.tenant)
    .where('message_id_alias.mailbox', '=', mailbox.address)
    .where('message_id_alias.internet_message_id', 'in', names)
    .execute();
  const byName = new Map(rows.map(({ name, ...ancestor }) => [name, ancestor]));
  const nearest = names.flatMap((name) => byName.get(name) ?? []);
  return {
    parent: nearest[0],
    answered: nearest.find(({ direction }) => direction === 'outbound'),
  };
}
