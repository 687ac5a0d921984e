import type { GroupPage } from '../../operations/review-results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { renderRows } from './render-rows.ts';
import { toRow } from './to-row.ts';

/** A page of groups that wait for a decision. */
export function renderGroups(page: GroupPage): ToolResult {
  return {
    status: 'ok',
    code: 'OK',
    text: renderRows({
      lead: `${page.total} groups in all, ${page.groups.length} on this page.`,
      rows: page.groups.map((group) => toRow(toToolData(group))),
      cursor: page.cursor,
    }),
    data: toToolData(page),
  };
}
