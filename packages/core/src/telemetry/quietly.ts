/** Does what only observes: a fault of it stops no mail, and changes nothing (P2). */
export function quietly<T>(observe: () => T): T | undefined {
  try {
    return observe();
  } catch {
    return undefined;
  }
}
