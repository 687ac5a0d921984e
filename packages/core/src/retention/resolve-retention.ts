import type { Retention, RetentionDays, RetentionOptions } from './retention-options.ts';

const DAY = 86_400_000;

/** Checked options as ages in ms, with the defaults. */
export function resolveRetention({
  messages = 'keep',
  rawMail = 365,
  serverReplies = 365,
  auditDetails = 1_095,
  events = 'keep',
  reservations = 400,
  optIns = 400,
}: RetentionOptions = {}): Retention {
  return {
    messages: toAge(messages),
    rawMail: toAge(rawMail),
    serverReplies: toAge(serverReplies),
    auditDetails: toAge(auditDetails),
    events: toAge(events),
    reservations: toAge(reservations),
    optIns: toAge(optIns),
  };
}

function toAge(days: RetentionDays): number | undefined {
  return days === 'keep' ? undefined : days * DAY;
}
