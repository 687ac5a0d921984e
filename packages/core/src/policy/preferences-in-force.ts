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

/** The end of an absence that is not over when this mail would leave, epoch ms. */
export function currentAbsence(
  { now, content }: Pick<SendFacts, 'now' | 'content'>,
  wanted: PreferenceFacts | undefined,
): number | undefined {
  return whenAfter(wanted?.awayUntil, Math.max(now, content.sendAt ?? 0));
}

/** The end of a pause that is not over when this mail would leave, epoch ms. */
export function currentPause(
  { now, content }: Pick<SendFacts, 'now' | 'content'>,
  wanted: PreferenceFacts | undefined,
): number | undefined {
  return whenAfter(wanted?.pausedUntil, Math.max(now, content.sendAt ?? 0));
}

function whenAfter(until: number | undefined, at: number): number | undefined {
  return until === undefined || until <= at ? undefined : until;
}
