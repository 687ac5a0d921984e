import type { GroupPage, ListGroupsInput } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { toSpan } from '../output/relative-time.ts';
import { renderTable } from '../output/render-table.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { toShortGroup } from '../resolve-group-id.ts';
import { findReviewer, type GlobalOptions, withWarden } from '../session.ts';

/** Lists what waits for a person by kind, the kind that waits longest first. */
export async function groups(
  io: Io,
  options: GlobalOptions,
  filter: ListGroupsInput,
): Promise<number> {
  const page = await withWarden(io, options, (warden) =>
    warden.reviewer(findReviewer(io, options) ?? 'cli').listGroups(filter),
  );
  io.stdout.write(options.json === true ? `${toPrintableJson(page)}\n` : renderPage(io, page));
  return 0;
}

function renderPage(io: Io, page: GroupPage): string {
  const style = createStyle(io, io.stdout);
  if (page.groups.length === 0) return 'No group waits for a person.\n';
  const onTerminal = io.stdout.isTTY === true;
  const now = io.now();
  const table = renderTable(
    [
      { heading: 'GROUP', tone: 'title' },
      { heading: 'MAILS' },
      { heading: 'WAITS' },
      { heading: 'LEFT' },
      { heading: 'AGENT', min: 8 },
      { heading: 'SOURCE', min: 8 },
      { heading: 'SUBJECT OF ONE', min: 12 },
      { heading: 'WHY', tone: 'warn', min: 10 },
    ],
    page.groups.map((group) => [
      onTerminal ? toShortGroup(group.id) : group.id,
      String(group.count),
      toSpan(now - group.createdAt),
      toSpan(group.expiresAt - now),
      toPrintableLine(group.agent),
      toPrintableLine(group.sources.join(', ')),
      toPrintableLine(group.subject),
      group.codes.join(', '),
    ]),
    { width: onTerminal ? io.stdout.columns : undefined, style },
  );
  return `${table}\n${style('soft', renderCount(page))}\n`;
}

function renderCount({ groups: shown, total, cursor }: GroupPage): string {
  const mails = shown.reduce((sum, { count }) => sum + count, 0);
  if (cursor !== undefined) {
    return `${shown.length} of ${total} groups shown; the next with --cursor ${cursor}`;
  }
  const word = total === 1 ? 'group' : 'groups';
  const messages = mails === 1 ? 'message' : 'messages';
  return `${total} ${word}, ${mails} ${messages}. Look at one with: mailwarden group ID`;
}
