import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../identity/address.ts';
import type { TracedFinding } from '../../policy/finding.ts';
import { type HeldMessage, reviewGroup } from './review-group.ts';

const to = parseAddress('ana@example.com');

function groupOf(...evidence: readonly TracedFinding['evidence'][]): string | null {
  const findings = evidence.map(
    (each): TracedFinding => ({
      ...{ rule: 'links', version: '1', code: 'LINK_HOST_UNKNOWN', effect: 'hold', message: 'm' },
      ...{ evidence: each, evidenceHash: 'h', shadow: false, discharged: false },
    }),
  );
  const held = {
    content: {
      ...{ mailbox: parseAddress('news@acme.example'), to: [to], cc: [], bcc: [] },
      ...{ subject: 'News', body: 'Hello', category: 'marketing', headers: [], attachments: [] },
    },
    variables: {},
    agent: 'bot',
    decision: { findings },
    facts: { recipients: [] },
  };
  // A group looks at nothing else.
  return reviewGroup({ settings: {} } as never, held as unknown as HeldMessage);
}

describe('reviewGroup', () => {
  it('P4: is another one for another host that nobody vouched for', () => {
    const one = groupOf({ host: 'a.example' });
    expect(groupOf({ host: 'b.example' })).not.toBe(one);
    expect(groupOf({ host: 'a.example' }, { hosts: ['b.example'] })).not.toBe(one);
    expect(groupOf({ host: 'a.example' })).toBe(one);
  });

  it('is the same in any order of the hosts', () => {
    const [a, b] = [{ host: 'a.example' }, { host: 'b.example' }];
    expect(groupOf(a, b)).toBe(groupOf(b, a));
  });
});
