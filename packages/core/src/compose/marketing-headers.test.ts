import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marketingHeaders } from './marketing-headers.ts';

const INPUT = {
  publicUrl: 'https://mail.acme.example/mail/',
  token: 'k1.abc_DEF-123',
  mailbox: 'news@acme.example',
  sender: 'acme',
  topic: 'product-news',
  campaign: 'Spring: 2026',
};

const toObject = (input: Parameters<typeof marketingHeaders>[0]) =>
  Object.fromEntries(marketingHeaders(input).map(({ name, value }) => [name, value]));

describe('marketingHeaders', () => {
  it('has exactly the fields of RFC 8058, RFC 2919, Feedback-ID and Precedence', () => {
    expect(toObject(INPUT)).toEqual({
      'List-Unsubscribe': '<https://mail.acme.example/mail/u/k1.abc_DEF-123>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': '<product-news.acme.example>',
      'Feedback-ID': 'Spring-2026:product-news:news:acme-sender',
      Precedence: 'bulk',
    });
  });

  it('names a mailto address where mail is read and both fit one line', () => {
    const mailbox = 'news+spring=1@acme.example';
    const fields = toObject({ ...INPUT, mailbox, receives: true });
    expect(fields['List-Unsubscribe']).toBe(
      `${toObject(INPUT)['List-Unsubscribe']}, <mailto:news%2Bspring%3D1@acme.example?subject=unsubscribe%20${INPUT.token}>`,
    );
    const publicUrl = `https://acme.example/${'x'.repeat(830)}`;
    const long = toObject({ ...INPUT, publicUrl, receives: true });
    expect(long['List-Unsubscribe']).not.toContain('mailto');
  });

  it('fills in what is not said', () => {
    const { topic, campaign, ...bare } = INPUT;
    expect(toObject({ ...bare, sender: 'acme-incorporated-of-california' })).toMatchObject({
      'List-Id': '<marketing.acme.example>',
      'Feedback-ID': 'none:none:news:acme-incorporat',
    });
  });

  it('keeps the form whatever topic and campaign are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (topic, campaign) => {
          const fields = toObject({ ...INPUT, topic, campaign });
          expect(fields['List-Id']).toMatch(/^<[\w-]+(?:[.-]+[\w-]+)*\.acme\.example>$/);
          expect(fields['Feedback-ID']).toMatch(/^[\w.-]+:[\w.-]+:[\w.-]+:[\w.-]{5,15}$/);
        },
      ),
    );
  });

  it('refuses a URL with a line break', () => {
    expect(() => marketingHeaders({ ...INPUT, publicUrl: 'https://a.example/\r\nX: y' })).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID' }),
    );
  });
});
