import { isIP } from 'node:net';
import { primaryDomain } from '../sending/primary-domain.ts';
import type { ResolveMx } from './throttle-options.ts';

/** Whose servers these registered domains are, where the provider is known by another name. */
const OWNERS: ReadonlyMap<string, string> = new Map([
  ['google.com', 'gmail'],
  ['googlemail.com', 'gmail'],
  ['yahoodns.net', 'yahoo'],
  ['outlook.com', 'microsoft'],
  ['hotmail.com', 'microsoft'],
  ['mx.microsoft', 'microsoft'],
]);

/** Who runs the server that a domain prefers; empty when it has none. */
export function providerOfHosts(hosts: Awaited<ReturnType<ResolveMx>>): string {
  const [first] = hosts.toSorted((a, b) => a.priority - b.priority);
  return first === undefined ? '' : providerOfHost(first.exchange);
}

/** Who runs a mail server, by its name; empty for an address, a null MX (RFC 7505) and no name. */
export function providerOfHost(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (isIP(name) !== 0 || !name.includes('.')) return '';
  const domain = primaryDomain(name);
  return OWNERS.get(domain) ?? domain;
}
