import { MailwardenError } from '../errors/mailwarden-error.ts';

/** An ISO 3166-1 alpha-2 code in upper case. Throws `ARGUMENT_INVALID`. */
export function parseCountry(text: string): string {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && code !== 'UK' && code !== 'EU') return code;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `country is an ISO 3166-1 alpha-2 code such as "DE" or "GB", not ${JSON.stringify(text.slice(0, 20))}.`,
    fields: { argument: 'country' },
  });
}
