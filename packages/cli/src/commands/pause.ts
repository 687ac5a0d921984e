import type { Mailwarden, PauseTarget, PauseView } from '@mailwarden/core';
import type { Io } from '../io.ts';
import { toSpan } from '../output/relative-time.ts';
import { createStyle } from '../output/style.ts';
import { toPrintableJson, toPrintableLine } from '../output/to-printable.ts';
import { findReviewer, type GlobalOptions, withWarden } from '../session.ts';

/** What the arguments name. */
export interface PauseChoice {
  readonly target: PauseTarget;
  /** As it was written. */
  readonly what: string;
}

/** Stops mail; without a reviewer's name the application itself is on record. */
export async function pause(
  io: Io,
  options: GlobalOptions,
  { target, what, reason }: PauseChoice & { readonly reason: string },
): Promise<number> {
  await withWarden(io, options, (warden) => handleOf(io, options, warden).pause(target, reason));
  const done = createStyle(io, io.stdout)('good', 'Paused');
  io.stdout.write(
    options.json === true
      ? `${toPrintableJson({ status: 'ok', paused: what })}\n`
      : `${done}  ${toPrintableLine(what)}\n`,
  );
  return 0;
}

/** Ends a pause; exit code 1 when there is none. */
export async function resume(
  io: Io,
  options: GlobalOptions,
  { target, what }: PauseChoice,
): Promise<number> {
  const ended = await withWarden(io, options, (warden) =>
    handleOf(io, options, warden).resume(target),
  );
  const style = createStyle(io, io.stdout);
  const text = ended ? style('good', 'Resumed') : style('warn', 'Was not paused');
  io.stdout.write(
    options.json === true
      ? `${toPrintableJson({ status: ended ? 'ok' : 'not_paused', resumed: ended ? what : undefined })}\n`
      : `${text}  ${toPrintableLine(what)}\n`,
  );
  return ended ? 0 : 1;
}

/** Lists what is paused. */
export async function pauses(io: Io, options: GlobalOptions): Promise<number> {
  const list = await withWarden(io, options, (warden) => warden.system().pauses());
  const text =
    list.length === 0 ? 'Nothing is paused.\n' : list.map((each) => toLine(each, io)).join('');
  io.stdout.write(options.json === true ? `${toPrintableJson(list)}\n` : text);
  return 0;
}

function toLine({ scope, subject, reason, by, at }: PauseView, io: Io): string {
  const what = subject === undefined ? scope : `${scope} ${subject}`;
  const since = at === 0 ? '' : `, for ${toSpan(io.now() - at)}`;
  const why = reason === '' ? '' : `: ${reason}`;
  return `${createStyle(io, io.stdout)('title', toPrintableLine(what))}  ${toPrintableLine(`by ${by}${since}${why}`)}\n`;
}

function handleOf(io: Io, options: GlobalOptions, warden: Mailwarden) {
  const reviewer = findReviewer(io, options);
  return reviewer === undefined ? warden.system() : warden.reviewer(reviewer);
}
