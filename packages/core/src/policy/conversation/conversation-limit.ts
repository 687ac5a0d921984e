import type { ConversationFacts, RecipientFacts } from '../facts.ts';

/** Most new people whom one mailbox talks to in 24 hours (architecture.md §6). */
const MAX_NEW_PEOPLE = 20;
/** Most people who are told nearly the same by one mailbox in 24 hours. */
const MAX_SAME_BODY = 5;

/** What is counted, and no further than this. */
export const CONVERSATION_LIMITS = { newPeople: MAX_NEW_PEOPLE, sameBody: MAX_SAME_BODY } as const;

/** A limit that would be exceeded, as a code and the end of a sentence. */
export interface ExceededLimit {
  readonly code: 'CONVERSATION_SAME_BODY' | 'CONVERSATION_NEW_PEOPLE';
  readonly limit: number;
  readonly reason: string;
}

/**
 * Why mail that looks like an answer is marketing all the same, if it is: one text to many, or many
 * people who never wrote.
 */
export function findExceededLimit(
  { newPeople, sameBody }: ConversationFacts,
  recipients: readonly Pick<RecipientFacts, 'internal' | 'newcomer'>[],
  answersThread: boolean,
): ExceededLimit | undefined {
  const outside = recipients.filter(({ internal }) => !internal);
  // Many who wrote in one thread, and nobody else, are one conversation.
  const isOne = answersThread && sameBody === 0;
  if (!isOne && sameBody + outside.length > MAX_SAME_BODY) {
    return {
      code: 'CONVERSATION_SAME_BODY',
      limit: MAX_SAME_BODY,
      reason: `more than ${MAX_SAME_BODY} people were told nearly the same today`,
    };
  }
  const fresh = outside.filter(({ newcomer }) => newcomer === true).length;
  if (fresh > 0 && newPeople + fresh > MAX_NEW_PEOPLE) {
    return {
      code: 'CONVERSATION_NEW_PEOPLE',
      limit: MAX_NEW_PEOPLE,
      reason: `this mailbox has talked to ${MAX_NEW_PEOPLE} people who never wrote to it today`,
    };
  }
  return undefined;
}
