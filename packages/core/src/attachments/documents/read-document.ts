import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { htmlToMarkdown } from '../../inbound/markdown/html-to-markdown.ts';
import { csvToText } from '../csv-to-text.ts';
import { decodeContent, findHtmlCharset } from '../decode-content.ts';
import { icsToText } from '../ics-to-text.ts';
import type { ReadProblem } from '../unreadable.ts';
import type { DocumentAnswer, DocumentJob, DocumentText } from './document-job.ts';
import { docxToText } from './docx-to-text.ts';
import { pdfToText } from './pdf-to-text.ts';

/**
 * Reads a document. Whatever goes wrong with it is an answer; thrown is only that the library cannot
 * be loaded.
 */
export async function readDocument(
  job: DocumentJob,
  budget: { readonly isSpent: () => boolean },
): Promise<DocumentAnswer> {
  try {
    const answer = await readText(job);
    return budget.isSpent() ? TOO_COSTLY : answer;
  } catch (error) {
    if (budget.isSpent()) return TOO_COSTLY;
    if (error instanceof MailwardenError && typeof error.fields.problem === 'string') {
      const { problem, detail } = error.fields;
      return { problem: problem as ReadProblem, detail: String(detail ?? '') };
    }
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') throw error;
    return { problem: 'damaged', detail: 'It cannot be read to its end.' };
  }
}

const TOO_COSTLY: DocumentAnswer = {
  problem: 'too_costly',
  detail: 'It needs more memory than one file may.',
};

async function readText({
  kind,
  bytes,
  isCut,
  limit,
  charset,
}: DocumentJob): Promise<DocumentText> {
  const whole = (text: string): DocumentText => ({ text, hasMore: false, isCut });
  switch (kind) {
    // What the message says of a page goes before what the page says (WHATWG HTML §13.2.3.2).
    case 'html':
      return whole(
        htmlToMarkdown(decodeContent(bytes, { charset: charset ?? findHtmlCharset(bytes), isCut })),
      );
    case 'csv':
      return whole(await csvToText(decodeContent(bytes, { charset, isCut }), limit));
    case 'ics':
      return whole(icsToText(decodeContent(bytes, { charset, isCut }), limit));
    case 'docx': {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return whole(docxToText(buffer, limit));
    }
    case 'pdf':
      return await pdfToText(bytes, limit);
  }
}
