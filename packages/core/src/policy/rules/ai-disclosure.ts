import { aiAct } from '../jurisdictions/ai-act.ts';
import { evaluatePack } from '../jurisdictions/evaluate-pack.ts';
import type { Rule } from '../rule.ts';

/**
 * Somebody in the EU, or nobody knows where, whom an agent answers learns that a machine writes (AI Act art. 50(1)): by the
 * mailbox's `disclosure`, or in the text. Colleagues know.
 */
export const aiDisclosure: Rule = {
  id: 'ai-disclosure',
  version: '4',
  evaluate: ({ now, content, recipients }) =>
    recipients.flatMap((recipient) => {
      const { country } = recipient.audience;
      if (recipient.internal) return [];
      // Nobody knows where: the union of the regimes applies, and this is one of them.
      if (country !== undefined && !aiAct.countries.includes(country)) return [];
      const verdict = evaluatePack(aiAct, { now, content, recipient, country });
      if (verdict.effect === 'allow') return [];
      const { code, message, law } = verdict;
      const evidence = { recipient: recipient.address, country: country ?? '', law };
      return [{ effect: 'hold', needs: 'look', code, message, evidence }];
    }),
};
