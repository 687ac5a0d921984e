import { aiAct } from '../jurisdictions/ai-act.ts';
import { evaluatePack } from '../jurisdictions/evaluate-pack.ts';
import type { Rule } from '../rule.ts';

/**
 * Whether somebody in the EU learns that a machine writes to them (AI Act art. 50(1)). In shadow:
 * the trace tells how often it would hold, nothing waits for it.
 */
export const aiDisclosure: Rule = {
  id: 'ai-disclosure',
  version: '1',
  shadow: true,
  evaluate: ({ now, content, recipients }) =>
    recipients.flatMap((recipient) => {
      const { country } = recipient.audience;
      if (country === undefined || !aiAct.countries.includes(country)) return [];
      const verdict = evaluatePack(aiAct, { now, content, recipient, country });
      if (verdict.effect === 'allow') return [];
      const { code, message, law } = verdict;
      const evidence = { recipient: recipient.address, country, law };
      return [{ effect: 'hold', needs: 'look', code, message, evidence }];
    }),
};
