import { escapeHtml } from '../../compose/character-references.ts';
import type { ExportedMessage, ExportedRow } from './person-export.ts';
import { renderCard, renderFields, renderFolded } from './render-row.ts';

/** What a reader looks for first. */
const HEAD: readonly (readonly [field: string, label: string])[] = [
  ['createdAt', 'date'],
  ['direction', 'direction'],
  ['fromName', 'from name'],
  ['fromAddress', 'from'],
  ['toAddresses', 'to'],
  ['ccAddresses', 'cc'],
  ['bccAddresses', 'bcc'],
  ['replyTo', 'reply to'],
];

/** Shown as text above; the HTML is in the JSON export. */
const SHOWN = new Set(['subject', 'text', 'html', 'body', 'attachments', ...HEAD.map(([f]) => f)]);

/** A message as a card: who, when, the words, the files, and how it went. */
export function renderMessage({
  message,
  tags,
  revisions,
  approvals,
  deliveries,
}: ExportedMessage): string {
  const head = Object.fromEntries(HEAD.map(([field, label]) => [label, message[field]]));
  const rest = Object.fromEntries(Object.entries(message).filter(([field]) => !SHOWN.has(field)));
  const labels = tags.map(({ tag }) => String(tag)).join(', ');
  return `<article>
<h3>${escapeHtml(String(message.subject ?? ''))}</h3>
${renderFields({ ...head, attachments: toFiles(message), labels })}
<pre>${escapeHtml(String(message.text ?? ''))}</pre>
${renderList('Deliveries', deliveries.map(toDelivery))}
${renderList('Decisions of people', approvals)}
${renderList('Earlier wordings', revisions)}
${renderFolded('All other fields', rest)}
</article>`;
}

function toFiles({ attachments }: ExportedRow): readonly string[] {
  if (!Array.isArray(attachments)) return [];
  return (attachments as readonly ExportedRow[]).map(
    ({ name, type, size }) => `${name} (${type}, ${size} bytes)`,
  );
}

function toDelivery({
  delivery,
  attempts,
  reservations,
}: ExportedMessage['deliveries'][number]): ExportedRow {
  const tries = attempts.map(({ startedAt, host, outcome, replyCode, replyText }) => {
    return { startedAt, host, outcome, replyCode, replyText };
  });
  return { ...delivery, tries, attemptRecords: attempts, counted: reservations };
}

function renderList(title: string, rows: readonly ExportedRow[]): string {
  if (rows.length === 0) return '';
  return `<h4>${title}</h4>\n${rows.map(renderCard).join('\n')}`;
}
