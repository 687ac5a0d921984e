import type { Outcome } from '../../operations/outcome.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { MAX_REASON } from './limits.ts';
import { renderRefusal } from './render-refusal.ts';

/** A small result that one sentence describes. */
export function renderDone<T extends object>(
  outcome: Outcome<T>,
  sentence: (result: { readonly status: 'ok' } & T) => string,
): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const code = 'code' in outcome && typeof outcome.code === 'string' ? outcome.code : 'OK';
  return {
    status: 'ok',
    code,
    text: cutText(cleanText(sentence(outcome)), MAX_REASON),
    data: toToolData(outcome),
  };
}
