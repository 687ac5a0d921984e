import { MailwardenError } from '../errors/mailwarden-error.ts';

declare const brand: unique symbol;

/**
 * One header field that is safe on the wire (RFC 5322 §2.2): made only by {@link parseHeaderField}
 * and {@link parseHeaderLine}.
 */
export type HeaderField = { readonly name: string; readonly value: string } & {
  readonly [brand]: 'HeaderField';
};

/** Longest line without CRLF, octets (RFC 5322 §2.1.1). */
const MAX_LINE = 998;

/** ftext without the characters that are no token (RFC 5322 §3.6.8, RFC 9110 §5.6.2). */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,76}$/;

/** Controls (CR, LF, NUL and tab among them), line and paragraph separators, lone surrogates. */
const FORBIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * Turns an untrusted name and value into a {@link HeaderField}; spaces around the value are removed.
 * Throws `HEADER_INVALID` for a name that is no token, a value with any control character, an empty
 * value and a line over 998 octets.
 */
export function parseHeaderField(name: string, value: string): HeaderField {
  if (!NAME.test(name)) throw invalid(name, 'the name has characters that no field name may have');
  if (FORBIDDEN.test(value)) throw invalid(name, 'the value has control characters');
  const trimmed = value.trim();
  if (trimmed === '') throw invalid(name, 'the value is empty');
  if (Buffer.byteLength(`${name}: ${trimmed}`) > MAX_LINE) {
    throw invalid(name, `the line is longer than ${MAX_LINE} octets`);
  }
  return Object.freeze({ name, value: trimmed }) as HeaderField;
}

/** Like {@link parseHeaderField}, from one `Name: value` line. */
export function parseHeaderLine(line: string): HeaderField {
  const colon = line.indexOf(':');
  if (colon < 0) throw invalid(line, 'there is no colon');
  return parseHeaderField(line.slice(0, colon).trim(), line.slice(colon + 1));
}

function invalid(name: string, problem: string): MailwardenError {
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  return new MailwardenError('HEADER_INVALID', {
    detail: `In ${JSON.stringify(shown)} ${problem}.`,
    fields: { name: shown },
  });
}
