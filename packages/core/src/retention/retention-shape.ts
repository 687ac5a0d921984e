import { LONGEST_LINK } from '../consent/opt-in/request-opt-in.ts';
import { objectOf } from '../shapes/object-of.ts';
import { scalar } from '../shapes/scalar-shapes.ts';
import type { RetentionDays, RetentionOptions } from './retention-options.ts';

const DAY = 86_400_000;
/** The longest window of a frequency cap, days: what is counted in it has to be there. */
const LONGEST_WINDOW = 400;

const days = (description: string, least = 1) =>
  scalar<RetentionDays>({
    expected: `a whole number of days from ${least}, or "keep"`,
    schema: { anyOf: [{ const: 'keep' }, { type: 'integer', minimum: least }], description },
    accepts: (value) => value === 'keep' || (Number.isSafeInteger(value) && Number(value) >= least),
  });

/** The option `retention`. */
export const RETENTION = objectOf<RetentionOptions>('How long what is no longer needed is kept.', {
  messages: days('Messages with nothing left to send.'),
  rawMail: days('Inbound mail as it came.'),
  serverReplies: days('What mail servers answered, in words.'),
  auditDetails: days('Names and reasons in the audit.'),
  events: days('Events that are sealed and told.'),
  reservations: days('Places taken in rolling limits.', LONGEST_WINDOW),
  optIns: days('Sign-ups that nobody confirmed.', LONGEST_LINK / DAY),
});
