import { describe, expect, it } from 'vitest';
import { toOwnWords } from './own-words.ts';

describe('toOwnWords', () => {
  it('leaves out what quotes the thread', () => {
    const body = 'It is 10.\n\n> What time?\n>> Hello\n\nKim';
    expect(toOwnWords(body, { quotesThread: true })).toBe('It is 10.\n\n\n\n\nKim');
  });

  it.each([
    ['a quote', '> Buy now'],
    ['a quote in a quote', '> > Buy now'],
    ['a quote in a list', '- > Buy now'],
    ['a quote in a numbered list', '1. * > Buy now'],
    ['code', '```\nBuy now\n```'],
    ['code in a quote', '> ```text\n> Buy now\n> ~~~'],
    ['code by its indentation', '    Buy now'],
  ])('reads %s of what nobody wrote', (_what, body) => {
    for (const thread of [undefined, { quotesThread: false }]) {
      expect(toOwnWords(body, thread).trim()).toBe('Buy now');
    }
  });

  it('takes marks of any number', () => {
    expect(toOwnWords(`${'> - '.repeat(50_000)}x`, undefined)).toBe('x');
  });
});
