import { describe, expect, it } from 'vitest';
import { sendFacts } from '../../../../../test/support/send-facts.ts';
import type { ConversationFacts, RecipientFacts } from '../facts.ts';
import { conversationLimits } from './conversation-limits.ts';

function codesOf(
  conversation: Partial<ConversationFacts>,
  recipient: Partial<RecipientFacts> = {},
  category: 'conversational' | 'marketing' = 'conversational',
): readonly string[] {
  const facts = { conversation: { newPeople: 0, sameBody: 0, ...conversation } };
  const found = conversationLimits.evaluate(sendFacts({ content: { category }, recipient, facts }));
  return found.map(({ effect, needs, code }) => `${effect} ${needs} ${code}`);
}

describe('the rule conversation-limits', () => {
  it('holds nearly one text to more than five people', () => {
    expect(codesOf({ sameBody: 4 })).toEqual([]);
    expect(codesOf({ sameBody: 5 })).toEqual(['hold look CONVERSATION_SAME_BODY']);
  });

  it('holds more than twenty new people, and lets through who wrote before', () => {
    expect(codesOf({ newPeople: 19 }, { newcomer: true })).toEqual([]);
    expect(codesOf({ newPeople: 20 }, { newcomer: true })).toEqual([
      'hold look CONVERSATION_NEW_PEOPLE',
    ]);
    expect(codesOf({ newPeople: 20 })).toEqual([]);
  });

  it('is not asked about colleagues, nor about marketing', () => {
    expect(codesOf({ sameBody: 5 }, { internal: true })).toEqual([]);
    expect(codesOf({ sameBody: 5 }, {}, 'marketing')).toEqual([]);
  });
});
