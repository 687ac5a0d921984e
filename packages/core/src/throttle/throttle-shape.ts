import { recordOf } from '../shapes/collection-shapes.ts';
import { objectOf } from '../shapes/object-of.ts';
import { fromCode, number } from '../shapes/scalar-shapes.ts';
import type { ScopeLimits, SendLimit, ThrottleOptions } from './throttle-options.ts';

const limit = objectOf<SendLimit>('How fast, and how many at once.', {
  max: number('Deliveries per `per`.', { least: 0, above: true }),
  per: number('Length, ms.', { least: 1, most: 86_400_000, default: 1_000 }),
  burst: number('How many may go out at once after a rest.', { least: 1, whole: true }),
  atOnce: number('How many may be claimed or on the wire at once.', { least: 1, whole: true }),
});

const scope = objectOf<ScopeLimits>('Limits of one scope.', {
  each: limit,
  only: recordOf(limit, 'Instead of each, by name.'),
});

/** How fast mail may go out. */
export const THROTTLE = objectOf<ThrottleOptions>('How fast mail may go out.', {
  mailbox: scope,
  domain: scope,
  provider: scope,
  resolveMx: fromCode('function', 'a function such as resolveMx of node:dns/promises'),
});
