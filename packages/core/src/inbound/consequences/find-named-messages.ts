import type { Context } from '../../context.ts';
import type { Db } from '../../storage/database.ts';

/** The ids of our own messages by each Message-ID that they are known by, in any mailbox. */
export async function findNamedMessages(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'mailboxes'>,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .selectFrom('message_id_alias')
    .innerJoin('message', (join) =>
      join
        .onRef('message.tenant', '=', 'message_id_alias.tenant')
        .onRef('message.id', '=', 'message_id_alias.message_id'),
    )
    .select(['message_id_alias.internet_message_id as name', 'message.id'])
    .where('message_id_alias.tenant', '=', ctx.tenant)
    // Complaints go to the one mailbox that was registered for them.
    .where('message_id_alias.mailbox', 'in', [...ctx.mailboxes.keys()])
    .where('message_id_alias.internet_message_id', 'in', names)
    .where('message.direction', '=', 'outbound')
    .execute();
  const groups = Map.groupBy(rows, ({ name }) => name);
  return new Map([...groups].map(([name, group]) => [name, group.map(({ id }) => id)]));
}
