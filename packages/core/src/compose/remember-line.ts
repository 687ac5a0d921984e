import { RecentMap } from '../recent-map.ts';
import { type Reading, toReading } from './to-reading.ts';

/** How much one reader remembers, characters. */
const REMEMBERED = 400_000;
/** What an entry takes besides, characters. */
const ENTRY = 100;

/**
 * The same reader of lines, which remembers what it found: personal mail repeats most of its lines
 * from one person to the next.
 */
export function rememberLine<T>(read: (line: string) => T): (line: string) => T {
  const known = new RecentMap<string, Known<T>>(REMEMBERED, ({ size }) => size);
  return (line) => {
    const before = known.get(line);
    if (before !== undefined) return before.result;
    const { result, size } = toReading(read(line));
    known.set(copy(line), { result, size: ENTRY + line.length + size });
    return result;
  };
}

type Known<T> = Pick<Reading<T>, 'result' | 'size'>;

/** A line may be a part of a body, which would be kept with it. */
function copy(line: string): string {
  return JSON.parse(JSON.stringify(line)) as string;
}
