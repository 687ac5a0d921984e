import type { RecipientFacts, SendFacts } from '../facts.ts';
import { judgeRecipient } from './judge-recipient.ts';
import type { JurisdictionPack } from './jurisdiction-pack.ts';

/** On what a marketing delivery goes out: kept with it. */
export interface DeliveryBasis {
  /** The consent's basis, or `opt_out` where the law asks for none. */
  readonly basis: string;
  readonly wording_version: string | null;
}

/** The basis that the packs accepted; `undefined` for mail that is not marketing. */
export function deliveryBasis(
  packs: readonly JurisdictionPack[],
  facts: Pick<SendFacts, 'now' | 'content'>,
  recipient: RecipientFacts,
): DeliveryBasis | undefined {
  if (facts.content.category !== 'marketing') return undefined;
  const { verdicts } = judgeRecipient(packs, facts, recipient);
  const consent = verdicts.find((verdict) => verdict.consent !== undefined)?.consent;
  return {
    basis: consent?.basis ?? (facts.content.asksToConfirm === true ? 'opt_in_request' : 'opt_out'),
    wording_version: consent?.wordingVersion ?? null,
  };
}
