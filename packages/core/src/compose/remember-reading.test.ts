import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rememberReading } from './remember-reading.ts';

function counting() {
  let reads = 0;
  const read = rememberReading((subject, body) => {
    reads += 1;
    if (body === 'bad') throw new TypeError('bad');
    return `${subject}: ${body}`;
  });
  return { read, reads: () => reads };
}

describe('rememberReading', () => {
  it('reads the same text once', () => {
    const { read, reads } = counting();
    expect([read('Hi', 'text'), read('Hi', 'text')]).toEqual(['Hi: text', 'Hi: text']);
    expect(reads()).toBe(1);
  });

  it('reads another subject, and another body, anew', () => {
    const { read, reads } = counting();
    expect([read('a', 'text'), read('b', 'text'), read('a', 'text')]).toEqual([
      'a: text',
      'b: text',
      'a: text',
    ]);
    expect(read('b', 'other')).toBe('b: other');
    expect(reads()).toBe(3);
  });

  it('P2: remembers no failure', () => {
    const { read, reads } = counting();
    expect(() => read('a', 'bad')).toThrow(TypeError);
    expect(() => read('a', 'bad')).toThrow(TypeError);
    expect(reads()).toBe(2);
  });

  it('P3: takes no text for another that looks like its hash, or that UTF-8 cannot tell apart', () => {
    const { read, reads } = counting();
    const long = 'x'.repeat(300);
    const hashed = hash('sha256', long, 'base64');
    const texts = [long, hashed, `#${hashed}`, `=${hashed}`, `${long}\ud800`, `${long}\ufffd`];
    for (const text of texts) expect(read('a', text)).toBe(`a: ${text}`);
    for (const text of texts) expect(read('a', text)).toBe(`a: ${text}`);
    // What is no Unicode is not remembered.
    expect(reads()).toBe(texts.length + 1);
  });

  it('P3: says of no text with a finding that nothing was found, however many are read', () => {
    const find = (text: string) => (text.endsWith('7') ? [text] : []);
    const read = rememberReading((_subject, body) => find(body));
    const texts = Array.from({ length: 60_000 }, (_, at) => String(at));
    for (const text of [...texts, ...texts.toReversed()]) {
      const found = read('', text);
      if (found.join() !== find(text).join()) expect(found).toEqual(find(text));
    }
  });

  it.each([
    ['nothing', []],
    ['the same', [{ host: 'acme.example' }]],
  ])('remembers the texts of a list from request to claim when it found %s', (_, found) => {
    let reads = 0;
    const read = rememberReading(() => {
      reads += 1;
      return found;
    });
    for (let at = 0; at < 26_000; at += 1) read('Hi', `text ${at}`);
    for (let at = 0; at < 26_000; at += 1) expect(read('Hi', `text ${at}`)).toEqual(found);
    expect(reads).toBe(26_000);
  });

  it('goes on remembering what is asked for among many others', () => {
    const { read, reads } = counting();
    for (let at = 0; at < 20_000; at += 1) {
      read('', `text of message ${at}`);
      read('', 'text of all');
    }
    expect(reads()).toBe(20_001);
  });

  it('forgets when it has read too much, and answers the same', () => {
    const { read, reads } = counting();
    const long = 'x'.repeat(1_500_000);
    const other = 'y'.repeat(1_500_000);
    expect(read('a', long)).toBe(`a: ${long}`);
    expect(read('a', other)).toBe(`a: ${other}`);
    expect(read('a', long)).toBe(`a: ${long}`);
    expect(reads()).toBe(3);
  });
});
