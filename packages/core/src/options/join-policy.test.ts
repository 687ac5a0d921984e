import { describe, expect, it } from 'vitest';
import type { MailwardenOptions } from '../options.ts';
import { sqlite } from '../sqlite.ts';
import { joinPolicy, POLICY_NAMES } from './join-policy.ts';

const OPTIONS: MailwardenOptions = {
  database: sqlite(':memory:'),
  keys: [{ id: 'k1', secret: 'a secret that only these tests know, 1' }],
  mailboxes: [{ address: 'support@acme.example' }, { address: 'sales@acme.example' }],
};

const refusal = (given: object): string => {
  try {
    joinPolicy({ ...OPTIONS, ...given } as MailwardenOptions);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
};

describe('joinPolicy', () => {
  it('takes what the policy says into the options, mailbox by mailbox', () => {
    const joined = joinPolicy({
      ...OPTIONS,
      policy: {
        budgets: { sendsPerRun: 3 },
        mailboxes: [{ address: 'Sales@acme.example', oversight: 'autonomous', dailyLimit: 9 }],
      },
    });
    expect(joined).toEqual({
      ...OPTIONS,
      budgets: { sendsPerRun: 3 },
      mailboxes: [
        { address: 'support@acme.example' },
        { address: 'sales@acme.example', oversight: 'autonomous', dailyLimit: 9 },
      ],
    });
  });

  it('refuses what the code and the policy both say', () => {
    const budgets = { sendsPerRun: 3 };
    expect(refusal({ budgets, policy: { budgets } })).toContain('budgets stands in the policy and');
    const mailboxes = [{ address: 'support@acme.example', dailyLimit: 5 }];
    expect(refusal({ mailboxes, policy: { mailboxes } })).toContain(
      'dailyLimit of support@acme.example stands in the policy and',
    );
  });

  it('refuses a policy for a mailbox that there is not, and names the nearest', () => {
    const policy = { mailboxes: [{ address: 'suport@acme.example' }] };
    expect(refusal({ policy })).toContain('did you mean support@acme.example?');
  });

  it('says where a name is misspelt', () => {
    expect(
      refusal({ policy: { mailboxes: [{ address: 'a@acme.example', oversigth: 1 }] } }),
    ).toContain('policy.mailboxes[0] has no "oversigth". Did you mean "oversight"?');
  });

  it('keeps what only code can give out of the policy', () => {
    expect(POLICY_NAMES).not.toContain('database');
    expect(refusal({ policy: { keys: [] } })).toContain('policy has no "keys".');
    expect(
      refusal({ policy: { mailboxes: [{ address: 'a@b.example', transport: {} }] } }),
    ).toContain('has no "transport"');
  });
});
