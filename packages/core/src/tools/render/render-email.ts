import type { Outcome } from '../../operations/outcome.ts';
import type { EmailView } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { toEmailHead } from './email-head.ts';
import { fencedPart } from './fenced-part.ts';
import { renderRefusal } from './render-refusal.ts';

/** One message; a long body comes in pieces, from `offset` on. */
export function renderEmail(outcome: Outcome<EmailView>, offset: number): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const { body: text, nextOffset } = outcome;
  return {
    status: 'ok',
    code: 'OK',
    text: fencedPart({ head: toEmailHead(outcome), text, offset, nextOffset }),
    data: toToolData(outcome),
  };
}
