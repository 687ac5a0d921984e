import { suppressionApplies } from '../suppression/suppression-applies.ts';
import type { RecipientFacts, SendFacts } from './facts.ts';
import { currentPause, declinedTopic } from './preferences-in-force.ts';

/**
 * Whether somebody wants no marketing, whatever the message in hand is called: a withdrawal, a
 * suppression, words that may ask to stop and that nobody has read yet, a pause, or the topic.
 */
export function refusedMarketing(
  facts: Pick<SendFacts, 'now' | 'content' | 'mailbox'>,
  { audience, suppressions, stopRequestedAt, preferences }: RecipientFacts,
): boolean {
  if (audience.withdrawnAt !== undefined || stopRequestedAt !== undefined) return true;
  if (declinedTopic(facts, preferences) !== undefined) return true;
  if (currentPause(facts, preferences) !== undefined) return true;
  const mail = {
    category: 'marketing' as const,
    topic: facts.content.provenTopic,
    senderId: facts.mailbox.sender?.id,
  };
  return suppressions.some((fact) => suppressionApplies(fact, mail));
}
