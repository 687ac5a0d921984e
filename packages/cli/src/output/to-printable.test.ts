import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPrintable, toPrintableJson, toPrintableLine } from './to-printable.ts';

describe('toPrintable', () => {
  it.each([
    ['an escape sequence', 'a\u001b[2Jb', 'a<U+001B>[2Jb'],
    ['an 8-bit control sequence', 'a\u009b2Jb', 'a<U+009B>2Jb'],
    ['a carriage return', 'pay\rPAY', 'pay<U+000D>PAY'],
    ['reversed text', 'a\u202eb', 'a<U+202E>b'],
    ['zero width', 'a\u200bb', 'a<U+200B>b'],
    ['invisible tags', 'a\u{e0041}b', 'a<U+E0041>b'],
  ])('shows %s', (_, given, shown) => {
    expect(toPrintable(given)).toBe(shown);
  });

  it('keeps lines, tabs, accents and joined emoji', () => {
    const text = 'Grüße,\n\tdear 👩‍💻';
    expect(toPrintable(text)).toBe(text);
    expect(toPrintable('one\r\ntwo')).toBe('one\ntwo');
  });

  it('leaves one line of one line', () => {
    expect(toPrintableLine(' a\n b\t c ')).toBe('a b c');
  });
});

describe('toPrintableJson', () => {
  it('parses back to what it was and holds no control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = toPrintableJson({ text });
        expect(JSON.parse(json)).toEqual({ text });
        expect(json.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
