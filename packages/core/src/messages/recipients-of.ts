import type { Address } from '../identity/address.ts';
import type { OutboundContent } from './outbound-content.ts';

/** Everybody whom a message is for, in the order of its fields. */
export function recipientsOf({
  to,
  cc,
  bcc,
}: Pick<OutboundContent, 'to' | 'cc' | 'bcc'>): readonly Address[] {
  return [...to, ...cc, ...bcc];
}
