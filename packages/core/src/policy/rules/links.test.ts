import { describe, expect, it } from 'vitest';
import type { SendFacts } from '../facts.ts';
import type { Category } from '../modes.ts';
import { links } from './links.ts';

function codesOf(body: string, category: Category = 'conversational', hosts = ['acme.example']) {
  const facts = { content: { category, body }, support: { hosts } };
  // The rule looks at nothing else.
  return links
    .evaluate(facts as unknown as SendFacts)
    .map(({ effect, code }) => `${effect} ${code}`);
}

describe('links', () => {
  it.each([
    '[www.acme.example](https://evil.example/)',
    '[Go to acme.example now](https://acme.example.evil.example/)',
    '[https://acme.example](https://evil.example)',
    '[acme.*example*/login](https://evil.example)',
    '[ａｃｍｅ.example](https://evil.example)',
    '[ac\u200bme.example](https://evil.example)',
    '[acme.example](http://198.51.100.7/)',
    '[README.md](https://evil.example/other)',
    '[acme.example](https://evil.example/acme.example)',
    '[ana@acme.example](mailto:ana@evil.example)',
    '| a |\n|---|\n| [acme.example](https://evil.example) |',
    '- [acme.example](https://evil.example)',
    '> [acme.example](https://evil.example)',
  ])('blocks a label that names another domain: %s', (body) => {
    expect(codesOf(body)).toEqual(['block LINK_TEXT_MISMATCH']);
  });

  it.each([
    '[acme.example](https://shop.acme.example/x)',
    '[shop.acme.example](https://acme.example/x)',
    '[Our shop](https://evil.example)',
    '[README.md](https://code.example.com/blob/main/README.md)',
    '[ASP.NET sample](https://docs.example.com/)',
    '[version 1.2.3](https://docs.example.com/)',
    '[e.g. this](https://docs.example.com/)',
    '[ana@acme.example](mailto:ana@acme.example)',
    'https://anything.example',
    'ana@acme.example',
  ])('lets an honest link pass: %s', (body) => {
    expect(codesOf(body)).toEqual([]);
  });

  it('blocks credentials and shorteners in every category', () => {
    for (const category of ['marketing', 'transactional', 'conversational'] as const) {
      expect(codesOf('https://acme.example@evil.example/', category)).toEqual([
        'block LINK_CREDENTIALS',
      ]);
      expect(codesOf('[x](https://bit.ly/3)', category)).toEqual(['block LINK_SHORTENER']);
    }
  });

  it('holds unknown hosts in all but answers', () => {
    expect(codesOf('https://evil.example', 'transactional')).toEqual(['hold LINK_HOST_UNKNOWN']);
    expect(codesOf('https://www.acme.example', 'transactional')).toEqual([]);
    expect(codesOf('https://evil.example', 'marketing')).toEqual(['hold LINK_HOST_UNKNOWN']);
    expect(codesOf('https://evilacme.example', 'marketing')).toEqual(['hold LINK_HOST_UNKNOWN']);
    expect(codesOf('https://www.acme.example', 'marketing')).toEqual([]);
    expect(codesOf('https://evil.example')).toEqual([]);
  });

  it('names what is too much in one finding', () => {
    const body = Array.from({ length: 50 }, (_, at) => `https://h${at}.example`).join('\n');
    expect(codesOf(body, 'marketing')).toHaveLength(21);
  });

  it('looks at images as well, and names each host once', () => {
    const body = '![logo](https://img.example/1)\n\n![logo](https://img.example/2)';
    expect(codesOf(body, 'marketing')).toEqual(['hold LINK_HOST_UNKNOWN']);
  });
});
