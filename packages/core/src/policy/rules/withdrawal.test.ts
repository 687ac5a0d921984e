import { describe, expect, it } from 'vitest';
import { sendFacts } from '../../../../../test/support/send-facts.ts';
import { withdrawal } from './withdrawal.ts';

describe('the rule withdrawal', () => {
  it('blocks marketing to whom withdrew, whatever the law of the place says', () => {
    const facts = sendFacts({ audience: { country: 'US', withdrawnAt: 1 } });
    expect(withdrawal.evaluate(facts)).toMatchObject([{ effect: 'block', code: 'OPTED_OUT' }]);
    expect(withdrawal.evaluate(sendFacts({ audience: { country: 'US' } }))).toEqual([]);
  });
});
