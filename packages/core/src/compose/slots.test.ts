import { describe, expect, it } from 'vitest';
import { fillSlots, maskSlots, slot } from './slots.ts';

const NONCE = '0192f0c1-7f6e-7abc-8def-0123456789ab';
const OTHER = '0192f0c1-7f6e-7abc-8def-0123456789ac';
const URL_OF_ANA = 'https://mail.acme.example/mail/u/k1.abc_DEF-123';

describe('slots', () => {
  const text = `Unsubscribe: ${slot('unsubscribe', NONCE)}\n`;

  it('are filled with one recipient link each time they occur', () => {
    const filled = fillSlots(text + text, NONCE, { unsubscribe: URL_OF_ANA });
    expect(filled).toBe(`Unsubscribe: ${URL_OF_ANA}\n`.repeat(2));
  });

  it('are masked without showing the nonce', () => {
    expect(maskSlots(text, NONCE)).toBe('Unsubscribe: https://…/u/•••\n');
  });

  it('of another nonce are left as text', () => {
    const forged = `see ${slot('unsubscribe', OTHER)}`;
    expect(fillSlots(forged, NONCE, {})).toBe(forged);
    expect(maskSlots(forged, NONCE)).toBe(forged);
  });

  it('without a value or with an unsafe one fail', () => {
    const unsafe = [
      'javascript:alert(1)',
      'https://a.example/"onclick="x',
      'https://a.example/?a&b',
      "https://a.example/'",
      'https://a.example/\r\nBcc: x',
      'https://a.example/<b>',
    ];
    for (const unsubscribe of unsafe) {
      expect(() => fillSlots(text, NONCE, { unsubscribe })).toThrow('slot');
    }
    expect(() => fillSlots(text, NONCE, {})).toThrow('slot');
    expect(() => fillSlots(text, NONCE, Object.create({ unsubscribe: URL_OF_ANA }))).toThrow();
  });

  it('do not read replacement patterns in a value', () => {
    const unsubscribe = 'https://a.example/$$1$0';
    expect(fillSlots(text, NONCE, { unsubscribe })).toContain(unsubscribe);
  });

  it('refuse a nonce that could be guessed or could change the marker', () => {
    for (const nonce of ['', 'short', `${NONCE}]]`, `${NONCE}\n`]) {
      expect(() => slot('unsubscribe', nonce)).toThrow('nonce');
    }
  });
});
