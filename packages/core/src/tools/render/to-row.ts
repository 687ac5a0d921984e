import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { MAX_ENTRIES, MAX_FIELD } from './limits.ts';

/**
 * One line of JSON for the model. Strings are cleaned and cut, long lists say how many entries
 * are missing, empty lists are left out. JSON keeps a subject from starting a line of its own.
 */
export function toRow(data: object): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === 'string') return cutText(cleanText(value), MAX_FIELD);
    if (!Array.isArray(value)) return value;
    if (value.length === 0) return undefined;
    if (value.length <= MAX_ENTRIES) return value;
    return [...value.slice(0, MAX_ENTRIES), `… and ${value.length - MAX_ENTRIES} more`];
  });
}
