import { MailwardenError } from '../errors/mailwarden-error.ts';
import { coerceValue, isAbsent } from './coerce-value.ts';
import { cleanText } from './render/clean-text.ts';
import { cutText } from './render/cut-text.ts';
import type { EmailTool, PortableObject } from './tool.ts';

/**
 * Checks what a model wrote against a tool's schema. What means nothing is left out, what is
 * clearly meant is brought into form; the result fits the schema. Throws `ARGUMENT_UNKNOWN`
 * with the valid names, and `ARGUMENT_INVALID`.
 */
export function readArguments(tool: EmailTool, args: unknown): Readonly<Record<string, unknown>> {
  return readObject(tool.inputSchema, args, '');
}

function readObject(
  schema: PortableObject,
  value: unknown,
  path: string,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(toObject(value, path)).filter(([, item]) => !isAbsent(item));
  refuseUnknown(schema, entries, path);
  const read = Object.fromEntries(
    entries.map(([name, item]) => [name, readValue(schema, { name, path, item })]),
  );
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(read, name));
  if (missing.length === 0) return read;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${missing.map((name) => path + name).join(' and ')} must be given.`,
    fields: { arguments: missing.map((name) => path + name) },
  });
}

interface Given {
  readonly name: string;
  readonly path: string;
  readonly item: unknown;
}

function readValue(schema: PortableObject, { name, path, item }: Given): unknown {
  const property = schema.properties[name];
  if (property === undefined) return undefined;
  if (property.type === 'object') return readObject(property, item, `${path}${name}.`);
  const coerced = coerceValue(name, property, item);
  if ('value' in coerced) return coerced.value;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${path}${name} must be ${coerced.expected}, not ${describe(item)}.`,
    fields: { arguments: [`${path}${name}`] },
  });
}

function toObject(value: unknown, path: string): object {
  const parsed = typeof value === 'string' ? parseObject(value) : value;
  if (isAbsent(parsed)) return {};
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${path === '' ? 'The arguments' : path.slice(0, -1)} must be an object, not ${describe(value)}.`,
  });
}

/** Some models write a nested object as JSON inside a text. */
function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refuseUnknown(
  schema: PortableObject,
  entries: readonly (readonly [string, unknown])[],
  path: string,
): void {
  const unknown = entries
    .map(([name]) => name)
    .filter((name) => !Object.hasOwn(schema.properties, name));
  if (unknown.length === 0) return;
  const valid = Object.keys(schema.properties).map((name) => path + name);
  const shown = unknown.slice(0, 5).map((name) => JSON.stringify(path + tidy(name)));
  throw new MailwardenError('ARGUMENT_UNKNOWN', {
    detail: `${shown.join(', ')} came; valid are ${valid.join(', ')}.`,
    fields: { valid },
  });
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(tidy(value));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : String(value);
}

function tidy(text: string): string {
  return cutText(cleanText(text), 40);
}
