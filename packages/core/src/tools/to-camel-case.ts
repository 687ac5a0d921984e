/** `message_id` → `messageId`, as types. */
type CamelName<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelName<Tail>>}`
  : Name;

/** Names of a tool's arguments as the operations spell them; lists and text stay as they are. */
export type CamelCased<T> = T extends string | number | boolean | readonly unknown[]
  ? T
  : { readonly [K in keyof T as K extends string ? CamelName<K> : never]: CamelCased<T[K]> };

/** Renames the keys of checked arguments (never of a caller's own records) to camelCase. */
export function toCamelCase<T extends object>(value: T): CamelCased<T> {
  const entries = Object.entries(value).map(([name, item]: [string, unknown]) => [
    camelName(name),
    isRecord(item) ? toCamelCase(item) : item,
  ]);
  return Object.fromEntries(entries) as CamelCased<T>;
}

function camelName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
