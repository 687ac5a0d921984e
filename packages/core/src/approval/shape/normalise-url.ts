/** A value that only tells one recipient from another; anything with `:`, `/` or `%` may lead elsewhere. */
const PLAIN_VALUE = /^[\w.-]{1,64}$/;

/**
 * A link as two messages of one kind share it. On the operator's own hosts, ids in path and query
 * are put aside; a link to anywhere else stays exactly as it is: on a shared host the path says
 * whose page it is.
 */
export function normaliseUrl(link: string, ownHosts: readonly string[]): string {
  const url = parse(link);
  if (url === undefined || !isOwn(url, ownHosts)) return link;
  const path = url.pathname.split('/').map((segment) => (isId(segment) ? '#' : segment));
  const query = [...url.searchParams].map(([name, value]) => [name, toKept(value)].join('='));
  const fragment = url.hash === '' ? '' : `#${toKept(url.hash.slice(1))}`;
  return `${url.protocol}//${url.host}${path.join('/')}?${query.join('&')}${fragment}`;
}

function parse(link: string): URL | undefined {
  const full = /^www\./i.test(link) ? `http://${link}` : link;
  return URL.canParse(full) ? new URL(full) : undefined;
}

function isOwn(url: URL, ownHosts: readonly string[]): boolean {
  if (url.username !== '' || url.password !== '' || url.port !== '') return false;
  return ownHosts.some((own) => url.hostname === own || url.hostname.endsWith(`.${own}`));
}

function isId(segment: string): boolean {
  return PLAIN_VALUE.test(segment) && /\d/.test(segment);
}

function toKept(value: string): string {
  return value === '' || PLAIN_VALUE.test(value) ? '#' : value;
}
