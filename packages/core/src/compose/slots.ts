import { MailwardenError } from '../errors/mailwarden-error.ts';

/** Links that differ per recipient. */
export type SlotName = (typeof SLOTS)[number];

const SLOTS = ['unsubscribe', 'confirm'] as const;

/** What a person is shown instead of a live link. */
const MASK = 'https://…/u/•••';

/** URL characters that mean the same in text and in an HTML attribute (RFC 3986, without & and '). */
const URL_VALUE = /^https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$()*+,;=%]+$/;

const NONCE = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * The marker of a per-recipient link in rendered content. It carries the message's nonce, which is
 * minted after the body was written, so that no author can place one. Throws `ARGUMENT_INVALID`
 * for a nonce of fewer than 16 characters or other than `A-Za-z0-9_-`.
 */
export function slot(name: SlotName, nonce: string): string {
  if (!NONCE.test(nonce)) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'A nonce has 16 to 128 characters of A-Z, a-z, 0-9, "-" and "_".',
    });
  }
  return `[[mailwarden:${name}:${nonce}]]`;
}

/**
 * Puts the links of one recipient into rendered text or HTML, for the wire only. Throws
 * `ARGUMENT_INVALID` when a slot has no value, or a value is not an http(s) URL that can stand
 * unescaped in text and HTML.
 */
export function fillSlots(
  text: string,
  nonce: string,
  values: Partial<Readonly<Record<SlotName, string>>>,
): string {
  return replaceSlots(text, nonce, (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined && URL_VALUE.test(value)) return value;
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `The slot ${JSON.stringify(name)} needs an http or https URL.`,
      fields: { slot: name },
    });
  });
}

/** Rendered text or HTML as people and models see it: no live link in it. */
export function maskSlots(text: string, nonce: string): string {
  return replaceSlots(text, nonce, () => MASK);
}

function replaceSlots(text: string, nonce: string, toValue: (name: SlotName) => string): string {
  return SLOTS.reduce((all, name) => {
    const parts = all.split(slot(name, nonce));
    return parts.length === 1 ? all : parts.join(toValue(name));
  }, text);
}
