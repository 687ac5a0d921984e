import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSmtpContent } from './smtp-content.ts';

const toContent = (text: string) => toSmtpContent(Buffer.from(text)).bytes.toString();

describe('toSmtpContent', () => {
  it.each([
    ['a\r\nb\r\n', 'a\r\nb\r\n'],
    ['a', 'a\r\n'],
    ['', '\r\n'],
    ['.', '..\r\n'],
    ['a\r\n.\r\nb', 'a\r\n..\r\nb\r\n'],
    ['a\r\n..b\r\n', 'a\r\n...b\r\n'],
    ['a\n.\nb\n', 'a\r\n..\r\nb\r\n'],
    ['a\r.\rb\r', 'a\r\n..\r\nb\r\n'],
    ['a\r\n.\r', 'a\r\n..\r\n'],
    ['a\r\r\n', 'a\r\n\r\n'],
    ['ü\rb\r\n', 'ü\r\nb\r\n'],
  ])('makes %j into %j', (given, fit) => {
    expect(toContent(given)).toBe(fit);
  });

  it('does not copy what is fit', () => {
    const raw = new Uint8Array(Buffer.from('Subject: a\r\n\r\nb.c\r\n'));
    expect(toSmtpContent(raw).bytes.buffer).toBe(raw.buffer);
  });

  it('knows bytes above 127', () => {
    expect(toSmtpContent(Buffer.from('a\r\n')).isEightBit).toBe(false);
    expect(toSmtpContent(Buffer.from('ü\r\n')).isEightBit).toBe(true);
  });

  it('never holds an end of the message, and gives back its lines', () => {
    const piece = fc.constantFrom('\r\n', '\n', '\r', '.', '..', 'a', 'ü');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const content = toContent(text);
        expect(`\r\n${content}`).not.toContain('\r\n.\r\n');
        expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const lines = text.replace(/\r\n|\r|\n/g, '\r\n');
        const ended = lines.endsWith('\r\n') ? lines : `${lines}\r\n`;
        expect(content.replace(/^\./gm, '')).toBe(ended);
      }),
    );
  });
});
