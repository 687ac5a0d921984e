import { describe, expect, it } from 'vitest';
import { rememberLine } from './remember-line.ts';

function counting() {
  let reads = 0;
  const read = rememberLine((line) => {
    reads += 1;
    return line.includes('found') ? [line] : [];
  });
  return { read, reads: () => reads };
}

describe('rememberLine', () => {
  it('reads a line once, whether or not it found something', () => {
    const { read, reads } = counting();
    const lines = ['', 'one', 'two found', `long ${'x'.repeat(5_000)} found`, 'lone \ud800 found'];
    for (const line of [...lines, ...lines]) {
      expect(read(line)).toEqual(line.includes('found') ? [line] : []);
    }
    expect(reads()).toBe(lines.length);
  });

  it('goes on remembering a line that is asked for among many others', () => {
    const { read, reads } = counting();
    for (let at = 0; at < 20_000; at += 1) {
      read(`line of message ${at}`);
      read('line of all');
    }
    expect(reads()).toBe(20_001);
  });

  it('forgets when it has read too much, and answers the same', () => {
    const { read, reads } = counting();
    const lines = ['x', 'y', 'x'].map((letter) => letter.repeat(300_000));
    for (const line of lines) expect(read(line)).toEqual([]);
    expect(reads()).toBe(3);
  });
});
