import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOW, sendFacts } from '../../../../../test/support/send-facts.ts';
import { parseAddress } from '../../identity/address.ts';
import type { RecordedSendingFact, SendFacts } from '../facts.ts';
import { SENDING_FACTS_AGE } from '../providers/find-unmet.ts';
import { MAILBOX_PROVIDERS } from '../providers/mailbox-providers.ts';
import { provider } from './provider.ts';

const known = (fact: RecordedSendingFact['fact'], value: number, of = '', at = NOW) => ({
  ...{ provider: of, fact, value, at },
});
const GOOD = (['spf', 'dkim', 'dmarc', 'aligned', 'ptr', 'tls'] as const).map((fact) =>
  known(fact, 1),
);
const BULK = known('bulk', 1, '', 0);

function to(
  address: string,
  recorded: readonly RecordedSendingFact[],
  sent: Readonly<Record<string, number>> = {},
): SendFacts {
  return sendFacts({
    recipient: { address: parseAddress(address) },
    facts: { sending: { domain: 'acme.example', recorded, sent } },
  });
}
const codes = (facts: SendFacts) => provider.evaluate(facts).map(({ code }) => code);

describe('the rule provider', () => {
  it.each([
    ['gmail.com', 'spf', 'PROVIDER_SPF_DKIM_MISSING'],
    ['gmail.com', 'dkim', 'PROVIDER_SPF_DKIM_MISSING'],
    ['googlemail.com', 'dmarc', 'PROVIDER_DMARC_MISSING'],
    ['gmail.com', 'aligned', 'PROVIDER_ALIGNMENT'],
    ['gmail.com', 'ptr', 'PROVIDER_PTR_MISSING'],
    ['gmail.com', 'tls', 'PROVIDER_TLS_MISSING'],
    ['yahoo.com', 'spf', 'PROVIDER_SPF_DKIM_MISSING'],
    ['aol.com', 'dkim', 'PROVIDER_SPF_DKIM_MISSING'],
    ['yahoo.co.uk', 'dmarc', 'PROVIDER_DMARC_MISSING'],
    ['ymail.com', 'aligned', 'PROVIDER_ALIGNMENT'],
    ['outlook.com', 'spf', 'PROVIDER_SPF_DKIM_MISSING'],
    ['hotmail.com', 'dkim', 'PROVIDER_SPF_DKIM_MISSING'],
    ['live.com', 'dmarc', 'PROVIDER_DMARC_MISSING'],
    ['msn.com', 'aligned', 'PROVIDER_ALIGNMENT'],
  ] as const)('blocks bulk marketing to %s without %s: %s', (domain, fact, code) => {
    const others = GOOD.filter((each) => each.fact !== fact);
    const facts = to(`ana@${domain}`, [...others, known(fact, 0), BULK]);
    expect(provider.evaluate(facts)).toMatchObject([
      { effect: 'block', retryable: true, code, evidence: { domain: 'acme.example', about: fact } },
    ]);
    expect(codes(to(`ana@${domain}`, [...GOOD, BULK]))).toEqual([]);
  });

  it.each([
    ['yahoo.com', 'ptr'],
    ['yahoo.com', 'tls'],
    ['outlook.com', 'ptr'],
    ['outlook.com', 'tls'],
  ] as const)('asks nothing of %s that its table does not have: %s', (domain, fact) => {
    expect(codes(to(`ana@${domain}`, [known(fact, 0), BULK]))).toEqual([]);
  });

  it.each(['gmail', 'yahoo'])('holds what goes to %s from a spam rate of 0.30 %% on', (id) => {
    const address = `ana@${id}.com`;
    const at = (value: number) =>
      provider.evaluate(to(address, [known('spamRate', value, id), BULK]));
    expect(at(2_999)).toEqual([]);
    expect(at(3_000)).toMatchObject([
      { effect: 'hold', needs: 'fact', code: 'PROVIDER_SPAM_RATE', evidence: { value: 3_000 } },
    ]);
    const elsewhere = id === 'gmail' ? 'ana@yahoo.com' : 'ana@gmail.com';
    expect(codes(to(elsewhere, [known('spamRate', 9_000, id), BULK]))).toEqual([]);
  });

  it('has no limit for the spam rate at Microsoft', () => {
    expect(codes(to('ana@live.com', [known('spamRate', 9_000, 'microsoft'), BULK]))).toEqual([]);
  });

  it.each([
    ['gmail.com', 'gmail', 4_999, 5_000],
    ['outlook.com', 'microsoft', 5_000, 5_001],
  ] as const)('judges %s from its volume on', (domain, id, below, from) => {
    const without = [known('dmarc', 0)];
    expect(codes(to(`ana@${domain}`, without))).toEqual([]);
    expect(codes(to(`ana@${domain}`, without, { [id]: below }))).toEqual([]);
    expect(codes(to(`ana@${domain}`, without, { [id]: from }))).toEqual(['PROVIDER_DMARC_MISSING']);
  });

  it('judges Gmail for good once the volume was reached, and Yahoo at any volume', () => {
    const reached = known('bulk', 1, 'gmail', 0);
    const without = known('dmarc', 0);
    expect(codes(to('ana@gmail.com', [without, reached]))).toEqual(['PROVIDER_DMARC_MISSING']);
    expect(codes(to('ana@outlook.com', [without, reached]))).toEqual([]);
    expect(codes(to('ana@yahoo.com', [without]))).toEqual(['PROVIDER_DMARC_MISSING']);
  });

  it('blocks and holds nothing by what is older than a week, nor by what nobody recorded', () => {
    const old = NOW - SENDING_FACTS_AGE - 1;
    expect(codes(to('ana@yahoo.com', [known('spf', 0, '', old)]))).toEqual([]);
    expect(codes(to('ana@yahoo.com', [known('spf', 0, '', old + 1)]))).toHaveLength(1);
    expect(codes(to('ana@yahoo.com', []))).toEqual([]);
    const unknown = sendFacts({ recipient: { address: parseAddress('ana@yahoo.com') } });
    expect(codes(unknown)).toEqual([]);
  });

  it('judges neither other mail nor other domains, Apple and company mail at Gmail among them', () => {
    const bad = [known('spf', 0), known('dmarc', 0), BULK];
    for (const address of ['ana@icloud.com', 'ana@example.com', 'ana@mail.gmail.com']) {
      expect(codes(to(address, bad))).toEqual([]);
    }
    const { content, ...rest } = to('ana@gmail.com', bad);
    expect(codes({ ...rest, content: { ...content, category: 'transactional' } })).toEqual([]);
  });

  it('names everything that is missing', () => {
    const none = GOOD.map(({ fact }) => known(fact, 0));
    expect(
      codes(to('ana@gmail.com', [...none, known('spamRate', 1_000_000, 'gmail'), BULK])),
    ).toEqual(MAILBOX_PROVIDERS[0]?.requirements.map(({ code }) => code));
  });

  it('is described: every provider and every code is on its page', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../docs/providers.md'), 'utf8');
    const rows = MAILBOX_PROVIDERS.flatMap(({ requirements }) => requirements);
    for (const name of [
      ...MAILBOX_PROVIDERS.map(({ id }) => id),
      ...rows.map(({ code }) => code),
    ]) {
      expect(page).toContain(`\`${name}\``);
    }
  });

  it('has every domain once', () => {
    const domains = MAILBOX_PROVIDERS.flatMap((each) => each.domains);
    expect(domains).toEqual([...new Set(domains)]);
    expect(domains).toEqual(domains.map((domain) => domain.toLowerCase()));
  });
});
