import { hash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';

/** What a reader found in a text. */
export interface Reading<T> {
  readonly result: T;
  /** Equal results have the same, and others another. */
  readonly name: string;
  /** Of the result, bytes. */
  readonly size: number;
}

/** What was found may be parts of the text, which would keep all of it: the result is a copy. */
export function toReading<T>(result: T): Reading<T> {
  if (Array.isArray(result) && result.length === 0)
    return NOTHING as Reading<unknown> as Reading<T>;
  const bytes = serialize(result);
  const name = hash('sha256', bytes, 'base64');
  return { result: deserialize(bytes) as T, name, size: bytes.length };
}

const NOTHING: Reading<readonly unknown[]> = { result: Object.freeze([]), name: '', size: 0 };
