import { MailwardenError } from '../errors/mailwarden-error.ts';

/** Models send `""`, `null` and `[]` for what they leave out; all of them mean absent. */
export function toText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(name, 'text', value);
  // PostgreSQL stores no NUL, and a lone surrogate has no bytes.
  if (/[\0\p{Cs}]/u.test(value)) throw invalid(name, 'well-formed Unicode without NUL', 'text');
  return value.trim() === '' ? undefined : value;
}

/** A list of text; a single string is a list of one. */
export function toList(value: unknown, name: string): readonly string[] {
  if (value === undefined || value === null || value === '') return [];
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => toText(item, name)?.trim() ?? []);
}

/** `["Name: value"]` or `{ Name: 'value' }` as pairs, split at the first `separator`. */
export function toPairs(
  value: unknown,
  name: string,
  separator: ':' | '=',
): readonly (readonly [string, string])[] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).map(([key, item]) => [key, toScalar(item, name)] as const);
  }
  return toList(value, name).map((line) => {
    const at = line.indexOf(separator);
    if (at < 1) throw invalid(name, `"name${separator}value" lines`, line);
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
  });
}

/** One of a fixed set of words. */
export function toChoice<T extends string>(
  value: unknown,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = toText(value, name)?.trim();
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw invalid(name, `one of ${choices.join(', ')}`, text);
  return choice;
}

/** Where in a text to start; 0 unless told. */
export function toOffset(value: unknown, name: string): number {
  if (value === undefined || value === null) return 0;
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${name} has to be 0 or a positive whole number.`,
    fields: { argument: name },
  });
}

/** The last instant that a Date can have (ECMA-262 §21.4.1.1). */
const LAST_INSTANT = 8.64e15;

/** ISO 8601 with an offset, or epoch milliseconds. */
export function toInstant(value: unknown, name: string): number | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    if (value > 0 && value <= LAST_INSTANT) return value;
  }
  const text = toText(value, name)?.trim();
  if (text === undefined) return undefined;
  const instant = parseZoned(text);
  if (Number.isNaN(instant)) {
    throw invalid(name, 'a time with offset such as 2026-11-24T09:00:00Z', text);
  }
  return instant;
}

/** ISO 8601 with an offset as epoch ms; NaN for anything else, times of an unknown zone too. */
export function parseZoned(text: string): number {
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/i.test(
    text,
  );
  return zoned ? Date.parse(text) : Number.NaN;
}

/** Refuses names that do not exist, so that a typing error is not silently ignored. */
export function refuseUnknown(value: object, known: readonly string[], what: string): void {
  if (typeof value !== 'object' || value === null) throw invalid(what, 'an object', value);
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new MailwardenError('ARGUMENT_UNKNOWN', {
    detail: `${what} has no ${unknown.map(quote).join(', ')}; it has ${known.join(', ')}.`,
    fields: { unknown },
  });
}

function toScalar(value: unknown, name: string): string {
  if (typeof value === 'string') return toText(value, name) ?? '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(name, 'text values', value);
}

function invalid(name: string, expected: string, value: unknown): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${name} has to be ${expected}; got ${quote(value)}.`,
    fields: { argument: name },
  });
}

function quote(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
