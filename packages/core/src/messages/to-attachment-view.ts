import { isReadable } from '../attachments/attachment-kind.ts';
import type { AttachmentView } from '../operations/results.ts';
import type { OutboundAttachment } from './outbound-content.ts';

/** An attachment as a handle. */
export function toAttachmentView({ id, name, type, size }: OutboundAttachment): AttachmentView {
  return { id, name, type, size, readable: isReadable({ name, type, size }) };
}
