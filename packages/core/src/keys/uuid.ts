import { MailwardenError } from '../errors/mailwarden-error.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Gives a lower-case uuid back as it is. Throws `ARGUMENT_INVALID` for anything else. */
export function requireUuid(id: string): string {
  if (UUID.test(id)) return id;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `A token names a lower-case uuid, not ${JSON.stringify(id.slice(0, 80))}.`,
  });
}

/** 32 hex digits with the hyphens of a uuid. */
export function toUuid(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
