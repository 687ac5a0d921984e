import type { Context, Mailbox } from '../context.ts';
import type { Db } from '../storage/database.ts';
import { unindexed } from '../storage/unindexed.ts';
import { toRelayIds } from '../transport/relays/to-relay-ids.ts';
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

/** Keeps a statement below the 32,766 bound values that SQLite takes. */
const NAMES_PER_STATEMENT = 5_000;

const ANCESTOR = [
  'message.id',
  'message.thread_id as threadId',
  'message.direction',
  'message.campaign',
  'message.topic',
  'message.variant',
] as const;

/** Messages by the names that they are known under: Message-IDs, hashes, return paths. */
export type NamedMessages = Map<string, Ancestor>;

/** Finds the messages of a mailbox that are known under some names. */
export async function findNamed(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  names: readonly string[],
): Promise<NamedMessages> {
  const named: NamedMessages = new Map();
  const wanted = [...new Set(names)];
  for (let at = 0; at < wanted.length; at += NAMES_PER_STATEMENT) {
    const some = wanted.slice(at, at + NAMES_PER_STATEMENT);
    const rows = await db
      .selectFrom('message_id_alias')
      .innerJoin('message', (join) =>
        join
          .onRef('message.tenant', '=', 'message_id_alias.tenant')
          .onRef('message.id', '=', 'message_id_alias.message_id'),
      )
      .select(['message_id_alias.internet_message_id as name', ...ANCESTOR])
      .where('message_id_alias.tenant', '=', ctx.tenant)
      .where('message_id_alias.mailbox', '=', mailbox.address)
      .where('message_id_alias.internet_message_id', 'in', some)
      .execute();
    for (const { name, ...ancestor } of rows) named.set(name, ancestor);
  }
  return named;
}

/**
 * Adds the mail of ours whose return path automatic answers came to. Programs answer to it (RFC 3834
 * §4), often without saying to what. People do not, so that what only a token says never puts a
 * person's letter into a conversation.
 */
export async function addByReturnPath(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  mailbox: Mailbox,
  { named, messages }: { named: NamedMessages; messages: readonly InboundMessage[] },
): Promise<void> {
  const ids = messages.flatMap((message) => findReturnPath(ctx, message) ?? []);
  if (ids.length === 0) return;
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'delivery.tenant')
        .onRef('message.id', '=', 'delivery.message_id'),
    )
    .select(['delivery.id as deliveryId', ...ANCESTOR])
    .where('delivery.tenant', '=', ctx.tenant)
    .where('delivery.id', 'in', ids)
    .where(unindexed('delivery.mailbox'), '=', mailbox.address)
    .execute();
  for (const { deliveryId, ...ancestor } of rows) named.set(toPathName(deliveryId), ancestor);
}

/** The delivery whose return path an automatic answer came to. */
function findReturnPath(ctx: Pick<Context, 'keys'>, message: InboundMessage): string | undefined {
  if (!message.loop.autoSubmitted) return undefined;
  const [deliveryId] = listReturnPathTokens(message).flatMap(
    (token) => ctx.keys.readToken('return_path', token) ?? [],
  );
  return deliveryId;
}

/** The space keeps it apart from every Message-ID. */
function toPathName(deliveryId: string): string {
  return `delivery ${deliveryId}`;
}

/** What In-Reply-To and References name, the nearest first. */
export function listReferences({ inReplyTo, references }: InboundMessage): readonly string[] {
  const names = [inReplyTo ?? [], ...references.toReversed()].flat();
  return [...new Set(names.flatMap(toRelayIds))];
}

/**
 * The messages that a message answers, through every Message-ID by which they are known; of automatic
 * answers that name none, the one whose return path they came to. The subject is never asked: two
 * people may write under the same one.
 */
export function toAncestors(
  ctx: Pick<Context, 'keys'>,
  named: ReadonlyMap<string, Ancestor>,
  message: InboundMessage,
): Ancestors {
  const nearest = listReferences(message).flatMap((name) => named.get(name) ?? []);
  const deliveryId = nearest.length === 0 ? findReturnPath(ctx, message) : undefined;
  const answered = deliveryId === undefined ? undefined : named.get(toPathName(deliveryId));
  return {
    parent: nearest[0] ?? answered,
    answered: nearest.find(({ direction }) => direction === 'outbound') ?? answered,
  };
}
