const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** A span in its largest whole unit: `3 min`, `4 d`; below a minute `<1 min`. */
export function toSpan(ms: number): string {
  for (const [name, size] of UNITS) {
    if (ms >= size) return `${Math.floor(ms / size)} ${name}`;
  }
  return ms > 0 ? '<1 min' : '0 min';
}
