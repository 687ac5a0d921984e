import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageId, parseMessageIds } from './message-id.ts';

describe('createMessageId', () => {
  it('is unique, under the domain and without brackets', () => {
    const [one, two] = [createMessageId('acme.example'), createMessageId('ACME.example')];
    expect(one).toMatch(/^[0-9a-f-]{36}@acme\.example$/);
    expect(two).toMatch(/@acme\.example$/);
    expect(one).not.toBe(two);
    expect(parseMessageIds(`<${one}>`)).toEqual([one]);
  });

  it('refuses what is no domain', () => {
    expect(() => createMessageId('x>\r\nBcc: a@b.example')).toThrow('email address');
  });
});

describe('parseMessageIds', () => {
  it('reads a folded References field in order, without repeats', () => {
    expect(parseMessageIds('<a@x.example>\r\n\t<b@x.example> (why) <a@x.example>')).toEqual([
      'a@x.example',
      'b@x.example',
    ]);
  });

  it('accepts a single id without brackets', () => {
    expect(parseMessageIds(' a.b+c@x.example ')).toEqual(['a.b+c@x.example']);
  });

  it('finds nothing in prose, in an empty field and in an id over 250 characters', () => {
    for (const text of ['', 'your mail of Monday', '<>', '<a b@x>', `<${'a'.repeat(251)}@x>`]) {
      expect(parseMessageIds(text)).toEqual([]);
    }
  });

  it('keeps the root and the newest of more than a hundred', () => {
    const ids = Array.from({ length: 500 }, (_, index) => `${index}@x.example`);
    const parsed = parseMessageIds(ids.map((id) => `<${id}>`).join(' '));
    expect(parsed).toHaveLength(100);
    expect(parsed[0]).toBe('0@x.example');
    expect(parsed.at(-1)).toBe('499@x.example');
  });

  it('survives hostile text and returns only printable ids', () => {
    parseMessageIds('<'.repeat(1_000_000));
    parseMessageIds(`<${'a@'.repeat(500_000)}`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const id of parseMessageIds(`<${text}>`)) expect(id).toMatch(/^[!-~]+$/);
      }),
    );
  });
});
