import { escapeHtml } from '../../compose/character-references.ts';
import type { ExportedRow } from './person-export.ts';

/** A row as a card: a heading and every column. */
export function renderRow(title: string, row: ExportedRow, more: ExportedRow = {}): string {
  return `<article>\n<h3>${escapeHtml(title)}</h3>\n${renderFields({ ...row, ...more })}\n</article>`;
}

/** Names and values; nothing that is empty. */
export function renderFields(row: ExportedRow): string {
  const fields = Object.entries(row).filter(([, value]) => !isEmpty(value));
  if (fields.length === 0) return '';
  const terms = fields.map(
    ([name, value]) => `<dt>${escapeHtml(toWords(name))}</dt><dd>${renderValue(value)}</dd>`,
  );
  return `<dl>\n${terms.join('\n')}\n</dl>`;
}

function renderValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(renderValue).join('<br>\n');
  if (typeof value === 'object' && value !== null) return renderFields(value as ExportedRow);
  return escapeHtml(String(value));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** `createdAt` as `Created at`. */
function toWords(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
