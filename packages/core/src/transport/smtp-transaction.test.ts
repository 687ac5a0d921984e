import { describe, expect, it } from 'vitest';
import { parseAddress } from '../identity/address.ts';
import { classifyResult } from './classify-result.ts';
import { SmtpTransaction } from './smtp-transaction.ts';

const ada = parseAddress('ada@example.com');
const ok = { code: 250, text: 'ok' };
const reset = { code: 'ESOCKET', message: 'read ECONNRESET' };

describe('SmtpTransaction', () => {
  it('P6 says unknown when the message was read and the log told of no 354', () => {
    const transaction = new SmtpTransaction([ada]);
    transaction.noteContent();
    for (const failure of [reset, undefined]) {
      const result = transaction.toResult('mail.acme.example', failure);
      expect(result).toMatchObject({ phase: 'unknown', accepted: [], rejected: [] });
      expect(classifyResult(result, [ada]).get(ada)?.outcome).toBe('unknown');
    }
  });

  it('P6 accepts nothing without an answer after the dot', () => {
    const transaction = new SmtpTransaction([ada]);
    transaction.noteMail(ok);
    transaction.noteRecipient(ok);
    transaction.noteData({ code: 354, text: 'go' });
    transaction.noteContent();
    expect(transaction.noteFinal(ok)).toBe(false);
    transaction.noteDot();
    expect(transaction.noteFinal(ok)).toBe(true);
    expect(transaction.toResult('mail.acme.example', reset).phase).toBe('data');
    expect(transaction.toResult('mail.acme.example').phase).toBe('done');
  });

  it('concludes nothing from replies that no longer fit', () => {
    const transaction = new SmtpTransaction([ada]);
    transaction.noteMail(ok);
    transaction.noteRecipient({ code: 550, enhanced: '5.1.1', text: 'no' });
    transaction.distrust();
    expect(transaction.toResult('mail.acme.example', reset)).toMatchObject({
      phase: 'rcpt',
      rejected: [],
      broken: reset,
    });
  });
});
