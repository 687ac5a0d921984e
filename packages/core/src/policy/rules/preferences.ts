import type { RecipientFacts, SendFacts } from '../facts.ts';
import { currentAbsence, currentPause, declinedTopic } from '../preferences-in-force.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** Marketing waits this long for the end of a pause, ms; what would come later is out of date. */
const LONGEST_WAIT = 7 * 86_400_000;

/**
 * What a person asked for on their preference page holds: topics that they do not want, and a pause.
 * Their maximum is a cap of its own, see the rule `frequency`. Whoever is away gets it when they are
 * back. Only marketing is asked about.
 */
export const preferences: Rule = {
  id: 'preferences',
  version: '3',
  evaluate(facts) {
    if (facts.content.category !== 'marketing') return [];
    return facts.recipients.flatMap((recipient) => [
      ...judgeTopics(facts, recipient),
      ...judgePause(facts, recipient),
      ...judgeAbsence(facts, recipient),
    ]);
  },
};

function judgeTopics(
  facts: SendFacts,
  { address, preferences: wanted }: RecipientFacts,
): readonly RuleFinding[] {
  const against = declinedTopic(facts, wanted);
  if (against === undefined) return [];
  return [
    {
      effect: 'block',
      code: 'TOPIC_DECLINED',
      message: `${address} does not want mail on ${against}; do not try again.`,
      evidence: { recipient: address, topic: against },
    },
  ];
}

function judgePause(
  facts: SendFacts,
  { address, preferences: wanted }: RecipientFacts,
): readonly RuleFinding[] {
  const until = currentPause(facts, wanted);
  if (until === undefined) return [];
  const finding = { code: 'RECIPIENT_PAUSED', evidence: { recipient: address, until } };
  const end = new Date(until).toISOString();
  if (until - Math.max(facts.now, facts.content.sendAt ?? 0) > LONGEST_WAIT) {
    const message = `${address} wants no marketing until ${end}; send it again after that, if it still matters.`;
    return [{ ...finding, effect: 'block', message }];
  }
  const message = `${address} wants no marketing until ${end}; it goes out by itself then.`;
  return [{ ...finding, effect: 'defer', until, message }];
}

function judgeAbsence(
  facts: SendFacts,
  { address, preferences: wanted }: RecipientFacts,
): readonly RuleFinding[] {
  const until = currentAbsence(facts, wanted);
  if (until === undefined) return [];
  const end = new Date(until).toISOString();
  const message = `${address} is away until ${end}; it goes out by itself then.`;
  const evidence = { recipient: address, until };
  return [{ effect: 'defer', until, code: 'RECIPIENT_AWAY', message, evidence }];
}
