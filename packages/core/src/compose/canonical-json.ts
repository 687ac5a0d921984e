import { MailwardenError } from '../errors/mailwarden-error.ts';

/** What JSON can say; `undefined` members are left out, as in JSON.stringify. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * JSON Canonicalization Scheme (RFC 8785): one byte sequence per value. Throws `ARGUMENT_INVALID`
 * for NaN, infinities and lone surrogates, which have none.
 */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return writeObject(value as Record<string, JsonValue | undefined>);
  }
  const unpaired = typeof value === 'string' && !value.isWellFormed();
  if (unpaired || (typeof value === 'number' && !Number.isFinite(value))) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'Text must be well-formed Unicode and numbers finite (RFC 8785 §3.2.2).',
    });
  }
  return JSON.stringify(value);
}

function writeObject(value: Readonly<Record<string, JsonValue | undefined>>): string {
  let members = '';
  // The default order compares UTF-16 code units, as RFC 8785 §3.2.3 asks.
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${canonicalJson(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}
