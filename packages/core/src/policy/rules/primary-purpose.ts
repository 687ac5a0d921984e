import { toOwnWords } from '../conversation/own-words.ts';
import type { SendFacts } from '../facts.ts';
import { asksOpinion } from '../jurisdictions/asks-opinion.ts';
import { EEA } from '../jurisdictions/eu.ts';
import { primaryPurpose } from '../primary-purpose.ts';
import { refusedMarketing } from '../refused-marketing.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** Where advertising beside a confirmation is advertising (BGH VI ZR 134/15; PECR reg. 22). */
const NO_MIXING = new Set([...EEA, 'GB', 'CH']);

/**
 * Mail that counts as something lighter than marketing does not advertise. Transactional mail of
 * which the primary purpose is commercial (16 CFR 316.3) is held, and blocked for whoever refused
 * marketing; what advertises further down passes where the law looks at the whole
 * (`US_PRIMARY_PURPOSE_TX`). An answer that advertises anywhere is held: the person asked for an
 * answer, and who asked for an offer gets it once somebody has looked. Colleagues are not asked about.
 */
export const primaryPurposeRule: Rule = {
  id: 'primary-purpose',
  version: '6',
  evaluate(facts) {
    switch (facts.content.category) {
      case 'marketing':
        return [];
      case 'transactional':
        return transactional(facts);
      case 'conversational':
        return conversational(facts);
    }
  },
};

function transactional(facts: SendFacts): readonly RuleFinding[] {
  const found = primaryPurpose(facts.content);
  if (found.purpose === 'transactional') return [];
  const { words, where, purpose } = found;
  if (purpose === 'commercial') return [commercial(facts, words, where)];
  return facts.recipients
    .filter(({ audience }) => NO_MIXING.has(audience.country ?? ''))
    .map(({ audience }) => mixed(words, audience.country ?? ''));
}

function conversational({ content, recipients, thread }: SendFacts): readonly RuleFinding[] {
  if (recipients.every(({ internal }) => internal)) return [];
  // The subject of an answer is the asker's own.
  const subject = thread === undefined ? content.subject : '';
  const body = toOwnWords(content.body, thread);
  const found = primaryPurpose({ subject, body });
  if (found.purpose === 'transactional') {
    return asksOpinion(subject, body) === 'rating' ? [ASKS_FOR_RATING] : [];
  }
  const { words, where } = found;
  return [
    {
      effect: 'hold',
      needs: 'look',
      code: 'ANSWER_ADVERTISES',
      message: `${quote(words)} advertises in an answer; leave it out, or a person looks first.`,
      evidence: { words, where },
    },
  ];
}

/** A request for a review is advertising (BGH VI ZR 225/17). */
const ASKS_FOR_RATING: RuleFinding = {
  effect: 'hold',
  needs: 'look',
  code: 'ANSWER_ADVERTISES',
  message: 'It asks for a review or rating in an answer; leave it out, or a person looks first.',
  evidence: { where: 'body' },
};

function commercial(facts: SendFacts, words: string, where: string): RuleFinding {
  const found = { code: 'US_PRIMARY_PURPOSE_COMMERCIAL', evidence: { words, where } };
  if (facts.recipients.some((recipient) => refusedMarketing(facts, recipient))) {
    return {
      ...found,
      effect: 'block',
      message: `${quote(words)} advertises, and the person gets no marketing; leave it out.`,
    };
  }
  return {
    ...found,
    effect: 'hold',
    needs: 'look',
    message: `${quote(words)} advertises in a transactional message; leave it out, or send it with category marketing.`,
  };
}

function mixed(words: string, country: string): RuleFinding {
  return {
    effect: 'hold',
    needs: 'look',
    code: 'EU_DIRECT_MARKETING',
    message: `${quote(words)}: there, advertising beside a confirmation is advertising; a person looks first, or leave it out.`,
    evidence: { words, where: 'body', country },
  };
}

function quote(words: string): string {
  return JSON.stringify(words.slice(0, 80));
}
