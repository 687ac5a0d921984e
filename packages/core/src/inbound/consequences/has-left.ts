import type { Delivery } from '../../storage/tables/delivery.ts';

/** Whether a server has the mail, or may have: a report can be faster than the answer to the final dot. */
export function hasLeft({ state }: Pick<Delivery, 'state'>): boolean {
  return state === 'sending' || state === 'sent' || state === 'unknown';
}
