import { ATTACHMENT_LIMITS } from '../attachment-limits.ts';
import { unreadable } from '../unreadable.ts';
import type { DocumentText } from './document-job.ts';

/** A text or a part of one, as pdf.js gives it. */
interface TextItem {
  readonly str?: string;
  readonly hasEOL?: boolean;
  /** The last two: where it begins. */
  readonly transform?: readonly number[];
  readonly width?: number;
  readonly height?: number;
}

/** What is used of pdf.js, of which no types are needed here. */
interface PdfJs {
  getDocument(options: Readonly<Record<string, unknown>>): {
    readonly promise: Promise<PdfDocument>;
  };
}
interface PdfDocument {
  readonly numPages: number;
  getPage(number: number): Promise<PdfPage>;
}
interface PdfPage {
  /** Left, bottom, right and top of what is shown. */
  readonly view: readonly number[];
  streamTextContent(): ReadableStream<{ readonly items: readonly TextItem[] }>;
  cleanup(): unknown;
}

/** Pages that cannot be read, one after another, before the rest is given up. */
const MAX_BROKEN = 20;

/**
 * The text of a PDF, page by page, until `limit` characters are there. Scripts, forms, embedded files
 * and links are not touched: there is no evaluation of generated code, no WebAssembly, no font that is
 * looked for elsewhere. Text outside of the page or of no height is left out. Throws
 * `ATTACHMENT_UNREADABLE`.
 */
export async function pdfToText(bytes: Uint8Array, limit: number): Promise<DocumentText> {
  const { getDocument } = (await import('unpdf/pdfjs')) as unknown as PdfJs;
  const pdf = await openPdf(getDocument, bytes);
  const last = Math.min(pdf.numPages, ATTACHMENT_LIMITS.pages);
  const pages: string[] = [];
  let length = 0;
  let broken = 0;
  let hasMore = false;
  for (let number = 1; number <= last && broken < MAX_BROKEN && !hasMore; number += 1) {
    const page = await readPage(pdf, number, limit - length);
    broken = page === undefined ? broken + 1 : 0;
    if (page === undefined) continue;
    const text = pdf.numPages === 1 ? page.text : `(page ${number})\n${page.text}`;
    if (page.text !== '') pages.push(text);
    length += text.length + 2;
    hasMore = page.hasMore || (length > limit && number < last);
  }
  if (length === 0) throw unreadable('damaged', 'As a PDF it is damaged: no page can be read.');
  return { text: pages.join('\n\n'), hasMore, isCut: last < pdf.numPages };
}

async function openPdf(getDocument: PdfJs['getDocument'], bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await getDocument({
      data: new Uint8Array(bytes),
      isEvalSupported: false,
      useWasm: false,
      useWorkerFetch: false,
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      maxImageSize: 1,
      verbosity: 0,
    }).promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw unreadable('encrypted', 'It has a password.');
    }
    throw unreadable('damaged', 'As a PDF it is damaged: its structure cannot be read.');
  }
}

/** `undefined` when this page cannot be read. */
async function readPage(
  pdf: PdfDocument,
  number: number,
  limit: number,
): Promise<{ readonly text: string; readonly hasMore: boolean } | undefined> {
  try {
    const page = await pdf.getPage(number);
    const pieces: string[] = [];
    let length = 0;
    const reader = page.streamTextContent().getReader();
    let next = await reader.read();
    for (; !next.done && length <= limit; next = await reader.read()) {
      for (const item of next.value.items) {
        const words = isShown(item, page.view) ? (item.str ?? '') : '';
        const piece = item.hasEOL === true ? `${words}\n` : words;
        pieces.push(piece);
        length += piece.length;
      }
    }
    await reader.cancel();
    page.cleanup();
    return { text: pieces.join('').trim(), hasMore: !next.done };
  } catch {
    return undefined;
  }
}

/** Points; smaller text is there for programs. */
const MIN_HEIGHT = 1;
/** Of the square in which a letter is drawn, in square points. */
const MIN_AREA = 0.1;

/** White and covered text is taken for shown: a scanned page has its words like that, drawn in mode 3. */
function isShown(item: TextItem, view: readonly number[]): boolean {
  const { str = '', transform, width = 0, height = 0 } = item;
  // Spaces and line ends that pdf.js adds have no place, or no height.
  if (str.trim() === '') return true;
  if (transform === undefined) return false;
  const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = transform;
  const [left = 0, bottom = 0, right = 0, top = 0] = view;
  const isOutside = x > right || y > top || x + width < left || y + height < bottom;
  return !isOutside && height >= MIN_HEIGHT && Math.abs(a * d - b * c) >= MIN_AREA;
}
