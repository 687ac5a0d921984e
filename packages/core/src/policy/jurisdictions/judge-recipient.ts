import type { RecipientFacts, SendFacts } from '../facts.ts';
import type { RuleFinding } from '../rule.ts';
import { evaluatePack, type JudgedMail, type Verdict } from './evaluate-pack.ts';
import type { JurisdictionPack } from './jurisdiction-pack.ts';

/** What the law says about one recipient. */
export interface Judgement {
  /** One per regime that was asked. */
  readonly verdicts: readonly Verdict[];
  /** Why every regime was asked: what to report when one of them objects. */
  readonly missing?: Pick<RuleFinding, 'code' | 'message' | 'evidence'>;
}

/** Asks the packs of the recipient's country, or all of them when there is none to ask. */
export function judgeRecipient(
  packs: readonly JurisdictionPack[],
  { now, content }: Pick<SendFacts, 'now'> & { readonly content: JudgedMail },
  recipient: RecipientFacts,
): Judgement {
  const { country, region } = recipient.audience;
  const situation = { now, content, recipient };
  const here = packs.filter((pack) => country !== undefined && pack.countries.includes(country));
  if (here.some((pack) => pack.regions === undefined)) {
    const asked = here.filter(({ regions }) => regions?.includes(region ?? '') ?? true);
    return { verdicts: asked.map((pack) => evaluatePack(pack, { ...situation, country })) };
  }
  const everywhere = packs.filter((pack) => pack.regions === undefined);
  const unknown = { ...situation, country: undefined };
  return {
    verdicts: everywhere.map((pack) => evaluatePack(pack, unknown)),
    missing: country === undefined ? COUNTRY_UNKNOWN : NOT_COVERED,
  };
}

const COUNTRY_UNKNOWN = {
  code: 'JURISDICTION_UNKNOWN',
  message: 'Nobody knows in which country this person is, so the strictest law applies; it waits.',
  evidence: { fact: 'country' },
} as const;

const NOT_COVERED = {
  code: 'JURISDICTION_NOT_COVERED',
  message: 'No rules are known for this person’s country, so the strictest law applies; it waits.',
  evidence: { fact: 'consent' },
} as const;
