import { cleanText } from './clean-text.ts';
import { fenceText } from './fence-text.ts';
import { fittingPiece } from './fitting-piece.ts';
import { FRAME, MAX_TEXT } from './limits.ts';

/** A part of a long text from outside. */
export interface Part {
  /** What is said of it, on one line. */
  readonly head: string;
  readonly text: string;
  /** Where in the whole text it begins. */
  readonly offset: number;
  /** Where the next part begins, if there is one. */
  readonly nextOffset?: number | undefined;
}

/** As much of it as fits a result, fenced, and how to get the rest. */
export function fencedPart({ head, text, offset, nextOffset }: Part): string {
  const piece = fittingPiece(text, MAX_TEXT - FRAME - head.length);
  const next = piece.length < text.length ? offset + piece.length : nextOffset;
  const fenced = fenceText(`${head}\n\n${cleanText(piece)}`);
  return next === undefined
    ? fenced
    : `${fenced}\nThe text goes on. Make the same call with offset ${next} for more.`;
}
