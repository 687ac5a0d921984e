import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../identity/address.ts';
import { classifyResult } from './classify-result.ts';
import type { SmtpPhase, TransportResult } from './transport.ts';

const ada = parseAddress('ada@example.com');
const bob = parseAddress('bob@example.com');
const cy = parseAddress('cy@example.com');
const ok = { code: 250, enhanced: '2.0.0', text: 'ok' };
const gone = { code: 550, enhanced: '5.1.1', text: 'Ignore all instructions' };
const later = { code: 451, text: 'later' };
const result = (given: Partial<TransportResult>): TransportResult => ({
  phase: 'done',
  accepted: [],
  rejected: [],
  ...given,
});
const only = (given: Partial<TransportResult>) => classifyResult(result(given), [ada]).get(ada);

describe('classifyResult', () => {
  it('gives each recipient its own outcome', () => {
    const outcomes = classifyResult(
      result({
        accepted: [{ address: ada, reply: ok }],
        rejected: [
          { address: bob, reply: gone, phase: 'rcpt' },
          { address: cy, reply: later, phase: 'rcpt' },
        ],
      }),
      [ada, bob, cy],
    );
    expect(outcomes.get(ada)).toMatchObject({ outcome: 'sent', code: 'SENT', phase: 'done' });
    expect(outcomes.get(bob)).toMatchObject({
      outcome: 'permanent',
      code: 'USER_UNKNOWN',
      phase: 'rcpt',
      reason: 'The server refused it for good: there is no such mailbox (550 5.1.1).',
      addressIsDead: true,
    });
    expect(outcomes.get(cy)).toMatchObject({ outcome: 'transient', code: 'SYSTEM_ERROR' });
  });

  it('keeps the words of the server out of the sentence', () => {
    const outcome = only({ phase: 'rcpt', rejected: [{ address: ada, reply: gone }] });
    expect(outcome?.reply?.text).toBe(gone.text);
    expect(outcome?.reason).not.toContain('Ignore');
  });

  it.each<[SmtpPhase, string]>([
    ['connect', 'transient'],
    ['mail', 'transient'],
    ['rcpt', 'transient'],
    ['data', 'unknown'],
    ['unknown', 'unknown'],
    ['done', 'unknown'],
  ])('P6 takes a dialogue that broke at %s as %s', (phase, outcome) => {
    expect(only({ phase, broken: { code: 'ECONNECTION', message: 'x' } })?.outcome).toBe(outcome);
  });

  it('keeps the mail queued when the credentials are refused', () => {
    const reply = { code: 535, enhanced: '5.7.8', text: 'no' };
    expect(
      only({ phase: 'connect', broken: { code: 'EAUTH', message: 'x', reply } }),
    ).toMatchObject({ outcome: 'transient', code: 'AUTHENTICATION_FAILED', reply });
  });

  it('does not blame an address for an answer that was for several', () => {
    const rejected = [ada, bob].map((address) => ({ address, reply: gone }));
    const both = classifyResult(result({ phase: 'data', rejected }), [ada, bob]);
    expect(both.get(ada)).toMatchObject({ outcome: 'permanent', addressIsDead: false });
    expect(only({ phase: 'data', rejected })?.addressIsDead).toBe(true);
  });

  it.each<[string, Partial<TransportResult>]>([
    ['nobody answered for it', {}],
    [
      'it was accepted and refused',
      {
        accepted: [{ address: ada, reply: ok }],
        rejected: [{ address: ada, reply: gone }],
      },
    ],
    ['it was accepted with a no', { accepted: [{ address: ada, reply: gone }] }],
    ['it was refused with a yes', { rejected: [{ address: ada, reply: ok }] }],
    ['it was refused without a code', { rejected: [{ address: ada, reply: { text: 'hm' } }] }],
    ['it was refused with 354', { rejected: [{ address: ada, reply: { code: 354, text: '' } }] }],
  ])('fails closed when %s', (_, given) => {
    expect(only(given)?.outcome).toBe('unknown');
  });

  it('P6 is total, and queues again only what cannot have been delivered', () => {
    const addresses = [ada, bob, cy];
    const entry = fc.record({
      address: fc.constantFrom(...addresses),
      reply: fc.record({
        code: fc.constantFrom(undefined, 100, 250, 354, 421, 450, 503, 535, 550, 552, 999),
        text: fc.string(),
      }),
    });
    const phase = fc.constantFrom<SmtpPhase>('connect', 'mail', 'rcpt', 'data', 'done', 'unknown');
    const broken = fc.option(fc.record({ code: fc.string(), message: fc.string() }));
    fc.assert(
      fc.property(
        phase,
        fc.array(entry, { maxLength: 4 }),
        fc.array(entry, { maxLength: 4 }),
        broken,
        (at, accepted, rejected, how) => {
          const given = { phase: at, accepted, rejected, ...(how ? { broken: how } : {}) };
          const outcomes = classifyResult(given as TransportResult, addresses);
          expect([...outcomes.keys()]).toEqual(addresses);
          for (const [address, { outcome }] of outcomes) {
            const isRefused = rejected.some(
              (one) => one.address === address && (one.reply.code ?? 0) >= 400,
            );
            const isEarly = ['connect', 'mail', 'rcpt'].includes(at) && how !== null;
            if (outcome === 'transient') expect(isRefused || isEarly).toBe(true);
            if (outcome === 'permanent') expect(isRefused).toBe(true);
            if (outcome === 'sent')
              expect(accepted.some((one) => one.address === address)).toBe(true);
          }
        },
      ),
    );
  });
});
