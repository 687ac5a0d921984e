/** Indexes of a longest increasing run of distinct numbers: what has not been moved. */
export function findInOrder(numbers: readonly number[]): ReadonlySet<number> {
  // Patience sorting: `ends[n]` is the index where the best run of n + 1 numbers ends.
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, value] of numbers.entries()) {
    const place = findPlace(ends, numbers, value);
    before.push(place === 0 ? undefined : ends[place - 1]);
    ends[place] = index;
  }
  const found = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) found.add(at);
  return found;
}

/** The first run that ends at or above `value`, by bisection. */
function findPlace(ends: readonly number[], numbers: readonly number[], value: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = numbers[ends[middle] ?? 0] ?? 0;
    if (end < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
