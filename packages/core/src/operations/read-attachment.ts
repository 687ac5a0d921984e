import { bytesToRead } from '../attachments/attachment-kind.ts';
import { ATTACHMENT_LIMITS } from '../attachments/attachment-limits.ts';
import { readAttachmentText } from '../attachments/read-attachment-text.ts';
import { unreadable } from '../attachments/unreadable.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { maskTokensInPlace } from '../identity/mask-tokens.ts';
import { findAttachmentMessage } from '../messages/attachment-id.ts';
import { getMessage } from '../messages/get-message.ts';
import { markRead } from '../messages/mark-read.ts';
import type { OutboundAttachment } from '../messages/outbound-content.ts';
import { findChunks } from '../messages/read-chunks.ts';
import { toTextPart } from '../messages/text-part.ts';
import type { ReadAttachmentInput } from '../principal/handles.ts';
import type { Principal } from '../principal/principal.ts';
import type { Outcome } from './outcome.ts';
import { refuseUnknown, toOffset, toText } from './parse-arguments.ts';
import type { AttachmentText } from './results.ts';
import { toRefusal } from './to-refusal.ts';

const ARGUMENTS: readonly (keyof ReadAttachmentInput)[] = [
  ...(['mailbox', 'messageId', 'attachmentId', 'offset'] as const),
];

/** About 3,000 tokens. */
const MAX_PART = 12_000;
/** Readers count a little differently; this much more is read than shown. */
const SLACK = 1_000;

/**
 * The text of an attachment of a message that the principal may read. It counts as reading the
 * message that it came with.
 */
export async function readAttachment(
  ctx: Context,
  principal: Principal,
  input: ReadAttachmentInput,
): Promise<Outcome<AttachmentText>> {
  try {
    refuseUnknown(input, ARGUMENTS, 'read_attachment');
    const offset = toOffset(input.offset, 'offset');
    const found = await findAttachment(ctx, principal, input);
    const { id, name, type, size, charset } = found.attachment;
    const bytes = await loadBytes(ctx, found.attachment);
    const limit = Math.min(offset + MAX_PART, ATTACHMENT_LIMITS.characters) + SLACK;
    const content = { name, type, size, bytes };
    const said = charset === undefined ? {} : { charset };
    const read = await readAttachmentText({ ...content, ...said }, limit);
    // Before it is cut: half a token is none that is known.
    const text = maskTokensInPlace(read.text);
    const part = toTextPart(text, { offset, length: MAX_PART });
    const nextOffset = part.nextOffset ?? (read.hasMore ? text.length : undefined);
    return {
      status: 'ok',
      ...{ id, messageId: found.messageId, name, type, size, kind: read.kind, text: part.text },
      truncated: nextOffset !== undefined,
      ...(nextOffset === undefined ? {} : { nextOffset }),
      ...(read.isCut && nextOffset === undefined ? { incomplete: true as const } : {}),
    };
  } catch (error) {
    const isOurs = error instanceof MailwardenError && error.code === 'ATTACHMENT_READER_FAILED';
    if (isOurs) ctx.report(error);
    return toRefusal(error);
  }
}

interface Found {
  readonly attachment: OutboundAttachment;
  /** Whose content it is: for a file that is passed on, the message that it came with. */
  readonly messageId: string;
}

async function findAttachment(
  ctx: Context,
  principal: Principal,
  input: ReadAttachmentInput,
): Promise<Found> {
  const { db } = ctx.storage;
  const mailbox = toText(input.mailbox, 'mailbox');
  const id = toText(input.messageId, 'message_id')?.trim() ?? '';
  const wanted = toText(input.attachmentId, 'attachment_id')?.trim() ?? '';
  const message = await getMessage(db, ctx, principal, { id, mailbox });
  const attachments = JSON.parse(message.attachments) as readonly OutboundAttachment[];
  const attachment = attachments.find((each) => each.id === wanted);
  const owner = findAttachmentMessage(wanted);
  if (attachment === undefined || owner === undefined) throw notFound(attachments);
  const source =
    owner === message.id ? message : await getMessage(db, ctx, principal, { id: owner, mailbox });
  await markRead(ctx, principal, [source]);
  return { attachment, messageId: source.id };
}

/** Ids alone: names are the sender's words, and an error stands outside of the fence. */
function notFound(attachments: readonly OutboundAttachment[]): MailwardenError {
  const ids = attachments.slice(0, 10).map(({ id }) => id);
  const more =
    attachments.length > ids.length ? ` and ${attachments.length - ids.length} more` : '';
  const detail = ids.length === 0 ? 'It has none.' : `It has ${ids.join(', ')}${more}.`;
  return new MailwardenError('ATTACHMENT_NOT_FOUND', { detail });
}

/** What may be read of it; no more is loaded. */
async function loadBytes(
  { storage, tenant }: Context,
  attachment: OutboundAttachment,
): Promise<Buffer> {
  const bytes = await findChunks(storage.db, tenant, attachment.id, bytesToRead(attachment));
  if (bytes !== undefined) return bytes;
  throw unreadable('deleted', 'Its content is not kept any more.');
}
