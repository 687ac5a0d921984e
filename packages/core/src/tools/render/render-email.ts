import type { Outcome } from '../../operations/outcome.ts';
import type { EmailView } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { sliceText } from './cut-text.ts';
import { toEmailHead } from './email-head.ts';
import { fenceText } from './fence-text.ts';
import { FRAME, MAX_TEXT } from './limits.ts';
import { renderRefusal } from './render-refusal.ts';

/** One message; a long body comes in pieces, `offset` counts characters of the cleaned text. */
export function renderEmail(outcome: Outcome<EmailView>, offset: number): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const head = toEmailHead(outcome);
  const body = cleanText(outcome.body);
  const end = Math.min(body.length, offset + MAX_TEXT - FRAME - head.length);
  const piece = sliceText(body, offset, end);
  return {
    status: 'ok',
    code: 'OK',
    text: [
      fenceText(`${head}\n\n${piece}`),
      ...closing({ start: offset, end, length: body.length, truncated: outcome.truncated }),
    ].join('\n'),
    data: toToolData(outcome),
  };
}

interface Extent {
  readonly start: number;
  readonly end: number;
  readonly length: number;
  readonly truncated: boolean;
}

function closing({ start, end, length, truncated }: Extent): readonly string[] {
  if (start > 0 && start >= length) return [`The text ends at character ${length}.`];
  if (end < length) {
    return [
      `Characters ${start} to ${end} of ${length}. For more, make the same call with offset ${end}.`,
    ];
  }
  return truncated ? ['The message was longer; the rest was not kept.'] : [];
}
