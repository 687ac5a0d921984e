import type { PortableSchema } from './tool.ts';

/** A value as the schema wants it, or what was expected. */
export type Coerced = { readonly value: unknown } | { readonly expected: string };

/** True for what models write when they mean nothing: absent, `null`, `""`, `"null"`, `[]`, `{}`. */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return /^\s*(?:null)?\s*$/.test(value);
  if (Array.isArray(value)) return value.every(isAbsent);
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Brings a present value of an argument into the declared type where its meaning is clear. */
export function coerceValue(
  name: string,
  schema: Exclude<PortableSchema, { type: 'object' }>,
  value: unknown,
): Coerced {
  switch (schema.type) {
    case 'string':
      return coerceText(schema.enum, value);
    case 'integer':
      return coerceInteger(value);
    case 'boolean':
      return coerceBoolean(value);
    case 'array':
      return coerceList(name, value);
  }
}

function coerceText(choices: readonly string[] | undefined, value: unknown): Coerced {
  if (choices === undefined) {
    return typeof value === 'string' ? { value } : { expected: 'text' };
  }
  return typeof value === 'string' && choices.includes(value)
    ? { value }
    : { expected: `one of ${choices.join(', ')}` };
}

function coerceInteger(value: unknown): Coerced {
  const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? { value: number } : { expected: 'a whole number' };
}

function coerceBoolean(value: unknown): Coerced {
  if (value === 'true' || value === 'false') return { value: value === 'true' };
  return typeof value === 'boolean' ? { value } : { expected: 'true or false' };
}

/** A single text is a list of one; an object of headers or variables becomes its lines. */
function coerceList(name: string, value: unknown): Coerced {
  const list = toList(name, value);
  if (list === undefined) return { expected: 'a list of texts' };
  const present = list.filter((item) => !isAbsent(item));
  return present.every((item) => typeof item === 'string')
    ? { value: present }
    : { expected: 'a list of texts' };
}

const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['headers', ': '],
  ['variables', '='],
]);

function toList(name: string, value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return parseList(value) ?? [value];
  const separator = SEPARATORS.get(name);
  if (separator === undefined || typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value)
    .filter(([, item]) => !isAbsent(item))
    .map(([key, item]) => (isScalar(item) ? `${key}${separator}${item}` : item));
}

/** Some models write a list as JSON inside a text. */
function parseList(text: string): readonly unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
