import type { Outcome } from '../../operations/outcome.ts';
import type { EmailView } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { toEmailHead } from './email-head.ts';
import { fenceText } from './fence-text.ts';
import { fittingPiece } from './fitting-piece.ts';
import { FRAME, MAX_TEXT } from './limits.ts';
import { renderRefusal } from './render-refusal.ts';

/** One message; a long body comes in pieces, from `offset` on. */
export function renderEmail(outcome: Outcome<EmailView>, offset: number): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const head = toEmailHead(outcome);
  const piece = fittingPiece(outcome.body, MAX_TEXT - FRAME - head.length);
  const next = piece.length < outcome.body.length ? offset + piece.length : outcome.nextOffset;
  return {
    status: 'ok',
    code: 'OK',
    text: [
      fenceText(`${head}\n\n${cleanText(piece)}`),
      ...(next === undefined
        ? []
        : [`The text goes on. Make the same call with offset ${next} for more.`]),
    ].join('\n'),
    data: toToolData(outcome),
  };
}
