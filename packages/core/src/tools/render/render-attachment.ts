import type { Outcome } from '../../operations/outcome.ts';
import type { AttachmentText } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { fencedPart } from './fenced-part.ts';
import { renderRefusal } from './render-refusal.ts';
import { toRow } from './to-row.ts';

/** The text of an attachment in a fence of its own; a long one comes in pieces, from `offset` on. */
export function renderAttachment(outcome: Outcome<AttachmentText>, offset: number): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const { id, messageId, name, type, size, kind, text, nextOffset, incomplete } = outcome;
  const head = toRow({ attachment_id: id, message_id: messageId, name, type, size, read_as: kind });
  const part = fencedPart({ head, text, offset, nextOffset });
  return {
    status: 'ok',
    code: 'OK',
    text: incomplete === true ? `${part}\nThe file holds more, which is not read.` : part,
    data: toToolData(outcome),
  };
}
