import { parse } from 'tldts';
import { LINK_SHORTENERS } from '../policy/link-shorteners.ts';

/** A host in lower-case ASCII; `undefined` for URLs, bare public suffixes and link shorteners. */
export function parseHost(text: string): string | undefined {
  const given = text.trim().toLowerCase();
  if (!/^[\p{L}\p{N}.-]+$/u.test(given) || !URL.canParse(`http://${given}`)) return undefined;
  const host = new URL(`http://${given}`).hostname;
  // `com` would vouch for half of the web.
  const { domain, isIp } = parse(host, { allowPrivateDomains: true });
  if (domain === null && isIp !== true && host !== 'localhost') return undefined;
  return LINK_SHORTENERS.has(host.replace(/^www\./, '')) ? undefined : host;
}
