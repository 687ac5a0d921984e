import type { AttachmentKind } from '../attachment-kind.ts';
import type { ReadProblem } from '../unreadable.ts';

/** What a reader is given. */
export interface DocumentJob {
  readonly kind: Exclude<AttachmentKind, 'plain'>;
  readonly bytes: Uint8Array;
  /** The character set that the message says, as the Encoding Standard calls it. */
  readonly charset?: string;
  /** There is more of the file than these bytes; never of a PDF or DOCX. */
  readonly isCut: boolean;
  /** Characters that are wanted. */
  readonly limit: number;
}

/** What was read. */
export interface DocumentText {
  readonly text: string;
  /** The text goes on; more was not asked for. */
  readonly hasMore: boolean;
  /** There is more in the file than can be read. */
  readonly isCut: boolean;
}

/** What it answers. */
export type DocumentAnswer =
  | DocumentText
  | { readonly problem: ReadProblem; readonly detail: string };

/** What it says first: from here on, what goes wrong is the file's doing. */
export const STARTED = 'started';
/** With what it exits when it is not whole itself: a library that it needs is not there. */
export const READER_FAULT = 70;
