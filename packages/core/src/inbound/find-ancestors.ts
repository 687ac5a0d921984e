import type { Context, Mailbox } from '../context.ts';
import type { Db } from '../storage/database.ts';
import type { InboundMessage } from './inbound-message.ts';
import { listReturnPathTokens } from './list-return-path-tokens.ts';

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
 * are known; automatic answers that name none, by the return path that they came to. The subject is never asked: two people may write under the same one.
 */
export async function findAncestors(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  mailbox: Mailbox,
  message: InboundMessage,
): Promise<Ancestors> {
  const named = await findNamed(db, ctx, mailbox, message);
  const nearest = named.length > 0 ? named : await findByReturnPath(db, ctx, mailbox, message);
  return {
    parent: nearest[0],
    answered: nearest.find(({ direction }) => direction === 'outbound'),
  };
}

async function findNamed(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  { inReplyTo, references }: InboundMessage,
): Promise<readonly Ancestor[]> {
  const names = [...new Set([inReplyTo ?? [], ...references.toReversed()].flat())];
  if (names.length === 0) return [];
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
  return names.flatMap((name) => byName.get(name) ?? []);
}

/**
 * Programs answer to the return path (RFC 3834 §4), often without saying to what. People do not, so
 * that what only a token says never puts a person's letter into a conversation.
 */
async function findByReturnPath(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  mailbox: Mailbox,
  message: InboundMessage,
): Promise<readonly Ancestor[]> {
  if (!message.loop.autoSubmitted) return [];
  const [deliveryId] = listReturnPathTokens(message).flatMap(
    (token) => ctx.keys.readToken('return_path', token) ?? [],
  );
  if (deliveryId === undefined) return [];
  return db
    .selectFrom('delivery')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'delivery.tenant')
        .onRef('message.id', '=', 'delivery.message_id'),
    )
    .select([
      'message.id',
      'message.thread_id as threadId',
      'message.direction',
      'message.campaign',
      'message.topic',
      'message.variant',
    ])
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.id', '=', deliveryId)
    .where('delivery.mailbox', '=', mailbox.address)
    .execute();
}
