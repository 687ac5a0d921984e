import { type AttachmentKind, isDocument } from './attachment-kind.ts';
import { ATTACHMENT_LIMITS } from './attachment-limits.ts';
import { chooseKind } from './choose-kind.ts';
import { decodeContent } from './decode-content.ts';
import type { DocumentText } from './documents/document-job.ts';
import { readInProcess } from './documents/read-in-process.ts';
import { unreadable } from './unreadable.ts';

/** What is read. */
export interface AttachmentContent {
  readonly name: string;
  readonly type: string;
  /** Of the whole file. */
  readonly size: number;
  /** The file, or its first `ATTACHMENT_LIMITS.textBytes` when it is a text. */
  readonly bytes: Buffer;
  /** What the message says that it is written in, as the Encoding Standard calls it. */
  readonly charset?: string;
}

/** The text of a file, as far as it was asked for. */
export interface ReadText extends DocumentText {
  /** As what it was read. */
  readonly kind: AttachmentKind;
}

/**
 * The text of an attachment from its beginning, about `limit` characters of it. The file is data:
 * nothing in it is run, opened or fetched. Throws `ATTACHMENT_UNREADABLE`, `ATTACHMENTS_BUSY`,
 * `ATTACHMENT_READER_FAILED`.
 */
export async function readAttachmentText(
  content: AttachmentContent,
  limit: number,
): Promise<ReadText> {
  const { size, bytes, charset } = content;
  if (size === 0) throw unreadable('no_text', 'It is empty.');
  const kind = chooseKind(content, bytes);
  if (isDocument(kind)) refuseTooLarge(kind, content);
  const isCut = bytes.byteLength < size;
  const read =
    kind === 'plain'
      ? { text: decodeContent(bytes, { charset, isCut }), hasMore: false, isCut }
      : await readInProcess({
          ...{ kind, bytes, isCut, limit },
          ...(charset === undefined ? {} : { charset }),
        });
  const text = read.text.toWellFormed();
  if (text.trim() === '') {
    throw unreadable(
      'no_text',
      kind === 'pdf' ? 'It holds no text, perhaps pictures of some.' : 'It holds no text.',
    );
  }
  const { characters } = ATTACHMENT_LIMITS;
  return {
    kind,
    text: text.slice(0, characters),
    hasMore: read.hasMore && text.length < characters,
    isCut: read.isCut || text.length > characters,
  };
}

/** Half a document cannot be read. */
function refuseTooLarge(kind: 'pdf' | 'docx', { size, bytes }: AttachmentContent): void {
  const { documentBytes } = ATTACHMENT_LIMITS;
  if (size <= documentBytes && bytes.byteLength === size) return;
  const most = `at most ${documentBytes / 1_048_576} MiB of a ${kind.toUpperCase()} are read`;
  throw unreadable('too_large', `It has ${size} bytes; ${most}.`);
}
