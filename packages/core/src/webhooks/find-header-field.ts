import { listAt, textAt } from './read-json.ts';

/** The first field of this name (lower case) in a list of `{ name, value }`. */
export function findHeaderField(json: unknown, list: string, name: string): string | undefined {
  const field = listAt(json, list).find((each) => textAt(each, 'name')?.toLowerCase() === name);
  return textAt(field, 'value');
}
