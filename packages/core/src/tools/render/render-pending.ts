import type { Outcome } from '../../operations/outcome.ts';
import type { PendingPage } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { renderRefusal } from './render-refusal.ts';
import { renderRows } from './render-rows.ts';
import { toRow } from './to-row.ts';

/** A page of messages that wait for a decision, or were rejected. */
export function renderPending(outcome: Outcome<PendingPage>): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  return {
    status: 'ok',
    code: 'OK',
    text: renderRows({
      lead: `${outcome.total} messages in all, ${outcome.messages.length} on this page.`,
      rows: outcome.messages.map((message) => toRow(toToolData(message))),
      cursor: outcome.cursor,
    }),
    data: toToolData(outcome),
  };
}
