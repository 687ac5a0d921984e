import type { ReviewView } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { toSpan } from '../output/relative-time.ts';
import { createStyle, type Style } from '../output/style.ts';
import { toPrintable, toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { resolveMessageId } from '../resolve-message-id.ts';
import { findReviewer, type GlobalOptions, withWarden } from '../session.ts';

/** Shows one message with all that a decision needs. */
export async function show(io: Io, options: GlobalOptions, id: string): Promise<number> {
  const view = await withWarden(io, options, async (warden) => {
    const reviewer = warden.reviewer(findReviewer(io, options) ?? 'cli');
    return reviewer.show(await resolveMessageId(reviewer, id));
  });
  io.stdout.write(options.json === true ? `${toPrintableJson(view)}\n` : renderView(io, view));
  return 0;
}

function renderView(io: Io, view: ReviewView): string {
  const style = createStyle(io, io.stdout);
  const now = io.now();
  const times = `waits ${toSpan(now - view.createdAt)}, ${toSpan(view.expiresAt - now)} left`;
  return [
    `${style('title', toPrintableLine(view.subject))}\n${style('soft', times)}`,
    renderFields(view, style),
    renderFindings(view, style),
    `${style('title', 'Text')}\n${indent(toPrintable(view.text).trimEnd())}`,
    style(
      'soft',
      `mailwarden approve ${view.id} --review ${view.review}\n` +
        `mailwarden reject ${view.id} --reason TEXT`,
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function renderFields(view: ReviewView, style: Style): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Id', view.id],
    ['Agent', view.agent],
    ['Mailbox', view.mailbox],
    ['From', view.from],
    ['To', view.to.join(', ')],
    ['Cc', view.cc.join(', ')],
    ['Bcc', view.bcc.join(', ')],
    ['Reply-To', view.replyTo],
    ['Headers', view.headers.map(([name, value]) => `${name}: ${value}`).join('; ')],
    ['Attachments', view.attachments.map(({ name }) => name).join(', ')],
    ['Category', view.category],
    ['Campaign', view.campaign],
    ['Tags', view.tags.join(', ')],
    ['Revises', view.revises && `${view.revises.messageId} (round ${view.revises.round})`],
    ['Revision', String(view.revision)],
    ['Edited by', view.revisions.map(({ editedBy }) => editedBy).join(', ')],
  ];
  const shown = fields.filter(([, value]) => value);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown
    .map(([name, value = '']) => {
      return `${style('soft', name.padEnd(width))}  ${toPrintableLine(value)}`;
    })
    .join('\n');
}

function renderFindings(view: ReviewView, style: Style): string {
  // Beside what an earlier approval covered; on the first look everything is new.
  const returned = view.findings.some(({ isNew }) => !isNew);
  const lines = view.findings.map(({ code, message, needs, isNew }) => {
    const marks = [returned && isNew ? 'new' : '', needs === 'fact' ? 'needs a fact' : ''].filter(
      Boolean,
    );
    const suffix = marks.length > 0 ? ` ${style('bad', `(${marks.join(', ')})`)}` : '';
    return `${style('warn', code)}${suffix}\n  ${toPrintableLine(message)}`;
  });
  const reasons = lines.length > 0 ? lines : [`${style('warn', view.code)}\n  ${view.reason}`];
  return `${style('title', 'Why held')}\n${indent(reasons.join('\n'))}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
