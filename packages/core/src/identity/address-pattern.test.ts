import { describe, expect, test } from 'vitest';
import { isAddressPattern, matchesPattern } from './address-pattern.ts';

describe('an address pattern', () => {
  test.each([
    ['*@agents.acme.example', 'sales@agents.acme.example', true],
    ['*@agents.acme.example', 'Sales@Agents.ACME.example', true],
    ['*@Agents.acme.example', 'sales@agents.acme.example', true],
    ['*@agents.acme.example', 'sales@sub.agents.acme.example', false],
    ['*@agents.acme.example', 'sales@agents.acme.example.evil.example', false],
    ['*@agents.acme.example', 'sales@evilagents.acme.example', false],
    ['agent+*@acme.example', 'agent+sales@acme.example', true],
    ['Agent+*@acme.example', 'AGENT+sales@acme.example', true],
    ['agent+*@acme.example', 'agent+sales+east@acme.example', true],
    ['agent+*@acme.example', 'agent@acme.example', false],
    ['agent+*@acme.example', 'agent+@acme.example', false],
    ['agent+*@acme.example', 'xagent+sales@acme.example', false],
    ['*-bot@acme.example', 'sales-bot@acme.example', true],
    ['*-bot@acme.example', '-bot@acme.example', false],
    ['a*a@acme.example', 'aa@acme.example', false],
    ['help@acme.example', 'help@acme.example', true],
    ['help@acme.example', 'helpers@acme.example', false],
    // A dot is a dot.
    ['a.b*@acme.example', 'axbc@acme.example', false],
    ['*@münchen.example', 'a@xn--mnchen-3ya.example', true],
  ])('%s for %s: %s', (pattern, address, expected) => {
    expect(isAddressPattern(pattern)).toBe(true);
    expect(matchesPattern(pattern, address)).toBe(expected);
  });

  test.each([
    '*',
    '*@*',
    '*@*.acme.example',
    '**@acme.example',
    'a@b@*',
    '@acme.example',
    '',
    '*@',
  ])('%j is none', (text) => expect(isAddressPattern(text)).toBe(false));
});
