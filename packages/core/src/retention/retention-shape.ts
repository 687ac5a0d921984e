import { objectOf } from '../shapes/object-of.ts';
import { scalar } from '../shapes/scalar-shapes.ts';
import type { RetentionDays, RetentionOptions } from './retention-options.ts';

const days = (description: string) =>
  scalar<RetentionDays>({
    expected: 'a whole number of days from 1, or "keep"',
    schema: { anyOf: [{ const: 'keep' }, { type: 'integer', minimum: 1 }], description },
    accepts: (value) => value === 'keep' || (Number.isSafeInteger(value) && Number(value) >= 1),
  });

/** The option `retention`. */
export const RETENTION = objectOf<RetentionOptions>('How long what is no longer needed is kept.', {
  messages: days('Messages with nothing left to send.'),
  rawMail: days('Inbound mail as it came.'),
  serverReplies: days('What mail servers answered, in words.'),
  auditDetails: days('Names and reasons in the audit.'),
  events: days('Events that are sealed and told.'),
  reservations: days('Places taken in rolling limits.'),
});
