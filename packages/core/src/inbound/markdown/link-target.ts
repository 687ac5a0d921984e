import { decodeCharacterReferences } from '../../compose/character-references.ts';

/** Longer ones are cut; what follows is for machines that track. */
const MAX_TARGET = 500;
/** Characters that are looked at. */
const MAX_HREF = 4_000;
/** Longest name in the DNS (RFC 1035 §2.3.4). */
const MAX_HOST = 253;
/** What would end the target, a cell or a mark of a chat template. */
const SPECIAL = /[()[\]<>`|\\"'\s]/g;
const ADDRESS = /^[^\s@,;:()<>[\]\\"`|]{1,64}@[a-z\d.-]{1,253}$/i;

/**
 * Where a link of a mail leads, in ASCII: an `http`, `https` or `mailto` address, without a user name
 * before the host, which only ever makes one host look like another. `undefined` for all others.
 */
export function toLinkTarget(href: string): string | undefined {
  const url = parseUrl(decodeCharacterReferences(href.slice(0, MAX_HREF)).trim());
  if (url?.protocol === 'mailto:') return toMailto(url.pathname);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  if (url.host.length > MAX_HOST) return undefined;
  const rest = `${url.pathname}${url.search}${url.hash}`.replace(SPECIAL, encode);
  const target = `${url.protocol}//${url.host}${rest}`;
  return target.length <= MAX_TARGET ? target : `${target.slice(0, MAX_TARGET)}…`;
}

function parseUrl(href: string): URL | undefined {
  return URL.canParse(href) ? new URL(href) : undefined;
}

/** The first address; a subject and a text that somebody else chose are not shown. */
function toMailto(path: string): string | undefined {
  try {
    const [address = ''] = decodeURIComponent(path).split(',');
    return ADDRESS.test(address) ? `mailto:${address}` : undefined;
  } catch {
    return undefined;
  }
}

function encode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
