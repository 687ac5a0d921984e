import type { ReadProblem } from '../unreadable.ts';

/** What the thread is given. */
export interface DocumentJob {
  readonly kind: 'pdf' | 'docx';
  readonly bytes: Uint8Array;
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
