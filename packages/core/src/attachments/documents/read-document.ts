import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { ReadProblem } from '../unreadable.ts';
import type { DocumentAnswer, DocumentJob } from './document-job.ts';
import { docxToText } from './docx-to-text.ts';
import { pdfToText } from './pdf-to-text.ts';

/**
 * Reads a document. Whatever goes wrong with it is an answer; thrown is only that the library cannot
 * be loaded.
 */
export async function readDocument(
  { kind, bytes, limit }: DocumentJob,
  budget: { readonly isSpent: () => boolean },
): Promise<DocumentAnswer> {
  try {
    const answer =
      kind === 'pdf'
        ? await pdfToText(bytes, limit)
        : { text: docxToText(toBuffer(bytes), limit), hasMore: false, isCut: false };
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

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
