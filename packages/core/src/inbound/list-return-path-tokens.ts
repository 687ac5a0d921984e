import { findReturnPathToken } from '../identity/return-path.ts';
import type { InboundMessage } from './inbound-message.ts';

/**
 * Tokens in the addresses that a message came to. Reports go to the return path in the envelope
 * (RFC 3464 §2), and To and the fields of servers on the way say which it was. Not verified.
 */
export function listReturnPathTokens({
  to,
  deliveredTo,
}: Pick<InboundMessage, 'to' | 'deliveredTo'>): readonly string[] {
  const addresses = [...deliveredTo, ...to.map(({ address }) => address)];
  return [...new Set(addresses.flatMap((address) => findReturnPathToken(address) ?? []))];
}
