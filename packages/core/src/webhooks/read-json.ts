import { MailwardenError } from '../errors/mailwarden-error.ts';

/** The JSON of a body. Throws `WEBHOOK_INVALID`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MailwardenError('WEBHOOK_INVALID', { detail: 'The body is no JSON.' });
  }
}

/** What stands at the end of a path of own members, if anything does. */
export function valueAt(json: unknown, ...path: readonly string[]): unknown {
  let value = json;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

/** The same, when it is text that is not empty; numbers are written out. */
export function textAt(json: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(json, ...path);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined;
}

/** The same, when it is a list; otherwise an empty one. */
export function listAt(json: unknown, ...path: readonly string[]): readonly unknown[] {
  const value = valueAt(json, ...path);
  return Array.isArray(value) ? value.slice(0, MAX_LIST) : [];
}

/** A time as ISO 8601 or in seconds since 1970, as epoch ms. */
export function timeAt(json: unknown, ...path: readonly string[]): number | undefined {
  const value = valueAt(json, ...path);
  const time = typeof value === 'number' ? value * 1_000 : Date.parse(textAt(value) ?? '');
  return Number.isFinite(time) && time > 0 ? Math.floor(time) : undefined;
}

/** Longer is nothing that is understood. */
const MAX_TEXT = 4_000;
const MAX_LIST = 1_000;
