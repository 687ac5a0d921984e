import type { PreferenceFacts, SendFacts } from './facts.ts';

/** A topic that a person declined and that this mail may be on. */
export function declinedTopic(
  { content: { provenTopic: topic } }: Pick<SendFacts, 'content'>,
  wanted: PreferenceFacts | undefined,
): string | undefined {
  const declined = wanted?.declinedTopics ?? [];
  // Leaving the topic out, or inventing one, is no way around it.
  return topic === undefined ? declined[0] : declined.find((each) => each === topic);
}

/** The end of a pause that is not over when this mail would leave, epoch ms. */
export function currentPause(
  { now, content }: Pick<SendFacts, 'now' | 'content'>,
  wanted: PreferenceFacts | undefined,
): number | undefined {
  const until = wanted?.pausedUntil;
  return until === undefined || until <= Math.max(now, content.sendAt ?? 0) ? undefined : until;
}
