import { describe, expect, it } from 'vitest';
import { contentFingerprint } from './content-fingerprint.ts';
import { slot } from './slots.ts';

const NONCES = ['0192f0c1-7f6e-7abc-8def-0123456789ab', '0192f0c1-7f6e-7abc-8def-0123456789ac'];
const make = (subject: string, text: string, nonce: string) =>
  contentFingerprint({ subject, text: `${text}\n${slot('unsubscribe', nonce)}`, nonce });

describe('contentFingerprint', () => {
  const [one = '', two = ''] = NONCES;

  it('is the same under another nonce and with other white space', () => {
    expect(make('Hello', 'Hi Ana,\n\nbye', one)).toBe(make(' Hello ', 'Hi Ana,\nbye ', two));
    expect(make('Cafe\u0301', 'x', one)).toBe(make('Café', 'x', one));
  });

  it('differs for another subject or text, and keeps the two apart', () => {
    const base = make('Hello', 'Hi Ana', one);
    expect(make('Hello!', 'Hi Ana', one)).not.toBe(base);
    expect(make('Hello', 'Hi Bo', one)).not.toBe(base);
    expect(make('Hello Hi', 'Ana', one)).not.toBe(base);
  });
});
