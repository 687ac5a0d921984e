import { htmlToText } from '../inbound/html-to-text.ts';
import { type AttachmentKind, isDocument } from './attachment-kind.ts';
import { ATTACHMENT_LIMITS } from './attachment-limits.ts';
import { chooseKind } from './choose-kind.ts';
import { csvToText } from './csv-to-text.ts';
import { decodeContent, findHtmlCharset } from './decode-content.ts';
import type { DocumentText } from './documents/document-job.ts';
import { readInProcess } from './documents/read-in-process.ts';
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
): Promise<ReadText> {
  const { size, bytes } = content;
  if (size === 0) throw unreadable('no_text', 'It is empty.');
  const kind = chooseKind(content, bytes);
  const read = isDocument(kind)
    ? await readDocumentOf(kind, content, limit)
    : { text: await textOf(kind, content, limit), hasMore: false, isCut: bytes.byteLength < size };
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
): Promise<DocumentText> {
  const { documentBytes } = ATTACHMENT_LIMITS;
  if (size > documentBytes || bytes.byteLength < size) {
    const most = `at most ${documentBytes / 1_048_576} MiB of a ${kind.toUpperCase()} are read`;
    throw unreadable('too_large', `It has ${size} bytes; ${most}.`);
  }
  return await readInProcess({ kind, bytes, limit });
}

async function textOf(
  kind: Exclude<AttachmentKind, 'pdf' | 'docx'>,
  { bytes, size }: AttachmentContent,
  limit: number,
): Promise<string> {
  const charset = kind === 'html' ? findHtmlCharset(bytes) : undefined;
  const text = decodeContent(bytes, { charset, isCut: bytes.byteLength < size });
  switch (kind) {
    case 'html':
      return htmlToText(dropHidden(text));
    case 'csv':
      return await csvToText(text, limit);
    case 'ics':
      return icsToText(text, limit);
    case 'plain':
      return text;
  }
}
