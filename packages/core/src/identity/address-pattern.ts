import { domainOf, findAddress, parseAddress } from './address.ts';

/**
 * Addresses by their form: `*@agents.acme.example`, `agent+*@acme.example`. The one `*` stands before
 * the at sign, for one character or more; without it the pattern is an address.
 */
export type AddressPattern = string;

/** Whether text is a pattern. */
export function isAddressPattern(text: string): text is AddressPattern {
  const [, more] = text.split('*').slice(1);
  return (
    more === undefined && findAddress(text.replace('*', 'x')) !== undefined && starIsLocal(text)
  );
}

/** Whether an address has the form; letter case makes no difference. Takes what passed the check. */
export function matchesPattern(pattern: AddressPattern, address: string): boolean {
  const { domain, before, after } = splitPattern(pattern);
  const at = address.lastIndexOf('@');
  if (address.slice(at + 1).toLowerCase() !== domain) return false;
  const local = address.slice(0, at).toLowerCase();
  if (after === undefined) return local === before;
  const isLonger = local.length > before.length + after.length;
  return isLonger && local.startsWith(before) && local.endsWith(after);
}

function starIsLocal(text: string): boolean {
  return text.indexOf('*') < text.lastIndexOf('@');
}

function splitPattern(pattern: AddressPattern) {
  // The domain in the form in which addresses have it.
  const domain = domainOf(parseAddress(pattern.replace('*', 'x')));
  const local = pattern.trim().slice(0, pattern.trim().lastIndexOf('@')).toLowerCase();
  const [before = '', after] = local.split('*');
  return { domain, before, after };
}
