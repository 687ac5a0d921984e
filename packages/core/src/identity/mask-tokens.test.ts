import { describe, expect, it } from 'vitest';
import { maskTokens, maskTokensInPlace } from './mask-tokens.ts';

const TOKEN = 'Ab3_-'.repeat(8).concat('Wx9z');
const RETURN_PATH = 'abcde'.repeat(8);

describe('tokens of ours in text from outside', () => {
  it.each([
    ['a link', `<https://mail.acme.example/u/${TOKEN}>`],
    ['an opt-in link below a path', `https://acme.example/mail/c/${TOKEN}?x=1`],
    [
      'a link that a filter wraps',
      `https://safe.example/?url=https%3A%2F%2Facme.example%2Fu%2F${TOKEN}&a=b`,
    ],
    [
      'one that two filters wrap',
      `https://safe.example/?url=https%253A%252F%252Fa.example%252Fu%252F${TOKEN}`,
    ],
    ['a header field', `X-Mailwarden-Id: ${TOKEN}`],
    ['a return path', `Return-Path: <news+b-${RETURN_PATH}@acme.example>`],
    ['a field of a report', `Original-Envelope-Id: ${RETURN_PATH}`],
  ])('are not shown: %s', (_, text) => {
    const masked = maskTokens(text);
    expect(masked).not.toContain(TOKEN.slice(0, 20));
    expect(masked).not.toContain(RETURN_PATH.slice(0, 20));
    const inPlace = maskTokensInPlace(text);
    expect(inPlace).toHaveLength(text.length);
    expect(inPlace).not.toContain(TOKEN.slice(0, 20));
    expect(inPlace).not.toContain(RETURN_PATH.slice(0, 20));
  });

  it('leave everything else as it is', () => {
    const text = `See https://acme.example/u/ana and /c/${TOKEN}longer and ${TOKEN}.`;
    expect(maskTokens(text)).toBe(text);
    expect(maskTokensInPlace(text)).toBe(text);
  });
});
