import { describe, expect, it } from 'vitest';
import { parseReply } from '../transport/parse-reply.ts';
import { isRateReply } from './is-rate-reply.ts';

describe('a reply', () => {
  it.each([
    '421 4.7.28 Gmail has detected an unusual rate of unsolicited mail',
    '421-4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints',
    '450 4.7.500 Server busy. Please try again later',
    '421 Try again later, closing connection',
    '451 4.7.651 The mail server has been temporarily rate limited',
    '454 Throttling failure: Maximum sending rate exceeded',
    '421 Too many connections from your host',
  ])('asks for less: %s', (text) => {
    expect(isRateReply(parseReply(text), 'rcpt')).toBe(true);
  });

  it.each([
    '451 4.7.1 Greylisted, please try again later',
    '421 4.7.0 Greylisting in action',
    '421 4.3.2 Try again later',
    '450 4.2.1 The mailbox is busy, try again later',
    '452 4.2.2 Mailbox full',
    '550 5.7.1 Too many messages from this sender',
    '250 2.0.0 OK',
  ])('is about something else: %s', (text) => {
    expect(isRateReply(parseReply(text), 'rcpt')).toBe(false);
  });
});
