import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortCallerHeaders } from './caller-headers.ts';

const ALLOWED = ['X-Campaign-ID', 'X-Ticket'];

describe('sortCallerHeaders', () => {
  it('keeps allowed fields from lines and from an object, without regard to case', () => {
    const { kept, dropped, findings } = sortCallerHeaders(['x-campaign-id: spring'], ALLOWED);
    expect(kept).toEqual([{ name: 'x-campaign-id', value: 'spring' }]);
    expect([...dropped, ...findings]).toEqual([]);
    expect(sortCallerHeaders({ 'X-Ticket': '7' }, ALLOWED).kept).toEqual([
      { name: 'X-Ticket', value: '7' },
    ]);
  });

  it.each([
    'List-Unsubscribe',
    'LIST-UNSUBSCRIBE-POST',
    'List-Id',
    'List-Help',
    'Precedence',
    'Feedback-ID',
    'Auto-Submitted',
  ])('drops %s with a notice, even when it is on the allow-list', (name) => {
    const { kept, dropped, findings } = sortCallerHeaders([`${name}: x`], [name]);
    expect(dropped).toEqual([{ name, notice: expect.stringContaining(name) }]);
    expect([...kept, ...findings]).toEqual([]);
  });

  it.each([
    'X-SMTPAPI',
    'x-smtpapi',
    'X-MC-Tags',
    'X-MC-BccAddress',
    'X-Mandrill-Account',
    'X-Mailgun-Variables',
    'X-MJ-TemplateID',
    'X-Mailjet-Campaign',
    'X-SES-CONFIGURATION-SET',
    'X-PM-Message-Stream',
    'X-Postmark-Server',
    'X-SG-EID',
    'X-MSYS-API',
    'X-Mailin-Tag',
    'X-Sib-Id',
    'X-Virtual-MTA',
  ])('finds provider control in %s, even when it is on the allow-list', (name) => {
    const { kept, findings } = sortCallerHeaders([`${name}: x`], [name]);
    expect(findings).toEqual([{ name, problem: 'provider_control' }]);
    expect(kept).toEqual([]);
  });

  it.each([
    'From',
    'to',
    'Cc',
    'BCC',
    'Sender',
    'Reply-To',
    'Return-Path',
    'Date',
    'Message-ID',
    'Subject',
    'In-Reply-To',
    'References',
    'MIME-Version',
    'Content-Type',
    'Content-Transfer-Encoding',
    'DKIM-Signature',
    'Received',
    'Received-SPF',
    'Resent-To',
    'Authentication-Results',
    'ARC-Seal',
    'Disposition-Notification-To',
    'Return-Receipt-To',
  ])('does not allow %s, even when it is on the allow-list', (name) => {
    const { kept, findings } = sortCallerHeaders([`${name}: x`], [name]);
    expect(findings).toEqual([{ name, problem: 'not_allowed' }]);
    expect(kept).toEqual([]);
  });

  it('does not allow what nobody listed', () => {
    const { findings } = sortCallerHeaders(['X-Other: 1', 'X-Campaign: 2'], ALLOWED);
    expect(findings.map(({ name }) => name)).toEqual(['X-Other', 'X-Campaign']);
  });

  it('uses the first of two equal names', () => {
    const { kept, dropped } = sortCallerHeaders(['X-Ticket: 1', 'x-ticket: 2'], ALLOWED);
    expect(kept).toEqual([{ name: 'X-Ticket', value: '1' }]);
    expect(dropped).toHaveLength(1);
  });

  it.each([
    [['no colon']],
    [['X-Ticket: a\r\nBcc: eve@example.com']],
    [['X-Ticket\r\nBcc: a@example.com: x']],
    [{ 'X-Ticket': 'a\nb' }],
    [{ 'X Ticket': 'a' }],
    [{ 'X-Ticket': 5 as unknown as string }],
    [Array.from({ length: 51 }, () => 'X-Ticket: 1')],
  ])('refuses %j with HEADER_INVALID', (headers) => {
    expect(() => sortCallerHeaders(headers, ALLOWED)).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID' }),
    );
  });

  it('reads own properties only and survives names of object members', () => {
    const inherited = Object.create({ 'X-Ticket': '1' }) as Record<string, string>;
    expect(sortCallerHeaders(inherited, ALLOWED).kept).toEqual([]);
    const odd = JSON.parse('{"__proto__":"1","constructor":"2","toString":"3"}');
    expect(sortCallerHeaders(odd, ALLOWED).findings).toHaveLength(3);
  });

  it('keeps nothing but allowed, clean fields, whatever comes in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string()), (headers) => {
        try {
          const { kept } = sortCallerHeaders({ ...headers, 'X-Ticket': '1' }, ALLOWED);
          expect(kept.map(({ name }) => name.toLowerCase())).toEqual(['x-ticket']);
        } catch (error) {
          expect(error).toMatchObject({ code: 'HEADER_INVALID' });
        }
      }),
    );
  });
});
