import type { RecipientFacts, SendFacts } from '../facts.ts';
import { BUILT_IN_PACKS } from '../jurisdictions/built-in-packs.ts';
import { judgeRecipient } from '../jurisdictions/judge-recipient.ts';
import type { JurisdictionPack } from '../jurisdictions/jurisdiction-pack.ts';
import { isSurvey } from '../jurisdictions/message-kind.ts';
import { primaryPurpose } from '../primary-purpose.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/**
 * Marketing goes to nobody whom the law of their country protects from it. Each recipient is judged
 * by the packs of their country; where the country is not known, by every pack, and the strictest
 * holds. A survey is judged whatever its category, since some countries call it advertising, and so is
 * transactional mail of which the primary purpose is commercial (16 CFR 316.3).
 */
export function jurisdictionRule(packs: readonly JurisdictionPack[] = BUILT_IN_PACKS): Rule {
  return {
    id: 'jurisdiction',
    version: '3',
    evaluate: (facts) =>
      isJudged(facts)
        ? facts.recipients.flatMap((recipient) => findingsFor(packs, facts, recipient))
        : [],
  };
}

function isJudged({ content }: SendFacts): boolean {
  if (content.category === 'marketing') return true;
  if (content.category !== 'transactional') return false;
  return isSurvey(content) || primaryPurpose(content).purpose === 'commercial';
}

function findingsFor(
  packs: readonly JurisdictionPack[],
  facts: SendFacts,
  recipient: RecipientFacts,
): readonly RuleFinding[] {
  const { verdicts, missing } = judgeRecipient(packs, facts, recipient);
  const { audience, address } = recipient;
  const against = verdicts.filter((verdict) => verdict.effect !== 'allow');
  const evidence = {
    recipient: address,
    country: audience.country ?? '',
    source: audience.source ?? '',
  };
  const blocks = against.filter((verdict) => verdict.effect === 'block');
  if (missing !== undefined && against.length > 0 && blocks.length === 0) {
    const regimes = against.map(({ regime, code }) => `${regime}:${code}`);
    return [
      {
        effect: 'hold',
        needs: 'fact',
        ...missing,
        evidence: { ...evidence, ...missing.evidence, regimes },
      },
    ];
  }
  return against.map((verdict): RuleFinding => {
    const { code, message, regime, law, needs } = verdict;
    const shown = { ...evidence, regime, law };
    if (verdict.effect === 'block') return { effect: 'block', code, message, evidence: shown };
    return needs === 'look'
      ? { effect: 'hold', needs: 'look', code, message, evidence: shown }
      : { effect: 'hold', needs: 'fact', code, message, evidence: { ...shown, fact: 'consent' } };
  });
}
