import type { Context, Mailbox } from '../context.ts';
import type { Db, Tx } from '../storage/database.ts';
import type { InboundMessage } from './inbound-message.ts';

/**
 * The message with exactly these bytes in this mailbox. The hash lies among the Message-IDs; the
 * space in it keeps it apart from every real one.
 */
export async function findByRawHash(
  db: Db,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  rawSha256: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('message_id_alias')
    .select('message_id')
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', mailbox.address)
    .where('internet_message_id', '=', `sha256 ${rawSha256}`)
    .executeTakeFirst();
  return row?.message_id;
}

/**
 * Records the hash and the Message-ID of a message that is being stored. Returns the id of the one
 * that has the hash already, when there is one. A Message-ID stays with whom it named first.
 */
export async function claimRawHash(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  { rawSha256, internetMessageId }: InboundMessage,
  messageId: string,
): Promise<string | undefined> {
  const names = [`sha256 ${rawSha256}`, internetMessageId];
  const claimed = await tx
    .insertInto('message_id_alias')
    .values(
      names.map((name) => ({
        tenant: ctx.tenant,
        mailbox: mailbox.address,
        internet_message_id: name,
        message_id: messageId,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'mailbox', 'internet_message_id']).doNothing(),
    )
    .returning('internet_message_id')
    .execute();
  if (claimed.some((row) => row.internet_message_id === names[0])) return undefined;
  return findByRawHash(tx, ctx, mailbox, rawSha256);
}
