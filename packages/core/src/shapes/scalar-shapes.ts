import { describeValue, kindOf } from './describe-value.ts';
import { formatPath } from './format-path.ts';
import { nearestName } from './nearest-name.ts';
import type { JsonSchema, Path, Shape } from './shape.ts';

interface TextRules {
  /** To follow "has to be". @default 'text' */
  readonly expected?: string;
  readonly matches?: RegExp;
  /** What no pattern can tell. */
  readonly accepts?: (value: string) => boolean;
  /** Never repeated in a message. @default false */
  readonly secret?: boolean;
}

/** Text, of a certain form when one is given. */
export function text(description: string, rules: TextRules = {}): Shape<string> {
  const { expected = 'text', matches, accepts = () => true, secret = false } = rules;
  return scalar({
    expected,
    schema: {
      type: 'string',
      description,
      ...(matches === undefined ? {} : { pattern: matches.source }),
    },
    accepts: (value) =>
      typeof value === 'string' && (matches?.test(value) ?? true) && accepts(value),
    secret,
  });
}

interface NumberRules {
  readonly least: number;
  /** `least` itself is too little. @default false */
  readonly above?: boolean;
  readonly most?: number;
  readonly whole?: boolean;
  readonly default?: number;
}

/** A finite number. */
export function number(description: string, rules: NumberRules): Shape<number> {
  const { least, above = false, most = Number.POSITIVE_INFINITY, whole = false } = rules;
  const from = above ? `above ${least}` : `of at least ${least}`;
  const range = Number.isFinite(most) ? `${from} and at most ${most}` : from;
  return scalar({
    expected: `a ${whole ? 'whole ' : ''}number ${range}`,
    schema: {
      type: whole ? 'integer' : 'number',
      description,
      ...(above ? { exclusiveMinimum: least } : { minimum: least }),
      ...(Number.isFinite(most) ? { maximum: most } : {}),
      ...(rules.default === undefined ? {} : { default: rules.default }),
    },
    accepts: (value) =>
      typeof value === 'number' &&
      (whole ? Number.isSafeInteger(value) : Number.isFinite(value)) &&
      (above ? value > least : value >= least) &&
      value <= most,
  });
}

/** True or false. */
export function flag(description: string): Shape<boolean> {
  return scalar({
    expected: 'true or false',
    schema: { type: 'boolean', description },
    accepts: (value) => typeof value === 'boolean',
  });
}

/** True; what is otherwise is left out. */
export function only<T extends string | true>(value: T, description: string): Shape<T> {
  return scalar({
    expected: JSON.stringify(value),
    schema: { const: value, description },
    accepts: (given) => given === value,
  });
}

/** One of a fixed set of words. */
export function choice<const T extends string>(
  choices: readonly T[],
  description: string,
): Shape<T> {
  const known: readonly string[] = choices;
  return {
    expected: `one of ${known.join(', ')}`,
    schema: { enum: known, description },
    check(value, path, report) {
      if (typeof value === 'string' && known.includes(value)) return;
      const near = typeof value === 'string' ? nearestName(value, known) : undefined;
      const hint = near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`;
      report({
        code: 'OPTION_INVALID',
        path,
        message: `${formatPath(path)} has to be ${this.expected}; got ${describeValue(value)}.${hint}`,
      });
    },
  };
}

/** What only code can give: a connection, a callback. Looked at elsewhere, in no file. */
export function fromCode<T>(kind: 'function' | 'object', expected: string): Shape<T> {
  const { check } = scalar<T>({
    expected,
    accepts: (value) => typeof value === kind && value !== null,
    secret: true,
  });
  return { expected, check };
}

interface ValueRules {
  readonly expected: string;
  readonly schema?: JsonSchema;
  readonly accepts: (value: unknown) => boolean;
  readonly secret?: boolean;
}

/** One value of a kind that has no name here. */
export function scalar<T>({ expected, schema, accepts, secret = false }: ValueRules): Shape<T> {
  return {
    expected,
    ...(schema === undefined ? {} : { schema }),
    check(value, path, report) {
      if (accepts(value)) return;
      const got = secret ? kindOf(value) : describeValue(value);
      report(wrong(path, `${formatPath(path)} has to be ${expected}; got ${got}.`));
    },
  };
}

function wrong(path: Path, message: string) {
  return { code: 'OPTION_INVALID', path, message } as const;
}
