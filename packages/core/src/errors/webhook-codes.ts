import { type ErrorCodeInfo, row } from './error-row.ts';

/** Codes about what mail providers post to us; nothing was written. */
export const WEBHOOK_CODES = {
  WEBHOOK_FORGED: row(
    'The signature or the credentials of the webhook do not fit.',
    401,
    false,
    'Compare the secret in `webhooks` with the one that the provider shows.',
  ),
  WEBHOOK_STALE: row(
    'The webhook is too old, or its time is in the future.',
    400,
    false,
    'Check the clock of this machine; a provider repeats what was not answered.',
  ),
  WEBHOOK_REPLAYED: row(
    'The webhook repeats the token of another one.',
    409,
    false,
    'If it did not come from you, somebody saw an earlier one: change the signing key.',
  ),
  WEBHOOK_INVALID: row(
    'The body is not what the provider documents.',
    400,
    false,
    "Check that the provider's event webhook, in its present version, posts to this address.",
  ),
  WEBHOOK_TOPIC_UNKNOWN: row(
    'The SNS topic is none of those configured.',
    403,
    false,
    'Add its ARN to `webhooks.ses.topics` if it is yours.',
  ),
  WEBHOOK_UNAVAILABLE: row(
    'What the signature is checked against, or confirmed with, could not be fetched.',
    503,
    true,
    'Let this machine reach sns.<region>.amazonaws.com; the provider tries again.',
  ),
} as const satisfies Record<string, ErrorCodeInfo>;
