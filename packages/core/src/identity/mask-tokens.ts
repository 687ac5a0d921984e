import { maskReturnPaths } from './return-path.ts';

/** As it stands in links, also in those that others wrap. */
const SLASH = '(?:/|%(?:25){0,3}2F)';
const LINK = new RegExp(`(${SLASH}[uc]${SLASH})[\\w-]{44}(?![\\w-])`, 'gi');
const FIELD =
  /((?:X-Mailwarden-Id|(?:Original-)?Envelope-Id):\s{0,5}<?)(?:[\w-]{44}|[a-z2-7]{40})(?![\w-])/gi;

/**
 * Text from outside without tokens of ours that work: of return paths, of unsubscribe and opt-in
 * links, and of what reports are believed by. An answer quotes them, and no model is shown them
 * (architecture.md §6). By their form alone, so a link of somebody else may lose its end.
 */
export function maskTokens(text: string): string {
  return maskReturnPaths(text).replaceAll(LINK, '$1...').replaceAll(FIELD, '$1...');
}

/** The same, as long as it was: what is read in parts has its places from the whole. */
export function maskTokensInPlace(text: string): string {
  const mask = (found: string, before: string) => before.padEnd(found.length, '.');
  const paths = maskReturnPaths(text, `+b-${'.'.repeat(40)}@`);
  return paths.replaceAll(LINK, mask).replaceAll(FIELD, mask);
}
