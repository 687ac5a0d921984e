import { describe, expect, it } from 'vitest';
import { parseAddress } from '../identity/address.ts';
import { classifyResult } from '../transport/classify-result.ts';
import { parseReply } from '../transport/parse-reply.ts';
import { type RetryQuestion, retryWait } from './retry-wait.ts';

const MINUTE = 60_000;
const ANA = parseAddress('ana@example.com');
const FIRST: RetryQuestion = { attempts: 1, delay: MINUTE, left: 72 * 60 * MINUTE, random: 0.5 };

function refused(text: string) {
  const rejected = [{ address: ANA, reply: parseReply(text), phase: 'rcpt' as const }];
  const outcome = classifyResult({ phase: 'rcpt', accepted: [], rejected }, [ANA]).get(ANA);
  expect(outcome?.outcome).toBe('transient');
  return outcome ?? { code: '', phase: 'rcpt' as const };
}

function broken(code: string) {
  const result = { phase: 'connect', accepted: [], rejected: [], broken: { message: '', code } };
  return classifyResult({ ...result, phase: 'connect' }, [ANA]).get(ANA) ?? refused('');
}

describe('the wait until the next attempt', () => {
  it.each([
    ['451 4.3.0 Local error', 1],
    ['421 4.3.2 Shutting down', 1],
    ['450 4.7.1 Greylisted', 5],
    ['450 4.7.1 Greylisted, come back in 600 seconds', 10],
    ['451 4.7.1 Greylisting in effect, try again in 20 min', 20],
    ['451 4.7.1 Greylisted for 99999 seconds', 60],
    ['421 4.7.28 Unusual rate of mail', 5],
    ['452 4.2.2 Mailbox full', 30],
  ])('after %s is %d times the first delay', (text, times) => {
    expect(retryWait(refused(text), FIRST)).toBe(times * MINUTE);
  });

  it.each([
    ['ECONNREFUSED', 1],
    ['ETIMEDOUT', 1],
    ['ETLS', 5],
    ['EAUTH', 5],
    ['EDNS', 5],
  ])('after %s is %d times the first delay', (code, times) => {
    expect(retryWait(broken(code), FIRST)).toBe(times * MINUTE);
  });

  it('doubles, with a quarter more or less, up to four hours', () => {
    const outcome = refused('451 4.3.0 Local error');
    const waits = [1, 2, 3, 12].map((attempts) => retryWait(outcome, { ...FIRST, attempts }));
    expect(waits).toEqual([1, 2, 4, 240].map((minutes) => minutes * MINUTE));
    expect(retryWait(outcome, { ...FIRST, random: 0 })).toBe(0.75 * MINUTE);
    expect(retryWait(outcome, { ...FIRST, random: 0.999_999 })).toBe(1.25 * MINUTE);
  });

  it('ends when the usual one is longer than what is left, and not because of a longer one', () => {
    const full = refused('452 4.2.2 Mailbox full');
    expect(retryWait(full, { ...FIRST, left: 30 * MINUTE })).toBe(30 * MINUTE);
    expect(retryWait(full, { ...FIRST, left: 10 * MINUTE })).toBe(10 * MINUTE);
    expect(retryWait(full, { ...FIRST, left: MINUTE })).toBe(MINUTE);
    expect(retryWait(full, { ...FIRST, left: MINUTE - 1 })).toBeUndefined();
    expect(retryWait(refused('451 4.3.0 Local error'), { ...FIRST, left: -1 })).toBeUndefined();
  });
});
