import type { ListPendingInput, PendingPage } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { toSpan } from '../output/relative-time.ts';
import { renderTable } from '../output/render-table.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { SHORT_LENGTH } from '../resolve-message-id.ts';
import { findReviewer, type GlobalOptions, withWarden } from '../session.ts';

/** Lists what waits for a person, oldest decision first. */
export async function pending(
  io: Io,
  options: GlobalOptions,
  filter: ListPendingInput,
): Promise<number> {
  const page = await withWarden(io, options, (warden) =>
    warden.reviewer(findReviewer(io, options) ?? 'cli').listPending(filter),
  );
  io.stdout.write(options.json === true ? `${toPrintableJson(page)}\n` : renderPage(io, page));
  return 0;
}

function renderPage(io: Io, page: PendingPage): string {
  const style = createStyle(io, io.stdout);
  if (page.messages.length === 0) return 'Nothing waits for a person.\n';
  const onTerminal = io.stdout.isTTY === true;
  const now = io.now();
  const table = renderTable(
    [
      { heading: 'ID', tone: 'title' },
      { heading: 'WAITS' },
      { heading: 'LEFT' },
      { heading: 'AGENT', min: 8 },
      { heading: 'TO', min: 12 },
      { heading: 'SUBJECT', min: 12 },
      { heading: 'WHY', tone: 'warn', min: 10 },
    ],
    page.messages.map((message) => [
      onTerminal ? `…${message.id.slice(-SHORT_LENGTH)}` : message.id,
      toSpan(now - message.createdAt),
      toSpan(message.expiresAt - now),
      toPrintableLine(message.agent),
      toPrintableLine(message.to.join(', ')),
      toPrintableLine(message.subject),
      message.code,
    ]),
    { width: onTerminal ? io.stdout.columns : undefined, style },
  );
  return `${table}\n${style('soft', renderCount(page))}\n`;
}

function renderCount({ messages, total, cursor }: PendingPage): string {
  if (cursor !== undefined) {
    return `${messages.length} of ${total} shown; the next with --cursor ${cursor}`;
  }
  return total === 1 ? '1 message waits.' : `${total} messages wait.`;
}
