/** Why somebody may be sent marketing. */
export type ConsentBasis = (typeof CONSENT_BASES)[number];

/** Every basis that the ledger knows; what counts where is in the jurisdiction packs. */
export const CONSENT_BASES = [
  'express',
  'double_opt_in',
  'soft_opt_in',
  'implied_purchase',
  'implied_inquiry',
  'implied_subscription',
  'implied_membership',
  'published',
  'disclosed',
  'referral',
  'legitimate_interest',
] as const;

/** What somebody said yes to in so many words; only this revives a withdrawn consent. */
export const EXPRESS_BASES: readonly ConsentBasis[] = ['express', 'double_opt_in'];

/** How an address can have been obtained. */
export const SALES = ['purchase', 'negotiation', 'freemium_upsell', 'freemium', 'none'] as const;

/** The conditions of a soft opt-in (ePrivacy art. 13(2); PECR reg. 22(3)). */
export interface SoftOptInLimbs {
  /** The legal entity that writes is the one that got the address. */
  readonly sameEntity: boolean;
  /**
   * How the address was obtained: a purchase; negotiations for one (UK only); a free account that
   * leads to a paid one (CJEU C-654/23); a free account otherwise; no sale.
   */
  readonly sale: (typeof SALES)[number];
  /** The mail is about the sender's own similar products. */
  readonly similarProducts: boolean;
  /** A way to refuse was offered when the address was given. */
  readonly optOutAtCollection: boolean;
}

/** How a consent was given: what has to be shown to an authority (GDPR art. 7(1)). */
export interface ConsentEvidence {
  /** `web form`, `paper`, `phone` … */
  readonly method: string;
  /** The box was ticked beforehand. */
  readonly preTicked?: boolean;
  /** It was a condition of something else. */
  readonly bundled?: boolean;
  /** False when the text did not say who would write. */
  readonly senderNamed?: boolean;
  readonly [detail: string]: string | number | boolean | undefined;
}
