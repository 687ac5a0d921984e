import { describeValue } from './describe-value.ts';
import { formatPath } from './format-path.ts';
import { nearestName } from './nearest-name.ts';
import type { AnyShape, JsonSchema, Members, Needed, Path, Report, Shape } from './shape.ts';

/** Marks a member that has to be there. */
export function needed<T>(shape: Shape<T>): Needed<T> {
  return { needed: shape };
}

/**
 * An object with exactly these members. The compiler asks for every member of `T`, so that an
 * option that is added to the type has to be described, and described once.
 */
export function objectOf<T extends object>(description: string, members: Members<T>): Shape<T> {
  const shapes = new Map(
    Object.entries(members as Record<string, AnyShape | { readonly needed: AnyShape }>).map(
      ([name, member]) => [
        name,
        'needed' in member
          ? { shape: member.needed, isNeeded: true }
          : { shape: member, isNeeded: false },
      ],
    ),
  );
  const known = [...shapes.keys()];
  return {
    expected: 'an object',
    schema: toSchema(description, shapes),
    check(value, path, report) {
      const what = formatPath(path);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        const message = `${what} has to be an object; got ${describeValue(value)}.`;
        report({ code: 'OPTION_INVALID', path, message });
        return;
      }
      refuseUnknown(value, known, { what, path, report });
      for (const [name, { shape, isNeeded }] of shapes) {
        const member: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
        if (member !== undefined) shape.check(member, [...path, name], report);
        else if (isNeeded) {
          const message = `${what} needs ${name}, ${shape.expected}.`;
          report({ code: 'OPTION_INVALID', path, message });
        }
      }
    },
  };
}

interface Member {
  readonly shape: AnyShape;
  readonly isNeeded: boolean;
}

function refuseUnknown(
  value: object,
  known: readonly string[],
  { what, path, report }: { what: string; path: Path; report: Report },
): void {
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    const hint = near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`;
    report({
      code: 'OPTION_UNKNOWN',
      path: [...path, name],
      message: `${what} has no ${JSON.stringify(name)}.${hint} It has ${known.join(', ')}.`,
      unknown: name,
    });
  }
}

/** Without what only code can give. */
function toSchema(description: string, members: ReadonlyMap<string, Member>): JsonSchema {
  const inFiles = [...members].flatMap(([name, { shape, isNeeded }]) =>
    shape.schema === undefined ? [] : [{ name, schema: shape.schema, isNeeded }],
  );
  const required = inFiles.filter(({ isNeeded }) => isNeeded).map(({ name }) => name);
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(inFiles.map(({ name, schema }) => [name, schema])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}
