import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Retention, RetentionDays, RetentionOptions } from './retention-options.ts';

const DAY = 86_400_000;

const DEFAULTS: Required<RetentionOptions> = {
  messages: 'keep',
  rawMail: 365,
  serverReplies: 365,
  auditDetails: 1_095,
  events: 'keep',
  reservations: 400,
};

/** Days as ms, with the defaults. Throws `OPTION_UNKNOWN` and `OPTION_INVALID`. */
export function resolveRetention(options: RetentionOptions = {}): Retention {
  const unknown = Object.keys(options).filter((key) => !Object.hasOwn(DEFAULTS, key));
  if (unknown.length > 0) {
    throw new MailwardenError('OPTION_UNKNOWN', {
      detail: `retention has no ${unknown.join(', ')}; it has ${Object.keys(DEFAULTS).join(', ')}.`,
      fields: { unknown },
    });
  }
  const toMs = (kind: keyof RetentionOptions): number | undefined =>
    toAge(kind, options[kind] ?? DEFAULTS[kind]);
  return {
    messages: toMs('messages'),
    rawMail: toMs('rawMail'),
    serverReplies: toMs('serverReplies'),
    auditDetails: toMs('auditDetails'),
    events: toMs('events'),
    reservations: toMs('reservations'),
  };
}

function toAge(kind: string, days: RetentionDays): number | undefined {
  if (days === 'keep') return undefined;
  if (Number.isSafeInteger(days) && days >= 1) return days * DAY;
  throw new MailwardenError('OPTION_INVALID', {
    detail: `retention.${kind} has to be a whole number of days from 1, or "keep".`,
  });
}
