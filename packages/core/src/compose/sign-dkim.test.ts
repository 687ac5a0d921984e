import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { describe, expect, it } from 'vitest';
import { buildWire, type WireInput } from './build-wire.ts';
import { marketingHeaders } from './marketing-headers.ts';
import { signDkim } from './sign-dkim.ts';

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ED25519 = generateKeyPairSync('ed25519');

const INPUT: WireInput = {
  from: { address: 'news@acme.example', name: 'Acme' },
  to: ['ana@example.com'],
  cc: [],
  subject: 'Grüße',
  date: Date.UTC(2026, 4, 7),
  messageId: '0192f0c1@acme.example',
  references: [],
  callerHeaders: [],
  marketingHeaders: marketingHeaders({
    publicUrl: 'https://mail.acme.example/mail',
    token: 't'.repeat(90),
    mailbox: 'news@acme.example',
    sender: 'acme',
  }),
  text: 'Hi  Ana \n\tcolumns\t\nend\n\n\n',
  html: '<p>Hi</p>',
  attachments: [{ name: 'a.bin', type: 'application/octet-stream', content: Buffer.alloc(999, 7) }],
};

const options = (key: KeyObject) => ({
  domainName: 'acme.example',
  keySelector: 'k1',
  privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
});

/** An independent verifier, with the public keys from here instead of DNS. */
async function verify(raw: Buffer, publicKey: KeyObject) {
  const type = publicKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ed25519';
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const key = (type === 'rsa' ? der : der.subarray(-32)).toString('base64');
  const { results } = await dkimVerify(raw, {
    resolver: async (name: string) => {
      expect(name).toBe('k1._domainkey.acme.example');
      return [[`v=DKIM1; k=${type}; p=${key}`]];
    },
  });
  return results.map(({ status }) => status.result);
}

describe('signDkim', () => {
  it.each([
    ['RSA', RSA],
    ['Ed25519', ED25519],
  ])('makes a signature with %s that an independent verifier accepts', async (_name, pair) => {
    const raw = buildWire(INPUT);
    const signed = await signDkim(raw, options(pair.privateKey));
    expect(await verify(signed, pair.publicKey)).toEqual(['pass']);
    expect(signed.subarray(-raw.length)).toEqual(raw);
  });

  it('covers both unsubscribe fields and every field of the closed list', async () => {
    const raw = buildWire({ ...INPUT, cc: ['bo@example.com'], inReplyTo: 'a@x.example' });
    const signed = (await signDkim(raw, options(RSA.privateKey))).toString('latin1');
    const tag = /\bh=([^;]+);/.exec(signed)?.[1] ?? '';
    const names = tag.split(':').map((name) => name.trim());
    for (const field of raw
      .toString('latin1')
      .split('\r\n\r\n')[0]
      ?.match(/^[\w-]+(?=:)/gm) ?? []) {
      expect(names).toContain(field.toLowerCase());
    }
    expect(names.filter((name) => name === 'from')).toHaveLength(2);
    expect(names.filter((name) => name === 'list-unsubscribe-post')).toHaveLength(2);
  });

  it.each([
    ['a changed unsubscribe link', /mail\.acme\.example\/mail/, 'evil.example/x'],
    ['a changed one-click field', 'One-Click', 'One-Clock'],
    ['a changed subject', 'Subject: ', 'Subject: Re: '],
    ['a changed body', 'Hi', 'Ho'],
    ['a second From', 'MIME-Version', 'From: eve@example.com\r\nMIME-Version'],
    ['a second Subject', 'MIME-Version', 'Subject: buy\r\nMIME-Version'],
    [
      'a second List-Unsubscribe',
      'MIME-Version',
      'List-Unsubscribe: <https://e.example>\r\nMIME-Version',
    ],
  ])('does not survive %s', async (_what, from, to) => {
    const raw = buildWire(INPUT);
    const signed = (await signDkim(raw, options(RSA.privateKey))).toString('latin1');
    const [signature = '', ...rest] = signed.split(/(?<=\r\n)(?![ \t])/);
    const changed = rest.join('').replace(from, to);
    expect(changed).not.toBe(rest.join(''));
    expect(await verify(Buffer.from(signature + changed, 'latin1'), RSA.publicKey)).not.toContain(
      'pass',
    );
  });

  it.each(['a', '', 'a\r\n\r\n\r\n', '  a \t b  \r\n \r\n', '\r\n', 'a\r\nb'])(
    'signs the body %j as RFC 6376 §3.4.4 reads it',
    async (body) => {
      const raw = Buffer.from(`From: a@acme.example\r\nSubject:   x\r\n \ty  \r\n\r\n${body}`);
      const signed = await signDkim(raw, options(RSA.privateKey));
      expect(await verify(signed, RSA.publicKey)).toEqual(['pass']);
    },
  );

  it('keeps every line of its field short', async () => {
    const raw = buildWire(INPUT);
    const signed = await signDkim(raw, options(RSA.privateKey));
    const field = signed.subarray(0, signed.length - raw.length).toString('latin1');
    expect(Math.max(...field.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  it('refuses a key, domain or selector that cannot be used, without quoting the key', async () => {
    const good = options(RSA.privateKey);
    const short = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    for (const bad of [
      { ...good, privateKey: 'secret-not-a-key' },
      options(short),
      options(curve),
      { ...good, domainName: 'acme.example; d=evil.example' },
      { ...good, keySelector: 'k1\r\nX: y' },
    ]) {
      const error = await signDkim(Buffer.from('From: a\r\n\r\n'), bad).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'OPTION_INVALID' });
      expect(String(error.stack)).not.toContain('secret-not-a-key');
    }
  });
});
