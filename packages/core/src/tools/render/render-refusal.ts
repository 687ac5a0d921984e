import type { Refusal } from '../../operations/outcome.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { reasonForModel } from './reason-for-model.ts';

/** A call that could not be taken: the sentence says why and what to do next. */
export function renderRefusal({ status, code, reason }: Refusal): ToolResult {
  const shown = reasonForModel(code, reason);
  return {
    status,
    code,
    text: `${status} (${code}). ${shown}`,
    data: toToolData({ status, code, reason: shown }),
  };
}
