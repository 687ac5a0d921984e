import { Temporal } from 'temporal-polyfill';
import type { QuietHours } from './quiet-hours.ts';

/** A stretch of time that is quiet throughout, or not at all; epoch ms, `end` not included. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly quiet: boolean;
}

/** The calendar takes about a millisecond per look, and a span lasts for hours. */
const spans = new Map<string, Span>();
/** There are about 600 zones. */
const MAX_SPANS = 2_000;

/**
 * When the quiet hours that hold at `now` (epoch ms) in a zone end; `undefined` when it is not quiet.
 *
 * Where the clock is put forward over one of the two times, the window starts or ends at the jump.
 * Where it is put back and a time comes twice, the window runs from the first `from` to the last
 * `to`: an hour more of quiet rather than one less. Throws `RangeError` for an unknown zone.
 */
export function quietUntil(
  { from, to }: Pick<QuietHours, 'from' | 'to'>,
  timeZone: string,
  now: number,
): number | undefined {
  const key = `${timeZone} ${from} ${to}`;
  let span = spans.get(key);
  if (span === undefined || now < span.start || now >= span.end) {
    span = findSpan({ from, to }, timeZone, now);
    if (spans.size >= MAX_SPANS) spans.clear();
    spans.set(key, span);
  }
  return span.quiet ? span.end : undefined;
}

function findSpan(times: Pick<QuietHours, 'from' | 'to'>, timeZone: string, now: number): Span {
  const windows = listWindows(times, timeZone, now);
  const current = windows.find(({ start, end }) => start <= now && now < end);
  if (current !== undefined) return { ...current, quiet: true };
  const before = windows.filter(({ end }) => end <= now).at(-1);
  const after = windows.find(({ start }) => start > now);
  return { start: before?.end ?? now, end: after?.start ?? now + 1, quiet: false };
}

/** The windows around an instant, in order; those that touch or overlap are one. */
function listWindows(
  { from, to }: Pick<QuietHours, 'from' | 'to'>,
  timeZone: string,
  now: number,
): readonly { readonly start: number; readonly end: number }[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const nights = from > to ? 1 : 0;
  const windows: { start: number; end: number }[] = [];
  for (const days of [-2, -1, 0, 1, 2]) {
    const day = today.add({ days });
    const start = instantsOf(day, from, timeZone).first;
    const end = instantsOf(day.add({ days: nights }), to, timeZone).last;
    const last = windows.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else if (start < end) windows.push({ start, end });
  }
  return windows;
}

/** The first and the last instant at which a wall clock shows a time, or the jump over it. */
function instantsOf(
  day: Temporal.PlainDate,
  time: string,
  timeZone: string,
): { readonly first: number; readonly last: number } {
  const local = day.toPlainDateTime(time);
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
  const first = earlier.epochMilliseconds;
  const last = later.epochMilliseconds;
  const shown = first === last || earlier.toPlainDateTime().equals(local);
  if (shown) return { first, last };
  const jump = earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? last;
  return { first: jump, last: jump };
}
