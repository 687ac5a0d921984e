import { htmlToText } from '../inbound/html-to-text.ts';
import { type AttachmentKind, isDocument } from './attachment-kind.ts';
import { ATTACHMENT_LIMITS } from './attachment-limits.ts';
import { chooseKind } from './choose-kind.ts';
import { csvToText } from './csv-to-text.ts';
import { decodeContent, findHtmlCharset } from './decode-content.ts';
import type { DocumentText } from './documents/document-job.ts';
import { readInThread, type ThreadLimits } from './documents/read-in-thread.ts';
import { dropHidden } from './drop-hidden.ts';
import { icsToText } from './ics-to-text.ts';
import { unreadable } from './unreadable.ts';

/** What is read. */
export interface AttachmentContent {
  readonly name: string;
  readonly type: string;
  /** Of the whole file. */
  readonly size: number;
  /** The file, or its first `ATTACHMENT_LIMITS.textBytes` when it is a text. */
  readonly bytes: Buffer;
}

/** The text of a file, as far as it was asked for. */
export interface ReadText extends DocumentText {
  /** As what it was read. */
  readonly kind: AttachmentKind;
}

/**
 * The text of an attachment from its beginning, about `limit` characters of it. The file is data:
 * nothing in it is run, opened or fetched. Throws `ATTACHMENT_UNREADABLE`, `ATTACHMENTS_BUSY`.
 */
export async function readAttachmentText(
  content: AttachmentContent,
  limit: number,
  threadLimits: ThreadLimits = {},
): Promise<ReadText> {
  const { size, bytes } = content;
  if (size === 0) throw unreadable('no_text', 'It is empty.');
  const kind = chooseKind(content, bytes);
  const read = isDocument(kind)
    ? await readDocumentOf(kind, content, limit, threadLimits)
    : { text: await textOf(kind, bytes, limit), hasMore: false, isCut: bytes.byteLength < size };
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

async function readDocumentOf(
  kind: 'pdf' | 'docx',
  { size, bytes }: AttachmentContent,
  limit: number,
  threadLimits: ThreadLimits,
): Promise<DocumentText> {
  const { documentBytes } = ATTACHMENT_LIMITS;
  if (size > documentBytes || bytes.byteLength < size) {
    const most = `at most ${documentBytes / 1_048_576} MiB of a ${kind.toUpperCase()} are read`;
    throw unreadable('too_large', `It has ${size} bytes; ${most}.`);
  }
  return await readInThread({ kind, bytes, limit }, threadLimits);
}

async function textOf(
  kind: Exclude<AttachmentKind, 'pdf' | 'docx'>,
  bytes: Buffer,
  limit: number,
): Promise<string> {
  switch (kind) {
    case 'html':
      return htmlToText(dropHidden(decodeContent(bytes, findHtmlCharset(bytes))));
    case 'csv':
      return await csvToText(decodeContent(bytes), limit);
    case 'ics':
      return icsToText(decodeContent(bytes), limit);
    case 'plain':
      return decodeContent(bytes);
  }
}
