import { describe, expect, it } from 'vitest';
import { NOW, sendFacts } from '../../../../../test/support/send-facts.ts';
import { decide } from '../decide.ts';
import { OVERSIGHT_MODES } from '../modes.ts';
import { bouncesObserved } from './bounces-observed.ts';

const policy = { rules: [bouncesObserved], jurisdictions: [], version: 'test', epoch: 1 };

describe('marketing from a mailbox of which nobody reports bounces', () => {
  const facts = (sent?: number, category: 'marketing' | 'transactional' = 'marketing') =>
    sendFacts({
      now: NOW,
      content: { category },
      facts: sent === undefined ? {} : { unobserved: { sent } },
    });

  it('is 50 a day and not one more', () => {
    expect(decide(policy, facts(49)).effect).toBe('allow');
    expect(decide(policy, facts(50))).toMatchObject({
      ...{ effect: 'hold', code: 'BOUNCES_NOT_OBSERVED' },
      findings: [{ needs: 'fact', evidence: { limit: 50, sent: 50 } }],
    });
  });

  it('P3: is released by no approval, in no mode', () => {
    const { findings } = decide(policy, facts(50));
    for (const mode of OVERSIGHT_MODES) {
      const given = { ...facts(50), mailbox: { ...facts(50).mailbox, mode } };
      expect(decide(policy, given, findings).effect).toBe('hold');
    }
  });

  it('says nothing where somebody reports them, or of other mail', () => {
    expect(decide(policy, facts()).effect).toBe('allow');
    expect(decide(policy, facts(900, 'transactional')).effect).toBe('allow');
  });
});
