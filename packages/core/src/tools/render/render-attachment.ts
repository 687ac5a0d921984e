import type { Outcome } from '../../operations/outcome.ts';
import type { AttachmentText } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { fenceText } from './fence-text.ts';
import { fittingPiece } from './fitting-piece.ts';
import { FRAME, MAX_TEXT } from './limits.ts';
import { renderRefusal } from './render-refusal.ts';
import { toRow } from './to-row.ts';

/** The text of an attachment in a fence of its own; a long one comes in pieces, from `offset` on. */
export function renderAttachment(outcome: Outcome<AttachmentText>, offset: number): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const { id, messageId, name, type, size, kind } = outcome;
  const head = toRow({ attachment_id: id, message_id: messageId, name, type, size, read_as: kind });
  const piece = fittingPiece(outcome.text, MAX_TEXT - FRAME - head.length);
  const next = piece.length < outcome.text.length ? offset + piece.length : outcome.nextOffset;
  return {
    status: 'ok',
    code: 'OK',
    text: [
      fenceText(`${head}\n\n${cleanText(piece)}`),
      ...(next === undefined
        ? []
        : [`The text goes on. Make the same call with offset ${next} for more.`]),
      ...(outcome.incomplete === true ? ['The file holds more, which is not read.'] : []),
    ].join('\n'),
    data: toToolData(outcome),
  };
}
