import type { Context } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { Message, MessageUpdate } from '../storage/tables/message.ts';
import { eraseDeliveries } from './erase-deliveries.ts';
import { ERASED } from './erased.ts';

/** Which messages lose their content, and whose addresses in them are replaced. */
export interface MessageErasure {
  readonly ids: readonly string[];
  readonly isPerson: (address: string) => boolean;
}

/**
 * Empties messages: subject, text, attachments, raw bytes, tags, revisions, what people wrote about
 * them and what servers answered. The rows stay, with their states, times and hashes, so that
 * nothing is stored or sent again; what came in is kept from agents. The caller has made sure that
 * nothing of them still goes out.
 */
export async function eraseMessages(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now' | 'keys'>,
  { ids, isPerson }: MessageErasure,
): Promise<void> {
  if (ids.length === 0) return;
  const { tenant } = ctx;
  const rows = await tx
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', 'in', ids)
    .execute();
  const at = ctx.now();
  for (const row of rows) {
    await tx
      .updateTable('message')
      .set(toErased(row, isPerson, at))
      .where('tenant', '=', tenant)
      .where('id', '=', row.id)
      .execute();
  }
  await deleteBeside(tx, tenant, rows);
  await eraseDeliveries(tx, ctx, { messageIds: ids, isPerson });
}

function toErased(row: Message, isPerson: (address: string) => boolean, at: number): MessageUpdate {
  const inbound = row.direction === 'inbound';
  const without = (list: string): string =>
    JSON.stringify((JSON.parse(list) as string[]).map((each) => (isPerson(each) ? ERASED : each)));
  const theirs = isPerson(row.from_address);
  return {
    // A mail program's Message-ID can name its owner; ours are random.
    ...(inbound ? { internet_message_id: `${row.id}@erased.invalid` } : {}),
    ...(inbound ? { quarantined: 1, from_name: null } : {}),
    ...(theirs ? { from_address: ERASED } : {}),
    in_reply_to: null,
    reference_ids: '[]',
    to_addresses: without(row.to_addresses),
    cc_addresses: without(row.cc_addresses),
    bcc_addresses: without(row.bcc_addresses),
    reply_to: null,
    subject: ERASED,
    body: null,
    text: ERASED,
    html: null,
    new_text: null,
    headers: '[]',
    header_findings: null,
    attachments: '[]',
    variables: null,
    // Without it the digest tells nothing about the content any more.
    nonce: null,
    decision: null,
    decision_facts: null,
    review_expires_at: null,
    updated_at: at,
    erased_at: row.erased_at ?? at,
  };
}

async function deleteBeside(tx: Tx, tenant: string, rows: readonly Message[]): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await tx
    .deleteFrom('message_revision')
    .where('tenant', '=', tenant)
    .where('message_id', 'in', ids)
    .execute();
  await tx
    .deleteFrom('tag')
    .where('tenant', '=', tenant)
    .where('subject_kind', '=', 'message')
    .where('subject_id', 'in', ids)
    .execute();
  await tx
    .updateTable('approval')
    .set({ reason: null, discharges: '[]' })
    .where('tenant', '=', tenant)
    .where('message_id', 'in', ids)
    .execute();
  // The hash of the bytes stays: by it the same mail is known when the server gives it again.
  const inbound = rows.filter(({ direction }) => direction === 'inbound').map(({ id }) => id);
  if (inbound.length > 0) {
    await tx
      .deleteFrom('message_id_alias')
      .where('tenant', '=', tenant)
      .where('message_id', 'in', inbound)
      .where('internet_message_id', 'not like', 'sha256 %')
      .execute();
  }
  const owners = rows.flatMap(listOwners);
  for (let at = 0; at < owners.length; at += 1_000) {
    await tx
      .deleteFrom('chunk')
      .where('tenant', '=', tenant)
      .where('owner_id', 'in', owners.slice(at, at + 1_000))
      .execute();
  }
}

/** The raw message and its own attachments; an attachment that was passed on is its message's. */
function listOwners({ id, attachments }: Message): readonly string[] {
  const handles = (JSON.parse(attachments) as { readonly id: string }[]).map((each) => each.id);
  return [id, ...handles.filter((handle) => handle.startsWith(`${id}.`))];
}
