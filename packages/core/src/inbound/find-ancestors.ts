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

/** Keeps a statement below the 32,766 bound values that SQLite takes. */
const NAMES_PER_STATEMENT = 5_000;

/** The messages of a mailbox by the names that they are known under: Message-IDs and hashes. */
export async function findNamed(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  names: readonly string[],
): Promise<Map<string, Ancestor>> {
  const named = new Map<string, Ancestor>();
  const wanted = [...new Set(names)];
  for (let at = 0; at < wanted.length; at += NAMES_PER_STATEMENT) {
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
      .where(
        'message_id_alias.internet_message_id',
        'in',
        wanted.slice(at, at + NAMES_PER_STATEMENT),
      )
      .execute();
    for (const { name, ...ancestor } of rows) named.set(name, ancestor);
  }
  return named;
}

/** What In-Reply-To and References name, the nearest first. */
export function listReferences({ inReplyTo, references }: InboundMessage): readonly string[] {
  return [...new Set([inReplyTo ?? [], ...references.toReversed()].flat())];
}

/**
 * The messages that a message answers, through every Message-ID by which they are known. The subject
 * is never asked: two people may write under the same one.
 */
export function toAncestors(
  named: ReadonlyMap<string, Ancestor>,
  message: InboundMessage,
): Ancestors {
  const nearest = listReferences(message).flatMap((name) => named.get(name) ?? []);
  return {
    parent: nearest[0],
    answered: nearest.find(({ direction }) => direction === 'outbound'),
  };
}
