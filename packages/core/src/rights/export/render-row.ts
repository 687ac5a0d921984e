import { escapeHtml } from '../../compose/character-references.ts';
import type { ExportedRow } from './person-export.ts';

/** What only the machinery understands; folded away, not left out. */
const TECHNICAL = new Set([
  ...['id', 'exact', 'canonical', 'hmac', 'match', 'keyId', 'canonicalisation', 'journaled'],
  ...['messageId', 'deliveryId', 'eventId', 'subjectId', 'subjectKind', 'threadId', 'parentId'],
  ...['recipientExact', 'recipientCanonical', 'fence', 'seq', 'policyEpoch', 'policyVersion'],
  ...['requestDigest', 'contentFingerprint', 'bytesSha256', 'digest', 'person', 'idempotencyKey'],
  ...['idempotencyKind', 'idempotencyExpiresAt', 'number', 'worker', 'parked', 'discharges'],
  ...[
    'updatedAt',
    'dueAt',
    'revision',
    'expiresAt',
    'actor',
    'senderId',
    'mailbox',
    'counted',
    'attemptRecords',
  ],
]);

/** A row as a card: a heading, what a person reads, and the rest below it. */
export function renderRow(title: string, row: ExportedRow, more: ExportedRow = {}): string {
  const fields = { ...row, ...more };
  return `<article>\n<h3>${escapeHtml(title)}</h3>\n${renderCard(fields)}\n</article>`;
}

/** The fields of a row, technical ones folded away. */
export function renderCard(row: ExportedRow): string {
  const entries = Object.entries(row);
  const pick = (technical: boolean) =>
    Object.fromEntries(entries.filter(([name]) => TECHNICAL.has(name) === technical));
  return `${renderFields(pick(false))}${renderFolded('Technical fields', pick(true))}`;
}

/** Fields behind a heading that opens; nothing when there are none. */
export function renderFolded(title: string, row: ExportedRow): string {
  const fields = renderFields(row);
  if (fields === '') return '';
  return `\n<details><summary>${title}</summary>\n${fields}\n</details>`;
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

/** A time as people write it; anything else as it is. */
export function toReadable(value: unknown): string {
  const time = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d{3}Z$/.exec(String(value));
  return time === null ? String(value) : `${time[1]} ${time[2]}`;
}

function renderValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(renderValue).join('<br>\n');
  if (typeof value === 'object' && value !== null) return renderFields(value as ExportedRow);
  return escapeHtml(toReadable(value));
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
