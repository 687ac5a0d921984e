import type { Outcome } from '../../operations/outcome.ts';
import type { ContactPage } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { renderRefusal } from './render-refusal.ts';
import { renderRows } from './render-rows.ts';
import { toRow } from './to-row.ts';

/** A page of contacts, and what a write changed. */
export function renderContacts(outcome: Outcome<ContactPage>): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const changes = [
    ...(outcome.added === undefined ? [] : [`Newly added tags: ${listed(outcome.added)}.`]),
    ...(outcome.removed === undefined ? [] : [`Removed tags: ${listed(outcome.removed)}.`]),
  ];
  const count = `${outcome.total} contacts in all, ${outcome.contacts.length} on this page.`;
  return {
    status: 'ok',
    code: 'OK',
    text: renderRows({
      lead: [...changes, count].join(' '),
      rows: outcome.contacts.map((contact) => toRow(toToolData(contact))),
      cursor: outcome.cursor,
    }),
    data: toToolData(outcome),
  };
}

function listed(tags: readonly string[]): string {
  return tags.length === 0 ? 'none' : tags.join(', ');
}
