import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { buildWire, type WireInput } from './build-wire.ts';
import { marketingHeaders } from './marketing-headers.ts';

const INPUT: WireInput = {
  from: { address: 'news@acme.example', name: 'Acme, Inc.' },
  to: ['ana@example.com', 'bo@example.com'],
  cc: ['cy@example.com'],
  replyTo: 'help@acme.example',
  subject: 'Grüße from Acme',
  date: Date.UTC(2026, 4, 7, 8, 9, 10),
  messageId: '0192f0c1@acme.example',
  inReplyTo: 'a@x.example',
  references: ['r@x.example', 'a@x.example'],
  callerHeaders: [['X-Campaign-ID', 'spring ☀']],
  marketingHeaders: marketingHeaders({
    publicUrl: 'https://mail.acme.example/mail',
    token: 'k1.abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz',
    mailbox: 'news@acme.example',
    sender: 'acme',
  }),
  text: 'Hi Ana\n.\nFrom here – ✓\n',
  html: '<p>Hi Ana – ✓</p>',
  attachments: [
    { name: 'résumé.pdf', type: 'application/pdf', content: new Uint8Array([1, 2, 3, 13, 10, 0]) },
  ],
};

const headerOf = (raw: Buffer): string => raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
const namesIn = (raw: Buffer): string[] =>
  [...headerOf(raw).matchAll(/^([!-9;-~]+):/gm)].map((match) => (match[1] ?? '').toLowerCase());

