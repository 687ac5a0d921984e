import { assertReviewable } from '../approval/assert-reviewable.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { parseInboundFacts } from '../inbound/inbound-facts.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { Principal } from '../principal/principal.ts';
import { findChunks } from './read-chunks.ts';

/** A message as it came, for people. */
export interface RawMessage {
  readonly messageId: string;
  /** RFC 5322, byte for byte. Untrusted, and whole: with hidden text, live links and all recipients. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex, noted when they came. */
  readonly sha256: string;
  /** The server gave only its beginning, since it was too long. */
  readonly isCut: boolean;
}

/**
 * The bytes of a message from outside. For people and the application: an agent is refused, since
 * nothing in them is normalised, and they hold links that work. Throws `NOT_PERMITTED`,
 * `MESSAGE_NOT_FOUND`, and `RAW_MAIL_NOT_KEPT` for what was deleted and for mail of our own.
 */
export async function readRawMessage(
  { storage, tenant }: Context,
  principal: Principal,
  messageId: string,
): Promise<RawMessage> {
  if (principal.kind === 'agent') throw new MailwardenError('NOT_PERMITTED');
  const id = toText(messageId, 'message_id')?.trim() ?? '';
  const row = await storage.db
    .selectFrom('message')
    .select(['mailbox', 'direction', 'inbound_facts', 'erased_at'])
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  assertReviewable(principal.kind === 'reviewer' ? principal : {}, row, id);
  if (row.direction === 'outbound') throw notKept('Mail of ours is made anew for each attempt.');
  if (row.erased_at !== null) throw notKept('The message was erased.');
  const bytes = await findChunks(storage.db, tenant, id);
  if (bytes === undefined) {
    throw notKept('They were deleted after their time, or since they quote somebody erased.');
  }
  const { rawSha256, defects } = parseInboundFacts(row.inbound_facts);
  return { messageId: id, bytes, sha256: rawSha256, isCut: defects.includes('message_cut') };
}

function notKept(detail: string): MailwardenError {
  return new MailwardenError('RAW_MAIL_NOT_KEPT', { detail });
}
