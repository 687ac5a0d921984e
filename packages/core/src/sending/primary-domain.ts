import { parse } from 'tldts';

/** The domain that somebody registered: `acme.example` of `news.acme.example`. Itself when unknown. */
export function primaryDomain(domain: string): string {
  return parse(domain).domain ?? domain;
}
