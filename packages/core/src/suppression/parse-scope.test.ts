import { describe, expect, it } from 'vitest';
import { parseScope } from './parse-scope.ts';

describe('parseScope', () => {
  it.each(['all', 'marketing', 'topic:a', `topic:${'a'.repeat(64)}`, 'topic:a-b_c.9'])(
    'takes %s',
    (scope) => {
      expect(parseScope(scope)).toBe(scope);
    },
  );

  it.each([
    '',
    'ALL',
    'topic:',
    'topic:A',
    'topic:a b',
    `topic:${'a'.repeat(65)}`,
    'topics:a',
    ' all',
  ])('refuses %j', (scope) => {
    expect(() => parseScope(scope)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
  });
});
