import { describeValue } from './describe-value.ts';
import { formatPath } from './format-path.ts';
import type { JsonSchema, Shape } from './shape.ts';

interface ListRules {
  /** @default 0 */
  readonly least?: number;
  /** The member by which two entries are the same one. */
  readonly key?: string;
}

/** A list of one kind of thing. */
export function listOf<T>(
  item: Shape<T>,
  description: string,
  { least = 0, key }: ListRules = {},
): Shape<readonly T[]> {
  const expected = least === 0 ? 'a list' : 'a list that is not empty';
  return {
    expected,
    ...withSchema(item.schema, (items) => ({
      type: 'array',
      description,
      items,
      ...(least === 0 ? {} : { minItems: least }),
    })),
    check(value, path, report) {
      const refuse = (message: string) => report({ code: 'OPTION_INVALID', path, message });
      if (!Array.isArray(value) || value.length < least) {
        const got = Array.isArray(value) ? 'an empty one' : describeValue(value);
        refuse(`${formatPath(path)} has to be ${expected}; got ${got}.`);
        return;
      }
      for (const [index, entry] of value.entries()) item.check(entry, [...path, index], report);
      const twice = key === undefined ? undefined : findTwice(value, key);
      if (twice !== undefined) refuse(`${formatPath(path)} names ${twice} twice.`);
    },
  };
}

/** One thing, or a list of them that is not empty. */
export function oneOrMore<T extends string>(
  item: Shape<T>,
  description: string,
): Shape<T | readonly T[]> {
  const list = listOf(item, description, { least: 1 });
  return {
    expected: `${item.expected}, or ${list.expected}`,
    ...(item.schema === undefined || list.schema === undefined
      ? {}
      : { schema: { description, anyOf: [item.schema, list.schema] } }),
    check(value, path, report) {
      if (Array.isArray(value)) list.check(value, path, report);
      else item.check(value, path, report);
    },
  };
}

/** Names of the operator's own choice, each with one kind of thing. */
export function recordOf<T>(
  item: Shape<T>,
  description: string,
): Shape<Readonly<Record<string, T>>> {
  return {
    expected: 'an object',
    ...withSchema(item.schema, (each) => ({
      type: 'object',
      description,
      additionalProperties: each,
    })),
    check(value, path, report) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        const message = `${formatPath(path)} has to be an object; got ${describeValue(value)}.`;
        report({ code: 'OPTION_INVALID', path, message });
        return;
      }
      for (const [name, entry] of Object.entries(value)) item.check(entry, [...path, name], report);
    },
  };
}

/** A word, or an object in its place. */
export function eitherOf<W extends string, O extends object>(
  word: Shape<W>,
  object: Shape<O>,
  description: string,
): Shape<W | O> {
  return {
    expected: `${word.expected}, or ${object.expected}`,
    schema: { description, anyOf: [word.schema, object.schema] },
    check(value, path, report) {
      const isObject = typeof value === 'object' && value !== null;
      if (isObject) object.check(value, path, report);
      else word.check(value, path, report);
    },
  };
}

function withSchema(schema: JsonSchema | undefined, build: (schema: JsonSchema) => JsonSchema) {
  return schema === undefined ? {} : { schema: build(schema) };
}

function findTwice(list: readonly unknown[], key: string): string | undefined {
  const seen = new Set<string>();
  for (const entry of list) {
    const name: unknown =
      typeof entry === 'object' && entry !== null ? Reflect.get(entry, key) : undefined;
    if (typeof name !== 'string') continue;
    if (seen.has(name.toLowerCase())) return JSON.stringify(name);
    seen.add(name.toLowerCase());
  }
  return undefined;
}
