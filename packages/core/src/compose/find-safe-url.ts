const PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);

/**
 * The link target as written, when it is an absolute http, https or mailto URL without spaces,
 * controls, quotes or angle brackets; `undefined` for everything else.
 */
export function findSafeUrl(href: string): string | undefined {
  // URL parsers drop tabs and newlines, so what was checked would not be what is followed.
  if (/[\s\p{Cc}\p{Cs}<>"]/u.test(href) || !URL.canParse(href)) return undefined;
  return PROTOCOLS.has(new URL(href).protocol) ? href : undefined;
}
