import { parse } from 'tldts';

const HOST =
  /(?:https?:\/\/|www\.)?(?:[^\s/@:()<>"',;!?]+@)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,}|\d{1,3}(?:\.\d{1,3}){3})/giu;

/** Country domains that are also file types: README.md, setup.py, deploy.sh. */
const FILE_TYPES = new Set([
  'ai',
  'cc',
  'md',
  'mm',
  'mov',
  'pl',
  'ps',
  'py',
  'rs',
  'sh',
  'so',
  'zip',
]);

/** Names of products that end like a domain. */
const PRODUCTS = /^(?:asp|ado|vb|ml|quantum)\.net$|^(?:socket|draw|next|node|vue)\.io$/;

/** Hosts that a link's label names, in lower case: URLs, and words that are domains for sure. */
export function namedDomains(label: string, target: URL): readonly string[] {
  // Invisible and full-width characters read like nothing, or like ASCII.
  const text = label.replace(/\p{Cf}/gu, '').normalize('NFKC');
  const found: string[] = [];
  for (const match of text.matchAll(HOST)) {
    const host = (match[1] ?? '').toLowerCase();
    const explicit = /^(?:https?:\/\/|www\.)/i.test(match[0]);
    if (explicit || isDomain(host, target)) found.push(host);
  }
  return found.map((host) => toAscii(host));
}

function isDomain(host: string, target: URL): boolean {
  if (PRODUCTS.test(host)) return false;
  const { isIcann, isIp, publicSuffix } = parse(host);
  // Reserved for documentation (RFC 2606), and what examples and tests are written with.
  if (isIp !== true && isIcann !== true && publicSuffix !== 'example') return false;
  return !(FILE_TYPES.has(publicSuffix ?? '') && isFileOf(host, target));
}

/** The label is the name of the file that the link leads to. */
function isFileOf(name: string, target: URL): boolean {
  const file = target.pathname.split('/').at(-1) ?? '';
  return file.toLowerCase() === name;
}

function toAscii(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
}
