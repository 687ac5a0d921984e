import type { ReviewView } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { fenceText } from './fence-text.ts';
import { fittingPiece } from './fitting-piece.ts';
import { FRAME, MAX_TEXT } from './limits.ts';
import { toRow } from './to-row.ts';

/** One message before its decision: all but its HTML, the text from `offset` on. */
export function renderReview(view: ReviewView, offset: number): ToolResult {
  const head = toReviewHead(view);
  const row = toRow(head);
  const from = Math.max(0, offset);
  const piece = fittingPiece(view.text.slice(from), MAX_TEXT - FRAME - row.length);
  const end = from + piece.length;
  const goesOn = end < view.text.length;
  return {
    status: 'ok',
    code: 'OK',
    text: [
      fenceText(`${row}\n\n${cleanText(piece)}`),
      goesOn
        ? `The text goes on. Make the same call with offset ${end} before you decide.`
        : `To decide on exactly this: decide_email with message_id ${view.id} and review ${view.review}.`,
    ].join('\n'),
    data: { ...head, text: piece, ...(goesOn ? { next_offset: end } : {}) },
  };
}

/** Everything about it but text, HTML and what earlier revisions said. */
function toReviewHead(view: ReviewView): Readonly<Record<string, unknown>> {
  const {
    text: _text,
    html: _html,
    body: _body,
    digest: _digest,
    revisions,
    ...head
  } = toToolData(view);
  const edited = (revisions as readonly object[]).length;
  return { ...head, ...(edited === 0 ? {} : { edited_times: edited }) };
}
