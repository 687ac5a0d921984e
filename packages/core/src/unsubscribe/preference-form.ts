import type { Maximum } from '../preferences/wish.ts';
import { escapeHtml } from './escape-html.ts';

/** What the form shows. */
export interface PreferenceView {
  /** All marketing is stopped already: there is nothing to choose. */
  readonly stopped: boolean;
  readonly topics: readonly TopicView[];
  /** Epoch ms. */
  readonly pausedUntil: number | undefined;
  readonly maximum: Maximum | undefined;
}

export interface TopicView {
  readonly id: string;
  readonly title: string;
  /** `stopped`: unsubscribed from; this form does not take that back. */
  readonly state: 'wanted' | 'declined' | 'stopped';
}

/** Pauses that can be chosen: days from now to what people read. */
export const PAUSES: ReadonlyMap<string, string> = new Map([
  ['7', 'for a week'],
  ['30', 'for 30 days'],
  ['90', 'for 90 days'],
]);

/** Maxima that can be chosen: count/days to what people read. */
export const MAXIMA: ReadonlyMap<string, string> = new Map([
  ['1/7', 'At most one a week'],
  ['1/14', 'At most one every two weeks'],
  ['1/30', 'At most one a month'],
]);

/** Less email instead of none: topics, how often, a pause. Empty when all of it is stopped. */
export function renderPreferenceForm(view: PreferenceView): string {
  if (view.stopped) return '';
  return `<form method="post" class="less">
<h2>Or get less</h2>
${renderTopics(view.topics)}
<label for="maximum">How often</label>
<select id="maximum" name="maximum">
${renderMaxima(view.maximum)}
</select>
<label for="pause">Pause</label>
<select id="pause" name="pause">
${renderPauses(view.pausedUntil)}
</select>
<button name="scope" value="preferences" class="second">Save</button>
</form>`;
}

function renderTopics(topics: readonly TopicView[]): string {
  if (topics.length === 0) return '';
  return `<fieldset>
<legend>What you get</legend>
${topics.map(renderTopic).join('\n')}
</fieldset>`;
}

function renderTopic({ id, title, state }: TopicView): string {
  const name = escapeHtml(title);
  if (state === 'stopped') {
    return `<label><input type="checkbox" disabled>${name} (stopped; write to us to get it again)</label>`;
  }
  const value = escapeHtml(id);
  const checked = state === 'wanted' ? ' checked' : '';
  return `<input type="hidden" name="shown" value="${value}">
<label><input type="checkbox" name="topic" value="${value}"${checked}>${name}</label>`;
}

function renderMaxima(maximum: Maximum | undefined): string {
  const current = maximum === undefined ? '' : `${maximum.count}/${maximum.days}`;
  const own =
    maximum === undefined || MAXIMA.has(current)
      ? []
      : [option('keep', `At most ${maximum.count} in ${maximum.days} days`, true)];
  return [
    option('', 'As often as there is something', current === ''),
    ...[...MAXIMA].map(([value, text]) => option(value, text, value === current)),
    ...own,
  ].join('\n');
}

function renderPauses(pausedUntil: number | undefined): string {
  const day = new Date(pausedUntil ?? 0).toISOString().slice(0, 10);
  const own = pausedUntil === undefined ? [] : [option('keep', `until ${day}`, true)];
  return [
    option('', 'No pause', pausedUntil === undefined),
    ...[...PAUSES].map(([value, text]) => option(value, text, false)),
    ...own,
  ].join('\n');
}

function option(value: string, text: string, selected: boolean): string {
  const mark = selected ? ' selected' : '';
  return `<option value="${escapeHtml(value)}"${mark}>${escapeHtml(text)}</option>`;
}
