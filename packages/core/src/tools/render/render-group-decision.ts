import type { GroupDecision } from '../../operations/review-results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';

/** Messages named beside the counts. */
const MAX_ITEMS = 50;

/** What became of a group: counts, and which messages need something else. */
export function renderGroupDecision(decision: GroupDecision): ToolResult {
  const { items, ...rest } = decision;
  const wanted = decision.decision === 'approve' ? 'queued' : 'rejected';
  const others = items.filter(({ state }) => state !== wanted);
  const done = items.length - others.length;
  const named = others.slice(0, MAX_ITEMS).map(({ messageId, code }) => `${messageId} ${code}`);
  const lines = [
    `${done} of ${items.length} messages are ${wanted}.`,
    ...(decision.joined === 0
      ? []
      : [`${decision.joined} came since you looked and wait for another look.`]),
    ...(decision.unavailable === 0
      ? []
      : [`${decision.unavailable} could not be decided now: make the same call again.`]),
    ...(named.length === 0 ? [] : [`Not ${wanted}:`, ...named]),
    ...(others.length > named.length ? [`… and ${others.length - named.length} more`] : []),
  ];
  return {
    status: decision.unavailable > 0 ? 'unavailable' : 'ok',
    code: items.find(({ result }) => result === 'unavailable')?.code ?? 'OK',
    text: lines.join('\n'),
    data: toToolData({ ...rest, done, others: others.slice(0, MAX_ITEMS) }),
  };
}
