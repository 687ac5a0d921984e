import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { parseHeaderField, parseHeaderLine } from './header-field.ts';

const refused = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    return error instanceof MailwardenError ? error.code : 'other';
  }
  return 'accepted';
};

describe('parseHeaderField', () => {
  it('keeps name and value and trims the value', () => {
    expect(parseHeaderField('X-Campaign-ID', '  spring 26 ')).toEqual({
      name: 'X-Campaign-ID',
      value: 'spring 26',
    });
  });

  it.each([
    ['CR', 'a\rb'],
    ['LF', 'a\nBcc: x@example.com'],
    ['CRLF', 'a\r\n b'],
    ['NUL', 'a\0b'],
    ['tab', 'a\tb'],
    ['DEL', 'a\x7fb'],
    ['NEL', 'a\u0085b'],
    ['line separator', 'a\u2028b'],
    ['a lone surrogate', 'a\ud800b'],
    ['a trailing LF', 'a\n'],
    ['nothing', '  '],
  ])('refuses a value with %s', (_what, value) => {
    expect(refused(() => parseHeaderField('X-A', value))).toBe('HEADER_INVALID');
  });

  it.each(['', ' X', 'X Y', 'X:', 'X\r\nY', 'Ünï', 'a(b)', 'x@y', 'a'.repeat(77)])(
    'refuses the name %j',
    (name) => {
      expect(refused(() => parseHeaderField(name, 'v'))).toBe('HEADER_INVALID');
    },
  );

  it('accepts a line of exactly 998 octets and refuses one more', () => {
    expect(parseHeaderField('X-A', 'v'.repeat(993)).value).toHaveLength(993);
    expect(refused(() => parseHeaderField('X-A', 'v'.repeat(994)))).toBe('HEADER_INVALID');
    expect(refused(() => parseHeaderField('X-A', 'ä'.repeat(497)))).toBe('HEADER_INVALID');
  });

  it('lets no control character through, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, value) => {
        let line = '';
        try {
          const field = parseHeaderField(name, value);
          line = `${field.name}: ${field.value}`;
        } catch (error) {
          expect(error).toBeInstanceOf(MailwardenError);
        }
        expect(line).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('parseHeaderLine', () => {
  it('splits at the first colon', () => {
    expect(parseHeaderLine('X-Link: https://acme.example')).toEqual({
      name: 'X-Link',
      value: 'https://acme.example',
    });
  });

  it('refuses a line without a colon, without a name, or with a second line', () => {
    for (const line of ['X-A', ': v', 'X-A: v\r\nBcc: a@example.com', 'X-A:']) {
      expect(refused(() => parseHeaderLine(line))).toBe('HEADER_INVALID');
    }
  });
});
