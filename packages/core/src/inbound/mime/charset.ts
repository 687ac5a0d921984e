/**
 * The character set that a label names, as the Encoding Standard calls it; `undefined` when this
 * runtime has none of that name. US-ASCII says nothing: programs write it when they do not know.
 */
export function toCharset(label: string | undefined): string | undefined {
  const name = (label ?? '').trim();
  if (!/^[\w.:-]{2,40}$/.test(name) || /^(?:us-)?ascii$/i.test(name)) return undefined;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}
