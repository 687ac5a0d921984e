import { describe, expect, it } from 'vitest';
import { sendFacts } from '../../../../../test/support/send-facts.ts';
import type { ConsentFact } from '../../consent/standing-consents.ts';
import { parseAddress } from '../../identity/address.ts';
import type { AudienceFacts, SendFacts } from '../facts.ts';
import { roleAddress } from './role-address.ts';

const EXPRESS: ConsentFact = { id: 'c', basis: 'express', obtainedAt: 1, proven: true };

function to(address: string, audience: Partial<AudienceFacts> = {}): SendFacts {
  const facts = sendFacts({ audience });
  const recipients = facts.recipients.map((recipient) => ({
    ...recipient,
    address: parseAddress(address),
  }));
  return { ...facts, recipients };
}

describe('the rule role-address', () => {
  it.each([
    'abuse@example.com',
    'Postmaster@example.com',
    'noreply@example.com',
    'no-reply@example.com',
    'no_reply+tag@example.com',
    'do.not.reply@example.com',
    'noreply-invoices@example.com',
    'donotreply@example.com',
    'mailer-daemon@example.com',
    'hostmaster@example.com',
    'bounces+8812-ana=example.com@example.org',
    'dev-request@lists.example.org',
    'owner-dev@lists.example.org',
    'ne-pas-repondre@example.fr',
    'nicht.antworten@example.de',
  ])('blocks marketing to %s, with an express consent as well', (address) => {
    const facts = to(address, { consents: [EXPRESS] });
    expect(roleAddress.evaluate(facts)).toMatchObject([{ effect: 'block', code: 'ROLE_ADDRESS' }]);
  });

  it.each([
    'info@example.com',
    'Sales+news@example.com',
    'customer-service@example.com',
    'ventas@example.es',
    'büro@example.de',
    'it@example.com',
  ])('holds marketing to %s until an express consent is recorded', (address) => {
    expect(roleAddress.evaluate(to(address))).toMatchObject([
      {
        effect: 'hold',
        needs: 'fact',
        code: 'ROLE_ADDRESS_CONSENT',
        evidence: { fact: 'consent' },
      },
    ]);
    const bought = { ...EXPRESS, basis: 'implied_purchase' } as const;
    expect(roleAddress.evaluate(to(address, { consents: [bought] }))).toHaveLength(1);
    const over = { ...EXPRESS, expiresAt: facts().now };
    expect(roleAddress.evaluate(to(address, { consents: [over] }))).toHaveLength(1);
    expect(roleAddress.evaluate(to(address, { consents: [EXPRESS] }))).toEqual([]);
  });

  it.each(['ana@example.com', 'a.p@example.com', 'infantino@example.com', 'noreen@example.com'])(
    'says nothing about %s',
    (address) => expect(roleAddress.evaluate(to(address))).toEqual([]),
  );

  it('holds for a contact that was recorded as a role, and for nothing that is not marketing', () => {
    expect(roleAddress.evaluate(to('q4@example.com', { kind: 'role' }))).toHaveLength(1);
    const { content, ...rest } = to('abuse@example.com');
    const answer = { ...rest, content: { ...content, category: 'conversational' as const } };
    expect(roleAddress.evaluate(answer)).toEqual([]);
  });
});

function facts(): SendFacts {
  return to('ana@example.com');
}
