import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../identity/address.ts';
import { createKeyRing } from '../keys/create-key-ring.ts';
import { createPersonMatcher } from './person-matcher.ts';

const keys = createKeyRing([{ id: 'k1', secret: 'a secret that only these tests know, 1' }], 't');

function matcherOf(text: string, ring = keys) {
  const address = parseAddress(text);
  const known = { canonicals: new Set(keys.identify(address).allCanonical) };
  const byHmac = createPersonMatcher({ keys: ring }, known);
  const byAddress = createPersonMatcher({ keys: ring }, { ...known, address });
  // A worker that goes on with an erasure knows the HMAC alone, and finds the same.
  const redact = (given: string): string => {
    const clean = byAddress.redact(given);
    expect(byHmac.redact(given)).toBe(clean);
    return clean;
  };
  return { isPerson: byHmac.isPerson, redact, redactJson: byAddress.redactJson };
}

describe('a person matcher', () => {
  const { isPerson, redact, redactJson } = matcherOf('ana.lee@customer.example');

  it('knows every spelling, and nobody else', () => {
    for (const same of ['Ana.Lee@customer.example', 'ana.lee+news@CUSTOMER.example']) {
      expect(isPerson(same)).toBe(true);
    }
    for (const other of [
      'analee@customer.example',
      'ana.lee@customer.example.org',
      '[erased]',
      '',
    ]) {
      expect(isPerson(other)).toBe(false);
    }
    expect(matcherOf('analee@gmail.com').isPerson('Ana.Lee+x@googlemail.com')).toBe(true);
  });

  it.each([
    ['Write to ana.lee@customer.example.', 'Write to [erased].'],
    ['<Ana.Lee+x@customer.example>, bob@customer.example', '<[erased]>, bob@customer.example'],
    ["'ana.lee@customer.example'", "'[erased]'"],
    [
      'https://acme.example/?email=ana.lee@customer.example&x=1',
      'https://acme.example/?email=[erased]&x=1',
    ],
    ['href="/u?e=ana.lee%40customer.example"', 'href="/u?e=[erased]"'],
    ['ana.lee&#64;customer.example', '[erased]'],
    ['mailto:ana.lee@customer.example', 'mailto:[erased]'],
    ['diana.lee@customer.example', 'diana.lee@customer.example'],
    ["Ask o'ana.lee@customer.example", "Ask o'ana.lee@customer.example"],
    ["o'ana.lee@customer.example", "o'ana.lee@customer.example"],
    ['sales=ana.lee@customer.example', 'sales=ana.lee@customer.example'],
    ['no address here', 'no address here'],
    ['a@b.c@ana.lee@customer.example', 'a@b.c@[erased]'],
    [
      'Ask _ana.lee@customer.example_ or __ana.lee@customer.example__.',
      'Ask _[erased]_ or __[erased]__.',
    ],
    ['(_ana.lee@customer.example,_)', '(_[erased],_)'],
    ['**ana.lee@customer.example** ~ana.lee@customer.example~', '**[erased]** ~[erased]~'],
    ['_ana.lee@customer.example_old', '_ana.lee@customer.example_old'],
    ['_ana.lee@customer.example and _bob_', '_ana.lee@customer.example and _bob_'],
    ['?e%3Dana.lee%40customer.example%26x', '?e%3D[erased]%26x'],
    ['%3Cana.lee%40customer.example%3E', '%3C[erased]%3E'],
    ['?e=ana.lee%2540customer.example&x', '?e=[erased]&x'],
    ['?u=%2Fu%3Fe%253Dana.lee%252Bnews%2540customer%252Eexample', '?u=%2Fu%3Fe%253D[erased]'],
    ['&lt;ana.lee&commat;customer&#46;example&gt;', '&lt;[erased]&gt;'],
    ['&amp;lt;ana.lee&amp;#64;customer.example&amp;gt;', '&amp;lt;[erased]&amp;gt;'],
    ['"a":"Said:\\nana.lee@customer.example\\tand"', '"a":"Said:\\n[erased]\\tand"'],
    ['"a":"\\u003cana.lee\\u0040customer.example\\u003e"', '"a":"\\u003c[erased]\\u003e"'],
    ['\\\\u003cana.lee@customer.example\\\\u003e', '\\\\u003c[erased]\\\\u003e'],
    ['see...ana.lee@customer.example', 'see...[erased]'],
    ['(.ana.lee@customer.example)', '(.[erased])'],
    ['Write to ana.lee@customer.example.Thanks', 'Write to [erased].Thanks'],
    ['ana.lee@customer.example.Thanks', '[erased].Thanks'],
    ['ana.lee@customer.example.It works, ana', '[erased].It works, ana'],
    ['O%27ana.lee%40customer.example', 'O%27ana.lee%40customer.example'],
    ['o&#39;ana.lee@customer.example', 'o&#39;ana.lee@customer.example'],
    ['o\\u2019ana.lee@customer.example', 'o\\u2019ana.lee@customer.example'],
    ['<ana.lee@customer.example.It>', '<ana.lee@customer.example.It>'],
    [
      'Ask ana.lee@customer.example.org or ANA.LEE@CUSTOMER.EXAMPLE.ORG',
      'Ask ana.lee@customer.example.org or ANA.LEE@CUSTOMER.EXAMPLE.ORG',
    ],
    ['mailto:mary-ana.lee@customer.example?', 'mailto:mary-ana.lee@customer.example?'],
    ['x ana.lee@customer.examples x', 'x ana.lee@customer.examples x'],
  ])('redacts %j', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('redacts inside JSON, where a line break stands before the address', () => {
    const json = JSON.stringify({ note: 'Said:\nana.lee@customer.example', list: ['x'], n: 1 });
    expect(JSON.parse(redactJson(json))).toEqual({ note: 'Said:\n[erased]', list: ['x'], n: 1 });
    expect(redactJson('{"a": 1}')).toBe('{"a": 1}');
    expect(redactJson('broken ana.lee@customer.example')).toBe('broken [erased]');
  });

  it('reads both ways what may be a line break or the last part of a path', () => {
    const ned = matcherOf('ned@customer.example').redact;
    const ed = matcherOf('ed@customer.example').redact;
    expect(ned('ACME\\ned@customer.example')).toBe('ACME\\[erased]');
    expect(ed('Said:\\ned@customer.example')).toBe('Said:\\n[erased]');
    expect(ed('Ask ned@customer.example')).toBe('Ask ned@customer.example');
  });

  it('finds a domain of other letters, however they are written', () => {
    const { redact: clean } = matcherOf('jan@münchen.example');
    for (const domain of ['münchen.example', 'MÜNCHEN.example', 'xn--mnchen-3ya.example']) {
      expect(clean(`An jan@${domain}!`)).toBe('An [erased]!');
    }
    expect(clean('An jan@mu\u0308nchen.example!')).toBe('An [erased]!');
    expect(clean('?e=jan%40m%C3%BCnchen.example')).toBe('?e=[erased]');
  });

  it('takes hostile text of a megabyte in steps that grow with its length alone', () => {
    const hostile: readonly (readonly [text: string, asked: number])[] = [
      ['a', 0],
      ['a@', 0],
      ['=a', 0],
      ['%25', 0],
      ['&amp;', 0],
      ['\\\\', 0],
      ['....', 0],
      ["'=_a@b.example.A.B.C.D_", 12],
      [`${'=a'.repeat(32)}@customer.example.Aa.Bb.Cc.Dd `, 120],
    ];
    for (const [piece, most] of hostile) {
      // Where it asks, each question takes its time.
      const count = Math.floor((most === 0 ? 1_000_000 : 100_000) / piece.length);
      const asked = countAsked(piece.repeat(count));
      expect([piece, asked <= most * count + most + 1]).toEqual([piece, true]);
    }
  });

  it('takes a megabyte without a break in its stride', () => {
    const text = `${'a'.repeat(1_000_000)}@x.example ana.lee@customer.example`;
    expect(redact(text).endsWith(' [erased]')).toBe(true);
  });

  const name = fc.stringMatching(/^[a-z][a-z0-9]{1,7}$/);
  const person = fc
    .tuple(fc.array(name, { minLength: 1, maxLength: 3 }), name)
    .map(([parts, host]) => ({ local: parts.join('.'), domain: `${host}.example` }));
  /** How an address stands among other words, and how its own characters are written there. */
  const place = fc.constantFrom<readonly [string, string, (address: string) => string]>(
    ['Write to ', ', please', (address) => address],
    ['Write to ', '.', (address) => address],
    ['"', '"', (address) => address],
    ["'", "'", (address) => address],
    ['<', '>', (address) => address],
    ['**', '**', (address) => address],
    ['see...', '...', (address) => address],
    ['href="https://acme.example/u?e=', '&x=1"', (address) => encodeURIComponent(address)],
    ['?u=%3Fe%3D', '%26', (address) => encodeURIComponent(encodeURIComponent(address))],
    ['&lt;', '&gt;', (address) => address.replace('@', '&#64;')],
    ['"said:\\r\\n', '\\u003e"', (address) => address.replace('@', '\\u0040')],
  );

  it('replaces every spelling wherever it stands, and nothing around it', () => {
    fc.assert(
      fc.property(
        person,
        place,
        fc.boolean(),
        ({ local, domain }, [before, after, write], upper) => {
          const address = `${local}+tag@${domain}`;
          const text = `${before}${write(upper ? address.toUpperCase() : address)}${after}`;
          expect(matcherOf(`${local}@${domain}`).redact(text)).toBe(`${before}[erased]${after}`);
        },
      ),
    );
  });

  it('never cuts another whole address that theirs begins or ends', () => {
    const others = fc.tuple(name, fc.constantFrom('', '.', '-', '_', "'"));
    const longer = fc.constantFrom('s', '-x', '.org', '.co.uk', 'anic', '.internal');
    fc.assert(
      fc.property(
        person,
        place,
        others,
        longer,
        (one, [before, after, write], [more, sign], end) => {
          const { redact: clean } = matcherOf(`${one.local}@${one.domain}`);
          for (const other of [
            `${more}${sign}${one.local}@${one.domain}`,
            `${one.local}@${one.domain}${end}`,
            `${one.local}@${more}.${one.domain}`,
            `${one.local}x@${one.domain}`,
          ]) {
            // Without a sign it may be a tenth name that begins with a letter of an escape.
            if (before.endsWith('\\n')) continue;
            const text = `${before}${write(other)}${after}`;
            expect(clean(text)).toBe(text);
            expect(clean(other)).toBe(other);
          }
        },
      ),
    );
  });
});

/** How often a matcher that knows the HMAC alone asks for one. */
function countAsked(text: string): number {
  let asked = 0;
  const somebody = keys.identify(parseAddress('somebody@else.example'));
  const ring: typeof keys = {
    ...keys,
    identify() {
      asked += 1;
      return somebody;
    },
  };
  const canonicals = new Set(keys.identify(parseAddress('ana.lee@customer.example')).allCanonical);
  expect(createPersonMatcher({ keys: ring }, { canonicals }).redact(text)).toBe(text);
  return asked;
}
