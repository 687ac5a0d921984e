import type { FrequencySettings } from '../frequency/resolve-frequency.ts';
import type { ContentFacts } from './facts.ts';

/**
 * What a topic that an author names is worth: among the operator's `topics` it is one; beside them it
 * counts as none named. Where the operator declares none, it is the author's word alone: consents
 * and caps are asked for it, and a refusal of any topic stands against it, since whoever invents a
 * topic would get past the one that was refused (P3).
 */
export function judgeTopic(
  { topics }: Pick<FrequencySettings, 'topics'>,
  topic: string | undefined,
): Pick<ContentFacts, 'knownTopic' | 'provenTopic'> {
  if (topic === undefined) return {};
  if (Object.keys(topics).length === 0) return { knownTopic: topic };
  return Object.hasOwn(topics, topic) ? { knownTopic: topic, provenTopic: topic } : {};
}
