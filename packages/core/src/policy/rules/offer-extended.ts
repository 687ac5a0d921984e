import { findClaims } from '../../compose/find-claims.ts';
import type { Offer } from '../../content/offer.ts';
import { toDeal } from '../../content/to-deal.ts';
import type { SupportFacts } from '../facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { namedOffers, possibleCodes } from '../support.ts';

/** The same deal after a shorter pause than this goes on, ms: 7 days. */
const PAUSE = 7 * 86_400_000;

/**
 * A deal that earlier mail said would end does not go on as if nothing had been said: a person looks
 * first. "Last day" was false then (RCW 19.190.020; UCPD annex I no. 7).
 */
export const offerExtended: Rule = {
  id: 'offer-extended',
  version: '1',
  evaluate({ now, content, support }) {
    const { offers = [], deadlines = [] } = support ?? {};
    if (content.category !== 'marketing' || deadlines.length === 0) return [];
    const at = Math.max(now, content.sendAt ?? 0);
    const codes = possibleCodes(`${content.subject}\n${content.text}`);
    const named = namedOffers(findClaims(content.subject, content.body), offers, codes);
    return offers
      .filter(({ id, startsAt, endsAt }) => named.has(id) && startsAt <= at && at < endsAt)
      .flatMap((offer) => judge(offer, deadlines, at));
  },
};

function judge(
  offer: Offer,
  deadlines: NonNullable<SupportFacts['deadlines']>,
  at: number,
): readonly RuleFinding[] {
  const deal = toDeal(offer);
  const broken = deadlines
    .filter((told) => told.deal === deal && told.endsAt <= at)
    .find((told) => offer.startsAt < told.endsAt + PAUSE);
  if (broken === undefined) return [];
  const day = new Date(broken.endsAt).toISOString().slice(0, 10);
  return [
    {
      effect: 'hold',
      needs: 'look',
      code: 'OFFER_EXTENDED_AFTER_DEADLINE',
      message: `Earlier mail said that the offer ${offer.id} ends ${day}; a person looks first, or leave it out.`,
      evidence: { offer: offer.id, toldEndsAt: broken.endsAt, endsAt: offer.endsAt },
    },
  ];
}