describe('buildWire', () => {
  it('is read back by a MIME parser as it was given', async () => {
    const raw = buildWire(INPUT);
    const mail = await PostalMime.parse(raw);
    expect(mail).toMatchObject({
      from: { address: 'news@acme.example', name: 'Acme, Inc.' },
      to: [{ address: 'ana@example.com' }, { address: 'bo@example.com' }],
      cc: [{ address: 'cy@example.com' }],
      replyTo: [{ address: 'help@acme.example' }],
      subject: 'Grüße from Acme',
      messageId: '<0192f0c1@acme.example>',
      inReplyTo: '<a@x.example>',
      references: '<r@x.example> <a@x.example>',
      date: '2026-05-07T08:09:10.000Z',
    });
    expect(mail.text?.trimEnd()).toBe(INPUT.text.trimEnd());
    expect(mail.html?.trimEnd()).toBe(INPUT.html);
    expect(mail.headers.find(({ key }) => key === 'x-campaign-id')?.value).toBe(
      '=?UTF-8?Q?spring_=E2=98=80?=',
    );
    const [attachment] = mail.attachments;
    expect(attachment).toMatchObject({ filename: 'résumé.pdf', mimeType: 'application/pdf' });
    expect(new Uint8Array(attachment?.content as ArrayBuffer)).toEqual(
      INPUT.attachments[0]?.content,
    );
  });

  it('has CRLF line ends, no line over 998 octets, no Bcc and no X-Mailer', async () => {
    const raw = buildWire({ ...INPUT, text: 'x'.repeat(5000), html: 'y'.repeat(5000) });
    const text = raw.toString('latin1');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(namesIn(raw).sort()).toEqual(
      [
        ...['from', 'to', 'cc', 'reply-to', 'subject', 'date', 'message-id', 'in-reply-to'],
        ...['references', 'x-campaign-id', 'list-unsubscribe', 'list-unsubscribe-post', 'list-id'],
        ...['feedback-id', 'precedence', 'mime-version', 'content-type'],
      ].sort(),
    );
  });

  it('writes List-Unsubscribe on one line, however long', async () => {
    const raw = buildWire(INPUT);
    expect(headerOf(raw)).toMatch(
      /^List-Unsubscribe: <https:\/\/mail\.acme\.example\/mail\/u\/k1\.[a-z0-9]{62}>$/m,
    );
  });

  it('says Auto-Submitted only when asked', async () => {
    expect(namesIn(buildWire(INPUT))).not.toContain('auto-submitted');
    const raw = buildWire({ ...INPUT, autoSubmitted: 'auto-generated' });
    expect(headerOf(raw)).toMatch(/^Auto-Submitted: auto-generated$/m);
  });

  it('makes a single text part without HTML and attachments', async () => {
    const { html, replyTo, inReplyTo, ...rest } = INPUT;
    const raw = buildWire({
      ...rest,
      attachments: [],
      references: [],
      marketingHeaders: [],
      cc: [],
    });
    expect(headerOf(raw)).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m);
    expect(namesIn(raw)).not.toContain('cc');
  });

  it('shows a subject that looks encoded as it was approved', async () => {
    for (const subject of ['=?utf-8?B?RnJlZSBtb25leQ==?=', 'a =?utf-8?Q?=0D=0ABcc:_x?= b']) {
      const raw = buildWire({ ...INPUT, subject });
      expect((await PostalMime.parse(raw)).subject).toBe(subject);
    }
  });

  it('carries subjects of any length and script', async () => {
    for (const subject of ['x'.repeat(998), 'ü'.repeat(998), '☀️ '.repeat(300).trim(), 'a  b', '']) {
      const raw = buildWire({ ...INPUT, subject });
      const longest = Math.max(
        ...headerOf(raw)
          .split('\r\n')
          .map((line) => line.length),
      );
      expect(longest).toBeLessThanOrEqual(200);
      expect((await PostalMime.parse(raw)).subject ?? '').toBe(subject);
    }
  });

  it('takes an attachment for data, whatever its name and type claim', async () => {
    const content = Buffer.from('Subject: inner\r\n\r\nbody');
    const raw = buildWire({
      ...INPUT,
      attachments: [
        { name: '../../etc/a\r\nb"c.eml', type: 'message/rfc822', content },
        { name: '', type: 'text/html\r\nX-Evil: 1', content },
        { name: 'https://a.example/x', type: 'multipart/mixed; boundary=b', content },
      ],
    });
    const { attachments } = await PostalMime.parse(raw);
    expect(attachments.map(({ filename }) => filename)).toEqual([
      '.._.._etc_a_b"c.eml',
      'attachment',
      'https:_a.example_x',
    ]);
    for (const { mimeType } of attachments) expect(mimeType).toBe('application/octet-stream');
    expect(raw.toString('latin1')).not.toContain('X-Evil');
  });

  it.each([
    ['subject', { subject: 'a\r\nBcc: eve@example.com' }],
    ['subject', { subject: 'a\u2028b' }],
    ['sender name', { from: { address: 'a@acme.example', name: 'A\r\nBcc: eve@example.com' } }],
    ['message id', { messageId: 'a@b>\r\nBcc: eve@example.com' }],
    ['caller header', { callerHeaders: [['X-A', 'a\nBcc: eve@example.com']] as const }],
    ['caller header name', { callerHeaders: [['X-A: b\r\nBcc', 'x']] as const }],
    ['core header', { marketingHeaders: [{ name: 'List-Id', value: '<a>\r\nBcc: x' }] }],
    ['core header', { marketingHeaders: [{ name: 'List-Id', value: '<ü>' }] }],
  ])('refuses a %s that could add a field', async (_what, change) => {
    expect(() => buildWire({ ...INPUT, ...change })).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID' }),
    );
  });

  it.each([
    { from: { address: 'a@acme.example>\r\nBcc: x', name: '' } },
    { to: ['ana@example.com, eve@example.com'] },
    { to: ['Ana <ana@example.com>'] },
    { cc: ['undisclosed:;'] },
    { replyTo: 'a@b.example\n' + 'c' },
  ])('refuses %j as an address', async (change) => {
    expect(() => buildWire({ ...INPUT, ...change })).toThrow(
      expect.objectContaining({ code: 'ADDRESS_INVALID' }),
    );
  });

  it('leaves out references that no header can carry', async () => {
    const references = ['ok@x.example', 'a b@x', 'ü@x', '<y@x>', 'z\r\nBcc: eve@example.com'];
    const raw = buildWire({ ...INPUT, references, inReplyTo: 'a\r\nb' });
    expect(headerOf(raw)).toMatch(/^References: <ok@x\.example>$/m);
    expect(namesIn(raw)).not.toContain('in-reply-to');
  });

  it('lets no line break of any input into a header', async () => {
    const known = new Set([
      ...namesIn(buildWire({ ...INPUT, autoSubmitted: 'auto-generated' })),
      'content-transfer-encoding',
    ]);
    const piece = fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      '\0',
      'X-Evil: 1',
      ' ',
      '\t',
      'a',
      'ü',
      '"',
      '<',
      '>',
      ',',
      ';',
      '=?',
      '\u2028',
      '\\',
      '(',
    );
    const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.record({
          subject: hostile,
          text: hostile,
          html: hostile,
          inReplyTo: hostile,
          references: fc.array(hostile, { maxLength: 3 }),
          attachments: fc.array(
            fc.record({ name: hostile, type: hostile, content: fc.uint8Array({ maxLength: 9 }) }),
            { maxLength: 2 },
          ),
          callerHeaders: fc.array(fc.tuple(fc.constant('X-Campaign-ID'), hostile), {
            maxLength: 2,
          }),
          from: fc.record({ address: fc.constant('news@acme.example'), name: hostile }),
        }),
        (change) => {
          let raw: Buffer;
          try {
            raw = buildWire({ ...INPUT, ...change });
          } catch (error) {
            expect(error).toMatchObject({ code: 'HEADER_INVALID' });
            return;
          }
          for (const name of namesIn(raw)) expect(known).toContain(name);
          expect(headerOf(raw)).not.toMatch(/^X-Evil/m);
          expect(headerOf(raw).replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/);
        },
      ),
      { numRuns: 150 },
    );
  });
});
