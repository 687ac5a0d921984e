const ATTRIBUTE =
  /([^\s"'<>/=]{1,100})(?:\s{0,5}=\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\s"'>]{1,2000})))?/g;

/** The attributes of a tag as it stands in the source; the first of each name counts (HTML §13.2.5.33). */
export function readAttributes(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of tag.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, double ?? single ?? bare ?? '');
  }
  return found;
}
