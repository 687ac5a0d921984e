import { expect, it } from 'vitest';
import { parseAddress } from '../identity/address.ts';
import { isSameHouse } from './is-same-house.ts';

const PROVIDERS =
  `yahoo.co.jp outlook.jp docomo.ne.jp foxmail.com yeah.net 139.com gmx.fr gmx.us yandex.by
  protonmail.ch hush.com mailfence.com runbox.com startmail.com riseup.net disroot.org walla.co.il duck.com
  simplelogin.com mozmail.com comcast.net btinternet.com t-online.de`.split(/\s+/);

it.each([
  ['ana@example.com', 'Ana+shop@example.com', true],
  ['ana@mail.globex.example', 'help@globex.example', true],
  ['a.na+x@gmail.com', 'ana@googlemail.com', true],
  ['ana@globex.example', 'ben@initech.example', false],
  ['ana@gmail.com', 'ben@gmail.com', false],
  ['ana@gmx.de', 'ben@gmx.de', false],
  ['ana@outlook.com', 'ben@outlook.com', false],
  ['ana@shop.co.uk', 'ben@other.co.uk', false],
  ['ana@one.github.io', 'ben@two.github.io', false],
  ['ana@mail.docomo.ne.jp', 'ben@docomo.ne.jp', false],
  ['ana@outlook.co.nz', 'ben@outlook.co.nz', false],
  ['ana@yahoo.globex.example', 'ben@globex.example', true],
])('%s and %s: %s', (one, other, same) => {
  expect(isSameHouse(parseAddress(one), parseAddress(other))).toBe(same);
});

it.each(PROVIDERS)('two people at %s are strangers', (domain) => {
  expect(isSameHouse(parseAddress(`ana@${domain}`), parseAddress(`ben@${domain}`))).toBe(false);
});
