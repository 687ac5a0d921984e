import { hash } from 'node:crypto';
import { toCharset } from './mime/charset.ts';
import type { ReadPart } from './mime/read-common-mail.ts';
import { cleanLine } from './untrusted-text.ts';

/** A part that is not the body. */
export interface ParsedAttachment {
  /** A file name without a path, never empty. */
  readonly name: string;
  /** `type/subtype`, lower case. */
  readonly type: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  readonly content: Uint8Array;
  /** The character set that its type names, as the Encoding Standard calls it, if it is a known one. */
  readonly charset?: string;
  /** Content-ID without brackets, by which the HTML shows it. */
  readonly contentId?: string;
}

/** More parts than a person attaches; the raw message has them all. */
const MAX_ATTACHMENTS = 200;

/** Names, hashes and decoded bytes of the attached parts. */
export function toAttachments(
  parts: readonly ReadPart[],
  defects: string[],
): readonly ParsedAttachment[] {
  if (parts.length > MAX_ATTACHMENTS) defects.push('attachments_dropped');
  return parts.slice(0, MAX_ATTACHMENTS).map((part, index) => {
    const content = toBytes(part.content);
    const charset = toCharset(part.charset);
    return {
      name: toName(part.filename ?? '', index),
      type: /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(part.mimeType)
        ? part.mimeType
        : 'application/octet-stream',
      size: content.byteLength,
      sha256: hash('sha256', content),
      content,
      ...(charset === undefined ? {} : { charset }),
      ...toContentId(part.contentId),
    };
  });
}

function toBytes(content: ReadPart['content']): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function toContentId(given: string | undefined): { readonly contentId?: string } {
  const contentId = cleanLine(given ?? '', 300).replace(/^<|>$/g, '');
  return contentId === '' ? {} : { contentId };
}

function toName(given: string, index: number): string {
  const last = cleanLine(given, 1_000).split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(/^\.+/, '').trim().slice(-200);
  return name === '' ? `attachment-${index + 1}` : name;
}
