import type { Outcome } from '../../operations/outcome.ts';
import type { PreviewResult } from '../../principal/handles.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { fenceText } from './fence-text.ts';
import { FRAME, MAX_ENTRIES, MAX_FIELD, MAX_REASON, MAX_TEXT } from './limits.ts';
import { renderRefusal } from './render-refusal.ts';

const WOULD: Readonly<Record<PreviewResult['decision'], string>> = {
  allow: 'It would go out.',
  defer: 'It would go out later.',
  hold: 'It would be held until a person decides.',
  block: 'It would be blocked.',
};

/** How a message would look and what would become of it. */
export function renderPreview(outcome: Outcome<PreviewResult>): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const lead = [
    `${WOULD[outcome.decision]} (${outcome.code}) ${cutText(cleanText(outcome.reason), MAX_REASON)}`,
    `Category: ${outcome.category}. Nothing was sent or recorded.`,
    ...outcome.notices
      .slice(0, MAX_ENTRIES)
      .map((notice) => `Note: ${cutText(cleanText(notice), MAX_FIELD)}`),
  ].join('\n');
  const text = cleanText(outcome.text);
  const shown = cutText(text, MAX_TEXT - FRAME - lead.length);
  const subject = `Subject: ${cutText(cleanText(outcome.subject), MAX_FIELD)}`;
  const cut = shown === text ? '' : `\nThe text goes on; ${text.length} characters in all.`;
  return {
    status: 'ok',
    code: outcome.code,
    text: `${lead}\n${fenceText(`${subject}\n\n${shown}`)}${cut}`,
    data: toToolData(outcome),
  };
}
