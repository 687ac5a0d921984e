import { cleanText } from './clean-text.ts';
import { sliceText } from './cut-text.ts';

/** Cleaning can make a text longer, so the piece is cut until its cleaned form fits. */
export function fittingPiece(text: string, room: number): string {
  let piece = sliceText(text, 0, Math.max(0, room));
  while (piece !== '' && cleanText(piece).length > room) {
    piece = sliceText(piece, 0, Math.floor(piece.length * 0.8));
  }
  return piece;
}
