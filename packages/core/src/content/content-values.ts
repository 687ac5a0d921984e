/** Epoch ms of ISO 8601 with an offset, or of epoch ms; undefined for all else. */
export function toInstant(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const withOffset = typeof value === 'string' && /T.*(?:Z|[+-]\d\d:\d\d)$/.test(value);
  const at = withOffset ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}

/** A regular expression, or its source as a file has it; undefined when it is none. */
export function toPattern(value: unknown): RegExp | undefined {
  if (value instanceof RegExp) return value;
  if (typeof value !== 'string') return undefined;
  try {
    return new RegExp(value);
  } catch {
    return undefined;
  }
}
