import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInbound } from './parse-inbound.ts';

const TRUSTED = { trustedAuthservId: 'mx.acme.example' };

function mail(fields: readonly string[], body = 'Hello\r\n'): string {
  return `${fields.join('\r\n')}\r\n\r\n${body}`;
}

describe('a message', () => {
  test('gives its fields, parts and hashes', async () => {
    const parsed = await parseInbound(
      mail(
        [
          'From: =?utf-8?q?Ana_M=C3=BCller?= <Ana@Example.COM>',
          'To: Team: lifecycle@acme.example, "B, C" <b@example.com>;',
          'Cc: not an address, cc@example.com',
          'Reply-To: desk@example.com',
          'Subject: =?utf-8?b?UmU6IEhhbGzDtg==?=',
          'Date: Sun, 22 Nov 2026 10:00:00 +0100',
          'Message-ID: <child@example.com>',
          'In-Reply-To: <parent@acme.example>',
          'References: <root@acme.example>\r\n <parent@acme.example>',
          'MIME-Version: 1.0',
          'Content-Type: multipart/mixed; boundary=b',
        ],
        [
          '--b',
          'Content-Type: text/plain; charset=utf-8',
          '',
          'Yes please.',
          '',
          'On Sat, Nov 21, 2026 at 9:00 AM Acme <lifecycle@acme.example> wrote:',
          '> Shall we talk?',
          '--b',
          'Content-Type: application/pdf; name="../../plan.pdf"',
          'Content-Disposition: attachment; filename="../../plan.pdf"',
          'Content-Transfer-Encoding: base64',
          '',
          'aGVsbG8=',
          '--b--',
          '',
        ].join('\r\n'),
      ),
    );
    expect(parsed).toMatchObject({
      internetMessageId: 'child@example.com',
      inReplyTo: 'parent@acme.example',
      references: ['root@acme.example', 'parent@acme.example'],
      from: { address: 'Ana@example.com', name: 'Ana Müller' },
      to: [{ address: 'lifecycle@acme.example' }, { address: 'b@example.com', name: 'B, C' }],
      cc: [{ address: 'cc@example.com' }],
      replyTo: { address: 'desk@example.com' },
      subject: 'Re: Hallö',
      date: Date.UTC(2026, 10, 22, 9),
      newText: 'Yes please.',
      defects: [],
      loop: { signs: [], autoSubmitted: false, isBounce: false },
    });
    expect(parsed.text).toContain('> Shall we talk?');
    expect(parsed.attachments).toEqual([
      expect.objectContaining({
        name: 'plan.pdf',
        type: 'application/pdf',
        size: 5,
        sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      }),
    ]);
  });

  test('in HTML alone gives text, quotes cut', async () => {
    const parsed = await parseInbound(
      mail(
        ['From: ana@example.com', 'Content-Type: text/html; charset=utf-8'],
        '<html><head><style>p{}</style></head><body><p>Fine &amp; good</p><div>On Mon, Nov 23, 2026 ' +
          'Acme &lt;a@acme.example&gt; wrote:<br></div><blockquote><p>old</p></blockquote></body></html>',
      ),
    );
    expect(parsed.newText).toBe('Fine & good');
    expect(parsed.text).toContain('> old');
    expect(parsed.text).not.toContain('p{}');
  });

  test('without Message-ID gets the same one each time', async () => {
    const raw = mail(['From: ana@example.com', 'Subject: x']);
    const [first, second] = [await parseInbound(raw), await parseInbound(Buffer.from(raw))];
    expect(first.internetMessageId).toBe(second.internetMessageId);
    expect(first.internetMessageId).toContain('@');
    expect(first.defects).toContain('message_id_missing');
    const other = await parseInbound(`${raw}!`);
    expect(other.internetMessageId).not.toBe(first.internetMessageId);
  });

  test('keeps at most 100 references, the root among them', async () => {
    const ids = Array.from({ length: 5_000 }, (_, n) => `<r${n}@example.com>`).join(' ');
    const { references } = await parseInbound(mail(['From: a@example.com', `References: ${ids}`]));
    expect(references).toHaveLength(100);
    expect(references[0]).toBe('r0@example.com');
    expect(references.at(-1)).toBe('r4999@example.com');
  });

  test('holds no NUL and no line break where there is one line', async () => {
    const parsed = await parseInbound(
      mail(['From: ana@example.com', 'Subject: =?utf-8?q?a=00=0D=0ABcc:_x?='], 'a\0b'),
    );
    expect(parsed.subject).toBe('a Bcc: x');
    expect(parsed.text.trim()).toBe('ab');
  });
});

