import type { GroupView, ReviewView } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { toSpan } from '../output/relative-time.ts';
import { createStyle, type Style } from '../output/style.ts';
import { toPrintable, toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { resolveGroupId } from '../resolve-group-id.ts';
import { type GlobalOptions, requireReviewer, withWarden } from '../session.ts';

/** Shows a sample of a group; what is printed names what a decision will count for. */
export async function showGroup(
  io: Io,
  options: GlobalOptions,
  call: { readonly id: string; readonly sample?: number },
): Promise<number> {
  // The look is remembered, and only who looked can decide with it.
  const name = requireReviewer(io, options);
  const view = await withWarden(io, options, async (warden) => {
    const reviewer = warden.reviewer(name);
    const { sample } = call;
    const id = await resolveGroupId(reviewer, call.id);
    return reviewer.showGroup(id, sample === undefined ? {} : { sample });
  });
  io.stdout.write(options.json === true ? `${toPrintableJson(view)}\n` : renderView(io, view));
  return 0;
}

function renderView(io: Io, view: GroupView): string {
  const style = createStyle(io, io.stdout);
  const now = io.now();
  const title = `${view.members} messages of one kind, ${view.sample.length} of them below`;
  const times = `waits ${toSpan(now - view.createdAt)}, ${toSpan(view.expiresAt - now)} left`;
  const { id } = view;
  return [
    `${style('title', title)}\n${style('soft', times)}`,
    renderFields(view, style),
    ...(view.variations.length > 0 ? [renderVariations(view, style)] : []),
    ...view.sample.map((message, index) => {
      return renderMessage(message, `${index + 1}/${view.sample.length}`, style);
    }),
    ...renderRest(view, style),
    style(
      'soft',
      `mailwarden approve-group ${id} --review ${view.review}\n` +
        `mailwarden reject-group ${id} --review ${view.review} --reason TEXT`,
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function renderFields(view: GroupView, style: Style): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Group', view.id],
    ['Agent', view.agent],
    ['Mailbox', view.mailbox],
    ['Category', view.category],
    ['Campaign', view.campaign],
    ['Source', view.sources.join(', ')],
    ['Held for', view.codes.join(', ')],
    ['Needs', view.needs === 'fact' ? 'a fact; no approval lets these out' : undefined],
  ];
  const shown = fields.filter(([, value]) => value);
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown
    .map(([name, value = '']) => `${style('soft', name.padEnd(width))}  ${toPrintableLine(value)}`)
    .join('\n');
}

/** Everything else is the same in all of them, to the letter. */
function renderVariations(view: GroupView, style: Style): string {
  const lines = view.variations.map(({ kind, distinct, examples }) => {
    const said = examples.map((example) => JSON.stringify(toPrintableLine(example))).join(', ');
    return `  ${distinct} ${kind}${distinct === 1 ? '' : 's'}: ${said}`;
  });
  return `${style('title', 'What differs between them (longest first)')}\n${lines.join('\n')}`;
}

function renderMessage(message: ReviewView, place: string, style: Style): string {
  const to = [...message.to, ...message.cc, ...message.bcc].join(', ');
  const attachments = message.attachments.map(({ name }) => name).join(', ');
  return [
    `${style('title', `${place}  ${toPrintableLine(message.subject)}`)}`,
    `${style('soft', `to ${toPrintableLine(to)}`)}`,
    ...(attachments === '' ? [] : [style('soft', `attached ${toPrintableLine(attachments)}`)]),
    toPrintable(message.text)
      .trimEnd()
      .replace(/^(?=.)/gm, '  '),
  ].join('\n');
}

function renderRest(view: GroupView, style: Style): readonly string[] {
  const later = view.count - view.members - view.outsiders.length;
  const lines = [
    ...(later > 0 ? [`${later} more wait for the next look.`] : []),
    ...(view.outsiders.length > 0
      ? [`${view.outsiders.length} have another shape by now; decide on them one by one.`]
      : []),
  ];
  return lines.length === 0 ? [] : [style('warn', lines.join('\n'))];
}
