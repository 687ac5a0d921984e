import { type Address, domainOf, findAddress } from './address.ts';

/** Behind the local part of a mailbox; what follows is a token of the purpose `return_path`. */
const MARK = '+b-';
const RETURN_PATH = /\+b-([a-z2-7]{40})@/i;
const RETURN_PATHS = new RegExp(RETURN_PATH, 'gi');

/**
 * Where reports about one delivery are to go: `local+b-<token>@domain` (RFC 5233). `undefined` when
 * that is longer than an address may be (RFC 5321 §4.5.3.1.1: 64 octets before the at sign).
 */
export function toReturnPath(mailbox: Address, token: string): Address | undefined {
  const local = mailbox.slice(0, mailbox.lastIndexOf('@'));
  return findAddress(`${local}${MARK}${token}@${domainOf(mailbox)}`);
}

/** The token of an address that looks like a return path of ours; whether it is one, the keys say. */
export function findReturnPathToken(address: string): string | undefined {
  return RETURN_PATH.exec(address)?.[1]?.toLowerCase();
}

/** The same text without such tokens: they work, so nobody is shown them (architecture.md §6). */
export function maskReturnPaths(text: string, mask = '@'): string {
  return text.replaceAll(RETURN_PATHS, mask);
}
