import { MailwardenError } from '../errors/mailwarden-error.ts';

declare const brand: unique symbol;

/**
 * An addr-spec (RFC 5321 §4.1.2) that is safe on the wire: made only by {@link parseAddress}.
 * The domain is lower-case ASCII (IDNA); the local part is as given.
 */
export type Address = string & { readonly [brand]: 'Address' };

/** Without controls, invisible format characters and unassigned ones: what a person cannot see. */
const LOCAL = /^[^\s"(),:;<>@[\\\]\p{C}]+$/u;
/** What the URL parser gives back as it is: no upper case, no `xn--`, no number that is an IPv4 address. */
const PLAIN_DOMAIN = /^(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Turns untrusted text into an {@link Address}. Accepts `name@example.com` only: no display name,
 * no comment, no quoted local part, no IP literal. Throws `ADDRESS_INVALID`.
 */
export function parseAddress(text: string): Address {
  const address = findAddress(text);
  if (address !== undefined) return address;
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  throw new MailwardenError('ADDRESS_INVALID', {
    detail: `${JSON.stringify(shown)} is not one.`,
    fields: { value: shown },
  });
}

/** Like {@link parseAddress}; `undefined` instead of an error. */
export function findAddress(text: string): Address | undefined {
  const value = text.trim();
  const at = value.lastIndexOf('@');
  if (at < 1 || value.length > 254) return undefined;
  const local = value.slice(0, at);
  const domain = toAsciiDomain(value.slice(at + 1));
  if (domain === undefined || !isLocalPart(local)) return undefined;
  const address = `${local}@${domain}`;
  // The domain may have grown to its xn-- form.
  return Buffer.byteLength(address) > 254 ? undefined : (address as Address);
}

/** The part after the at sign. */
export function domainOf(address: Address): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function isLocalPart(local: string): boolean {
  if (Buffer.byteLength(local) > 64 || !LOCAL.test(local)) return false;
  return !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
}

function toAsciiDomain(domain: string): string | undefined {
  if (domain.length <= 253 && PLAIN_DOMAIN.test(domain)) return domain;
  if (!/^[^\s\p{Cc}/?#:@[\]\\%]+$/u.test(domain)) return undefined;
  const ascii = URL.canParse(`http://${domain}/`) ? new URL(`http://${domain}/`).hostname : '';
  const labels = ascii.split('.');
  if (labels.length < 2 || ascii.length > 253 || /^[\d.]+$/.test(ascii)) return undefined;
  return labels.every((label) => LABEL.test(label)) ? ascii : undefined;
}