describe('damage', () => {
  test('of line ends: a bare CR ends a line where nothing else does', async () => {
    const raw =
      'Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.example.net.\n\n<ana@example.com>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\n';
    const parsed = await parseInbound(raw.replaceAll('\n', '\r'));
    expect(parsed).toMatchObject({
      kind: 'delivery_status',
      subject: 'failure notice',
      deliveryStatus: {
        recipients: [{ address: 'ana@example.com', reason: 'user_unknown', permanent: true }],
      },
    });
    expect(parsed.defects).toContain('bare_cr');
  });

  test('by a line of mbox before the header does no harm', async () => {
    const parsed = await parseInbound(
      `From ana@example.com Mon Nov 23 10:00:00 2026\n${mail(['From: ana@example.com', 'Subject: October'])}`,
    );
    expect(parsed).toMatchObject({ subject: 'October', from: { address: 'ana@example.com' } });
  });

  test.each([
    ['nothing', ''],
    ['no header', 'just text'],
    ['a broken boundary', 'Content-Type: multipart/mixed; boundary="x\r\n\r\n--x\r\nbroken'],
    ['wrong base64', 'Content-Transfer-Encoding: base64\r\n\r\n$$$$'],
    ['an unknown charset', 'Content-Type: text/plain; charset=x-none\r\n\r\n\xff\xfe'],
  ])('of the kind "%s" still gives a result', async (_, raw) => {
    const parsed = await parseInbound(Buffer.from(raw, 'latin1'));
    expect(parsed.defects).toContain('from_missing');
  });

  test('by absurd nesting leaves the header fields and names the defect', async () => {
    let raw = 'From: ana@example.com\r\nSubject: deep\r\n';
    for (let n = 0; n < 200; n++)
      raw += `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`;
    const parsed = await parseInbound(raw);
    expect(parsed.subject).toBe('deep');
    expect(parsed.defects).toContain('mime_unreadable');
  });

  test('of any kind never throws', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...['From: ', 'Content-Type: multipart/mixed; boundary=b\r\n', '\r\n', '--b\r\n', '--b--'],
        ...[
          'Content-Type: message/rfc822\r\n\r\n',
          'Subject: =?utf-8?b?',
          '<',
          '>',
          '\n\n',
          ':',
          ';',
        ],
        ...['Authentication-Results: mx.acme.example; dmarc=pass (((', '<!--', '<script>', '&#x0;'],
      ),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const parsed = await parseInbound(pieces.join(''), TRUSTED);
        expect(parsed.text).not.toContain('\0');
        expect(parsed.authentication.dmarc).not.toBe('pass');
      }),
      { numRuns: 300 },
    );
  });
});

