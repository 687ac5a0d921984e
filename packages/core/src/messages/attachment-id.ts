/** The handle of a message's nth attachment; it names its message, so that no look-up is needed. */
export function toAttachmentId(messageId: string, index: number): string {
  return `${messageId}.${index + 1}`;
}

/** The message of a handle; `undefined` when the text is none. */
export function findAttachmentMessage(handle: string): string | undefined {
  return /^([\w-]{1,64})\.\d{1,4}$/.exec(handle)?.[1];
}
