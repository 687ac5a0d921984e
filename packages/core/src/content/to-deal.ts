import { canonicalJson } from '../compose/canonical-json.ts';
import type { Offer } from './offer.ts';

/** What is offered, whatever it is called: another id makes no other deal. */
export function toDeal({ percent, price, code }: Offer): string {
  return canonicalJson({
    percent,
    code: code?.toUpperCase(),
    price: price === undefined ? undefined : { ...price },
  });
}
