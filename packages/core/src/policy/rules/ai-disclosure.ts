import { aiAct } from '../jurisdictions/ai-act.ts';
import { evaluatePack } from '../jurisdictions/evaluate-pack.ts';
import type { Rule } from '../rule.ts';

/**
 * Somebody in the EU whom an agent answers learns that a machine writes (AI Act art. 50(1)): by the
 * mailbox's `disclosure`, or in the text. Colleagues know.
 */
export const aiDisclosure: Rule = {
  id: 'ai-disclosure',
  version: '3',
  evaluate: ({ now, content, recipients }) =>
    recipients.flatMap((recipient) => {
      const { country } = recipient.audience;
      if (recipient.internal) return [];
      if (country === undefined || !aiAct.countries.includes(country)) return [];
      const verdict = evaluatePack(aiAct, { now, content, recipient, country });
      if (verdict.effect === 'allow') return [];
      const { code, message, law } = verdict;
      const evidence = { recipient: recipient.address, country, law };
      return [{ effect: 'hold', needs: 'look', code, message, evidence }];
    }),
};
