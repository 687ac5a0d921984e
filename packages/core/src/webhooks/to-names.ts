import { parseMessageIds } from '../identity/message-id.ts';

/** Enough for every form in which providers name one message. */
const MAX_NAMES = 12;
const MAX_NAME = 500;

/**
 * What a message may be known by: Message-IDs without their brackets and ids of the relay, each
 * once. What is missing is left out.
 */
export function toNames(...candidates: readonly (string | undefined)[]): readonly string[] {
  const names = candidates.flatMap((candidate = '') => {
    const [id] = parseMessageIds(candidate);
    const name = id ?? candidate.trim();
    // A space keeps hashes of raw mail apart from names.
    return name === '' || name.length > MAX_NAME || /\s/.test(name) ? [] : [name];
  });
  return [...new Set(names)].slice(0, MAX_NAMES);
}