describe('authentication', () => {
  const from = 'From: ana@example.com';
  const pass = 'Authentication-Results: mx.acme.example; dmarc=pass header.from=example.com';

  async function verdict(fields: readonly string[], options: typeof TRUSTED | object = TRUSTED) {
    return (await parseInbound(mail(fields), options)).authentication;
  }

  test('is believed from the trusted server', async () => {
    expect(await verdict([pass, from])).toEqual({ dmarc: 'pass', authservId: 'mx.acme.example' });
    expect((await verdict([pass.replace('pass', 'fail (p=reject; dis=none)'), from])).dmarc).toBe(
      'fail',
    );
    expect(
      (await verdict([pass.replace('mx.acme.example', 'MX.ACME.EXAMPLE 1'), from])).dmarc,
    ).toBe('pass');
  });

  test('is none when nobody is trusted, or another server spoke', async () => {
    expect((await verdict([pass, from], {})).dmarc).toBe('none');
    expect((await verdict([pass.replace('mx.acme', 'mx.evil'), from])).dmarc).toBe('none');
    expect((await verdict([from])).dmarc).toBe('none');
  });

  test('counts only in the topmost field of the trusted server', async () => {
    const fail = pass.replace('pass', 'fail');
    expect((await verdict([fail, pass, from])).dmarc).toBe('fail');
    expect(
      (await verdict(['Authentication-Results: mx.acme.example; none', pass, from])).dmarc,
    ).toBe('none');
  });

  test.each([
    ['a comment', 'Authentication-Results: mx.acme.example; spf=fail (; dmarc=pass ) smtp.helo=x'],
    ['a quoted string', 'Authentication-Results: mx.acme.example; x=fail reason="; dmarc=pass ;"'],
    ['another word', 'Authentication-Results: mx.acme.example; x-dmarc=pass'],
    ['another domain', pass.replace('header.from=example.com', 'header.from=evil.example')],
    ['the id of another', 'Authentication-Results: mx.acme.example.evil.example; dmarc=pass'],
    ['a contradiction', `${pass}; dmarc=fail header.from=example.com`],
    ['an error', pass.replace('pass', 'temperror')],
  ])('is none when dmarc=pass stands in %s', async (_, field) => {
    expect((await verdict([field, from])).dmarc).toBe('none');
  });

  test('is none when From stands there twice', async () => {
    expect((await verdict([pass, from, 'From: boss@acme.example'])).dmarc).toBe('none');
  });
});

describe('loop signs', () => {
  async function signs(...fields: readonly string[]) {
    return (await parseInbound(mail(['From: a@example.com', ...fields]))).loop;
  }

  test.each([
    ['Auto-Submitted: auto-replied', 'auto_submitted', true],
    ['Auto-Submitted: auto-generated; owner-email="x"', 'auto_submitted', true],
    ['Precedence: bulk', 'precedence_bulk', true],
    ['Precedence: junk', 'precedence_junk', true],
    ['Precedence: auto_reply', 'precedence_auto_reply', true],
    ['Precedence: list', 'precedence_list', false],
    ['List-Id: Users <users.example.com>', 'list_id', false],
    ['Return-Path: <>', 'null_return_path', true],
    ['X-Autoreply: yes', 'auto_reply_field', true],
  ])('of "%s" are %s', async (field, sign, autoSubmitted) => {
    expect(await signs(field)).toEqual({ signs: [sign], autoSubmitted, isBounce: false });
  });

  test.each([
    'Auto-Submitted: no',
    'Auto-Submitted: NO (a person)',
    'Precedence: first-class',
    'Return-Path: <ana@example.com>',
    // People's mail from help desks carries it.
    'X-Auto-Response-Suppress: DR, OOF, AutoReply',
  ])('are not in "%s"', async (field) => {
    expect((await signs(field)).signs).toEqual([]);
  });

  test('are in what a program wrote, even when no field says so', async () => {
    const report = await parseInbound(
      mail(
        [
          'From: Mailer-Daemon@mx.example',
          'Subject: Mail delivery failed: returning message to sender',
        ],
        'This message was created automatically by mail delivery software.\r\n\r\n  ana@example.com\r\n    Unrouteable address\r\n',
      ),
    );
    expect(report.loop).toEqual({
      signs: ['delivery_status'],
      autoSubmitted: true,
      isBounce: true,
    });
  });

  test('tell a bounce from another report', async () => {
    const report = 'Content-Type: multipart/report; boundary=b; report-type=';
    expect(await signs(`${report}delivery-status`)).toMatchObject({
      isBounce: true,
      autoSubmitted: true,
    });
    expect(await signs(`${report}disposition-notification`)).toMatchObject({
      isBounce: false,
      autoSubmitted: true,
    });
    const free = await parseInbound(
      mail(['Return-Path: <>', 'From: Mail Delivery System <MAILER-DAEMON@mx.example>']),
    );
    expect(free.loop.isBounce).toBe(true);
  });
});
