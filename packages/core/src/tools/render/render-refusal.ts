import type { Refusal } from '../../operations/outcome.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { MAX_REASON } from './limits.ts';

/** A call that could not be taken: the sentence says why and what to do next. */
export function renderRefusal(refusal: Refusal): ToolResult {
  const reason = cutText(cleanText(refusal.reason), MAX_REASON);
  return {
    status: refusal.status,
    code: refusal.code,
    text: `${refusal.status} (${refusal.code}). ${reason}`,
    data: toToolData({ status: refusal.status, code: refusal.code, reason: refusal.reason }),
  };
}
