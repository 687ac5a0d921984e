import { toEncodedWords } from './encoded-words.ts';

/** Longest piece of a value that is written in pieces (RFC 2231 §3). */
const PIECE = 50;

/**
 * `name="value"` of a Content-Disposition field, on lines of its own, in the extended form of
 * RFC 2231 when the value is not short ASCII.
 */
export function toParameter(name: string, value: string): string {
  if (/^[\x20-\x7e]{1,60}$/.test(value)) return `;\r\n ${name}=${quote(value)}`;
  const pieces = percentEncode(value).match(new RegExp(`(?:%..|[^%]){1,${PIECE}}`, 'g')) ?? [''];
  return pieces
    .map((piece, index) => `;\r\n ${name}*${index}*=${index === 0 ? "utf-8''" : ''}${piece}`)
    .join('');
}

/**
 * The same of a Content-Type field, where old readers understand no RFC 2231 and take an encoded
 * word in quotes.
 */
export function toLegacyParameter(name: string, value: string): string {
  const text = /^[\x20-\x7e]{1,60}$/.test(value)
    ? quote(value)
    : `"${toEncodedWords(value).replaceAll(' ', '\r\n ')}"`;
  return `;\r\n ${name}=${text}`;
}

/** A quoted string (RFC 5322 §3.2.4) of printable ASCII. */
export function quote(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function percentEncode(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(/['()*!]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}
