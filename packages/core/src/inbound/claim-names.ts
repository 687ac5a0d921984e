import type { Context, Mailbox } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { InboundMessage } from './inbound-message.ts';

/** A message that is being stored. */
export interface Named {
  readonly id: string;
  readonly parsed: InboundMessage;
}

const ROWS_PER_STATEMENT = 2_000;

/**
 * The name of exactly these bytes. The hash lies among the Message-IDs; the space in it keeps it
 * apart from every real one.
 */
export function toHashName({ rawSha256 }: Pick<InboundMessage, 'rawSha256'>): string {
  return `sha256 ${rawSha256}`;
}

/**
 * Records the hashes and Message-IDs of messages that are being stored. A Message-ID stays with whom
 * it named first. Returns whether all the hashes were free; where one was not, another process has
 * stored the same bytes meanwhile.
 */
export async function claimNames(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  mailbox: Mailbox,
  messages: readonly Named[],
): Promise<boolean> {
  const owners = new Map<string, string>();
  for (const { id, parsed } of messages) {
    for (const name of [toHashName(parsed), parsed.internetMessageId]) {
      if (!owners.has(name)) owners.set(name, id);
    }
  }
  // In one order, so that two processes do not wait for each other.
  const rows = [...owners].sort(([a], [b]) => (a < b ? -1 : 1));
  const free = new Set<string>();
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    const claimed = await tx
      .insertInto('message_id_alias')
      .values(
        rows.slice(at, at + ROWS_PER_STATEMENT).map(([name, id]) => ({
          tenant: ctx.tenant,
          mailbox: mailbox.address,
          internet_message_id: name,
          message_id: id,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'mailbox', 'internet_message_id']).doNothing(),
      )
      .returning('internet_message_id')
      .execute();
    for (const row of claimed) free.add(row.internet_message_id);
  }
  return messages.every(({ parsed }) => free.has(toHashName(parsed)));
}
