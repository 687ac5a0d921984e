import type { GroupView } from '../../operations/review-results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { fenceText } from './fence-text.ts';
import { fittingPiece } from './fitting-piece.ts';
import { FRAME, MAX_TEXT } from './limits.ts';
import { toRow } from './to-row.ts';

/** Kept free for the subject and recipient above each text. */
const SAMPLE_HEAD = 200;

/** A group by its sample; the messages share the room that there is. */
export function renderGroup(view: GroupView): ToolResult {
  const { sample, variations, outsiders, ...summary } = view;
  const head = { ...toToolData(summary), outsiders: outsiders.length };
  const rows = [toRow(head), ...variations.map((each) => toRow({ put_aside: each }))].join('\n');
  const room = Math.floor((MAX_TEXT - FRAME - rows.length) / sample.length) - SAMPLE_HEAD;
  const shown = sample.map((message) => {
    const { id, to, subject, text } = message;
    const piece = fittingPiece(text, Math.max(0, room));
    return { id, to, subject, text: piece, cut: piece.length < text.length };
  });
  const texts = shown.map(
    ({ id, to, subject, text, cut }) =>
      `${toRow({ id, to: to.slice(0, 1), subject: subject.slice(0, 80), ...(cut ? { cut } : {}) })}\n${cleanText(text)}`,
  );
  return {
    status: 'ok',
    code: 'OK',
    text: [
      `${view.members} messages of one kind; ${sample.length} of them follow.`,
      fenceText([rows, ...texts].join('\n\n')),
      ...(shown.some(({ cut }) => cut)
        ? ['Where it says cut, read the whole text with review_email and its message_id.']
        : []),
      `To decide on exactly these: decide_email with group ${view.id} and review ${view.review}.`,
    ].join('\n'),
    data: { ...toToolData(summary), ...toToolData({ variations, outsiders }), sample: shown },
  };
}
