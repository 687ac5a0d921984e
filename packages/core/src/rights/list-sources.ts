import { findAttachmentMessage } from '../messages/attachment-id.ts';
import type { Message } from '../storage/tables/message.ts';

/** The messages that a message's attachments belong to. */
export function listSources({ attachments }: Pick<Message, 'attachments'>): readonly string[] {
  return (JSON.parse(attachments) as { readonly id: string }[]).flatMap(
    ({ id }) => findAttachmentMessage(id) ?? [],
  );
}
