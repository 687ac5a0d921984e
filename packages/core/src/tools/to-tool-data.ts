const TIME = /(?:^|_)at$/;

/**
 * An operation's result as a tool gives it to the application: snake_case names, instants as
 * ISO 8601, nothing absent, JSON-safe.
 */
export function toToolData(value: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => {
        const key = snakeName(name);
        return [key, toDataValue(key, item)];
      }),
  );
}

function toDataValue(key: string, item: unknown): unknown {
  if (typeof item === 'number' && TIME.test(key)) return new Date(item).toISOString();
  if (Array.isArray(item)) return item.map((element) => toDataValue(key, element));
  if (typeof item === 'object' && item !== null) return toToolData(item);
  return item;
}

function snakeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
