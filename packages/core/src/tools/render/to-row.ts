import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { MAX_ENTRIES, MAX_FIELD, MAX_ROW } from './limits.ts';

/** Entries of a list and characters of a string: tried in this order until the row is short enough. */
const FITS = [
  [MAX_ENTRIES, MAX_FIELD],
  [5, 200],
  [1, 80],
] as const;

/**
 * One line of JSON for the model, at most {@link MAX_ROW} long. Strings are cleaned and cut, long
 * lists say how many entries are missing, empty lists are left out. JSON keeps a subject from
 * starting a line of its own.
 */
export function toRow(data: object): string {
  const rows = FITS.map(([entries, field]) => stringify(data, entries, field));
  return rows.find((row) => row.length <= MAX_ROW) ?? rows.at(-1) ?? '';
}

function stringify(data: object, entries: number, field: number): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === 'string') return cutText(cleanText(value), field);
    if (!Array.isArray(value)) return value;
    if (value.length === 0) return undefined;
    if (value.length <= entries) return value;
    return [...value.slice(0, entries), `… and ${value.length - entries} more`];
  });
}
