import type { Context } from '../../context.ts';
import { findAddress } from '../../identity/address.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { Proof } from './find-proven.ts';

type Proven = Extract<Proof, { kind: 'proven' }>;

/**
 * The delivery that an address in a report is about. With one recipient it is that one, whatever
 * the address: forwarding shows another one than we wrote to. With several it has to be one of
 * theirs, and one that could be two of them is nobody's.
 */
export function attribute(
  ctx: Pick<Context, 'keys'>,
  { deliveries, isOnly }: Proven,
  reported: string | undefined,
): Delivery | undefined {
  if (isOnly) return deliveries[0];
  const address = reported === undefined ? undefined : findAddress(reported);
  if (address === undefined) return undefined;
  const { allExact, allCanonical } = ctx.keys.identify(address);
  const exact = deliveries.find(({ recipient_exact }) => allExact.includes(recipient_exact));
  if (exact !== undefined) return exact;
  const alike = deliveries.filter((row) => allCanonical.includes(row.recipient_canonical));
  return alike.length === 1 ? alike[0] : undefined;
}
