/** What options may look like: one description gives the check, its messages and the JSON Schema. */
export interface AnyShape {
  /** What is expected, to follow "has to be": `a number of at least 0`. */
  readonly expected: string;
  /** JSON Schema (draft 2020-12); absent for what only code can give. */
  readonly schema?: JsonSchema;
  /** Reports what does not fit; `at` is where the value stands. */
  check(value: unknown, at: Path, report: Report): void;
}

/** A shape of one type. */
export interface Shape<T> extends AnyShape {
  /** Never set: ties the shape to the type that it describes, both ways. */
  readonly describes?: (value: T) => T;
}

/** Where in the options: keys and places in lists. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with options. */
export interface OptionIssue {
  readonly code: 'OPTION_INVALID' | 'OPTION_UNKNOWN';
  readonly path: Path;
  /** One sentence: where, what was expected, what came. */
  readonly message: string;
  /** The name that does not exist. */
  readonly unknown?: string;
}

export type Report = (issue: OptionIssue) => void;

/** As much of JSON Schema as is needed here. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A member that has to be there. */
export interface Needed<T> {
  readonly needed: Shape<T>;
}

/** One shape for each member of `T`; what `T` needs is marked with `needed`. */
export type Members<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? Shape<Exclude<T[K], undefined>>
    : Needed<T[K]>;
};
