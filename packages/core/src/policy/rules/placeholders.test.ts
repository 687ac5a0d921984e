import { expect, it } from 'vitest';
import { sendFacts } from '../../../../../test/support/send-facts.ts';
import { parseAddress } from '../../identity/address.ts';
import type { ContentFacts } from '../facts.ts';
import { placeholders } from './placeholders.ts';

const THREAD = {
  parentFrom: parseAddress('ana@example.com'),
  parentAuthenticated: true,
  loopSigns: [],
  agentRepliesToday: 0,
  recipientsWroteHere: true,
};

function countIn(content: Partial<ContentFacts>, facts = {}): number {
  return placeholders.evaluate(sendFacts({ content, facts })).length;
}

it('holds what was not filled in, in the subject as in the body', () => {
  expect(countIn({ subject: 'Hi [First Name]', body: 'News.' })).toBe(1);
  expect(countIn({ subject: 'News', body: 'Hi "{{name}}", news.' })).toBe(1);
});

it('leaves the subject of an answer to whoever wrote it, and quoted words in its body', () => {
  const answer = { category: 'conversational', subject: 'Re: [Order Number] is shown' } as const;
  expect(countIn({ ...answer, body: 'Write "Hello {{name}}".' }, { thread: THREAD })).toBe(0);
  expect(countIn({ ...answer, body: 'Write "Hello {{name}}".' })).toBe(1);
  expect(countIn({ ...answer, body: 'Hello {{name}},' }, { thread: THREAD })).toBe(1);
});
