import type { TemplateSummary, TemplateView } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { createStyle, type Style } from '../output/style.ts';
import { toPrintable, toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { findReviewer, type GlobalOptions, requireReviewer, withWarden } from '../session.ts';

/** Which templates a person stands for. */
export async function templates(io: Io, options: GlobalOptions): Promise<number> {
  const list = await withWarden(io, options, (warden) =>
    warden.reviewer(findReviewer(io, options) ?? 'cli').listTemplates(),
  );
  const style = createStyle(io, io.stdout);
  const text =
    list.length === 0
      ? 'There are no templates.'
      : list.map((each) => toLine(each, style)).join('\n');
  io.stdout.write(options.json === true ? `${toPrintableJson(list)}\n` : `${text}\n`);
  return 0;
}

/** What an approval of a template would lock. */
export async function showTemplate(io: Io, options: GlobalOptions, id: string): Promise<number> {
  const view = await withWarden(io, options, (warden) =>
    warden.reviewer(findReviewer(io, options) ?? 'cli').showTemplate(id),
  );
  const style = createStyle(io, io.stdout);
  const text = options.json === true ? toPrintableJson(view) : renderView(view, style);
  io.stdout.write(`${text}\n`);
  return 0;
}

/** Approves the template of which `template` printed this hash. */
export async function approveTemplate(
  io: Io,
  options: GlobalOptions,
  call: { readonly id: string; readonly hash: string },
): Promise<number> {
  const reviewer = requireReviewer(io, options);
  const approved = await withWarden(io, options, (warden) =>
    warden.reviewer(reviewer).approveTemplate(call.id, call.hash),
  );
  const done = createStyle(io, io.stdout)('good', 'Approved');
  io.stdout.write(
    options.json === true
      ? `${toPrintableJson({ id: call.id, ...approved })}\n`
      : `${done}  ${toPrintableLine(call.id)}  ${approved.hash}\n`,
  );
  return 0;
}

function toLine({ id, category, state, hash, approvedBy }: TemplateSummary, style: Style): string {
  const told = style(state === 'approved' ? 'good' : 'warn', state);
  const who = approvedBy === undefined ? [] : [style('soft', `by ${toPrintableLine(approvedBy)}`)];
  return [toPrintableLine(id), category, told, hash.slice(0, 12), ...who].join('  ');
}

function renderView(view: TemplateView, style: Style): string {
  const { id, hash, subject, body, variables, example } = view;
  const named = Object.entries(variables).map(([name, type]) => `  ${name}: ${type}`);
  const shown = (title: string, text: { readonly subject: string; readonly body: string }) => [
    ...['', style('title', title), `Subject: ${toPrintableLine(text.subject)}`, ''],
    toPrintable(text.body),
  ];
  return [
    toLine(view, style),
    ...shown('Source', { subject, body }),
    ...(named.length === 0 ? [] : ['', style('title', 'Variables'), ...named]),
    ...(example === undefined ? [] : shown('Example', example)),
    '',
    `To stand for it: mailwarden approve-template ${toPrintableLine(id)} --hash ${hash}`,
  ].join('\n');
}
