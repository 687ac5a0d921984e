import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime, { decodeWords } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { buildWire, type WireInput } from './build-wire.ts';

/** The same message from nodemailer's composer, an independent implementation. */
function compose(input: WireInput): Promise<Buffer> {
  return new MailComposer({
    from: { name: input.from.name ?? '', address: input.from.address },
    to: input.to.map((address) => ({ name: '', address })),
    cc: input.cc.map((address) => ({ name: '', address })),
    ...(input.replyTo == null ? {} : { replyTo: { name: '', address: input.replyTo } }),
    subject: input.subject,
    date: new Date(input.date),
    messageId: `<${input.messageId}>`,
    ...(input.inReplyTo == null ? {} : { inReplyTo: `<${input.inReplyTo}>` }),
    references: input.references.map((id) => `<${id}>`),
    headers: [...input.callerHeaders, ...input.marketingHeaders.map(toPair)].map(
      ([key, value]) => ({ key, value }),
    ),
    text: input.text,
    ...(input.html == null ? {} : { html: input.html }),
    attachments: input.attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      contentDisposition: 'attachment' as const,
      contentTransferEncoding: 'base64' as const,
      content: Buffer.from(content),
    })),
    newline: 'win',
  })
    .compile()
    .build();
}

const toPair = ({ name, value }: { name: string; value: string }) => [name, value] as const;

/** What a reader gets to see. */
async function read(raw: Buffer) {
  const mail = await PostalMime.parse(raw);
  const { from, to, cc, replyTo, subject, messageId, inReplyTo, references, date } = mail;
  return {
    fields: { from, to, cc, replyTo, subject, messageId, inReplyTo, references, date },
    other: mail.headers
      .filter(({ key }) => key.startsWith('x-') || key.startsWith('list-'))
      .map(({ key, value }) => `${key}: ${decodeWords(value)}`)
      .sort(),
    names: mail.headers
      .map(({ key }) => key)
      .filter((key) => key !== 'content-transfer-encoding')
      .sort(),
    text: toLines(mail.text),
    html: toLines(mail.html),
    attachments: mail.attachments.map(({ filename, mimeType, disposition, content }) => ({
      filename,
      mimeType,
      disposition,
      content: Buffer.from(content as ArrayBuffer).toString('hex'),
    })),
    structure: structureOf(raw),
  };
}

/** Parsers differ about the last line end. */
const toLines = (text: string | undefined) => text?.replaceAll('\r\n', '\n').replace(/\n+$/, '');

/** The types of all parts, in order. */
function structureOf(raw: Buffer): string[] {
  const header = /^content-type: *([a-z]+\/[a-z0-9.+-]+)/gim;
  return [...raw.toString('latin1').matchAll(header)].map((match) => match[1]?.toLowerCase() ?? '');
}

const WORDS = ['Grüße', 'Zoë & Søn', '株式会社', '☀️', 'a=b', 'word', '"quoted"', 'From here', '.'];
const line = fc.oneof(
  fc.stringMatching(/^[\x20-\x7e]{0,120}$/),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }).map((words) => words.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 90 }).map((text) => text.replace(/\p{C}/gu, '')),
  fc.constantFrom(
    '',
    ' ',
    'trailing  ',
    '\ttab',
    '.',
    '..',
    'From me',
    '=',
    '=3D',
    'x'.repeat(999),
  ),
);
const body = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => ['Hi', ...lines].join(end));
const title = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z0-9,.:;()!?'" -]{1,200}$/),
    fc
      .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 30 })
      .map((all) => all.join(' ')),
  )
  .map((text) => text.replace(/\s+/g, ' ').trim() || 'x');
const address = fc.constantFrom('ana@example.com', 'bo.b+tag@example.org', 'zoë@example.com');
const id = fc.stringMatching(/^[a-z0-9.]{1,60}@[a-z]{1,20}\.example$/);
const input: fc.Arbitrary<WireInput> = fc.record({
  from: fc.record({
    address: fc.constant('news@acme.example'),
    name: fc.constantFrom('', 'Acme', 'Acme, Inc.', 'Grüße GmbH', 'A "B" C', 'O’Neil (Acme)'),
  }),
  to: fc.array(address, { minLength: 1, maxLength: 12 }),
  cc: fc.array(address, { maxLength: 3 }),
  replyTo: fc.option(address, { nil: undefined }),
  subject: title,
  date: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
  messageId: id,
  inReplyTo: fc.option(id, { nil: undefined }),
  references: fc.array(id, { maxLength: 12 }),
  callerHeaders: fc.array(fc.tuple(fc.constant('X-Campaign-ID'), title), { maxLength: 1 }),
  marketingHeaders: fc.constant([
    { name: 'List-Id', value: '<news.acme.example>' },
    { name: 'List-Unsubscribe', value: `<https://mail.acme.example/u/${'t'.repeat(90)}>` },
  ]),
  text: body,
  html: fc.option(
    body.map((text) => `<p>${text}</p>`),
    { nil: undefined },
  ),
  attachments: fc.array(
    fc.record({
      name: fc.constantFrom(
        'a.pdf',
        'résumé.pdf',
        'a "b".csv',
        `${'long '.repeat(25)}.txt`,
        '日本.ics',
      ),
      type: fc.constantFrom('application/pdf', 'text/csv', 'image/png'),
      content: fc.uint8Array({ maxLength: 400 }),
    }),
    { maxLength: 3 },
  ),
});

describe('buildWire beside nodemailer’s composer', () => {
  it('reads the same: decoded fields and parts, field names, structure', async () => {
    await fc.assert(
      fc.asyncProperty(input, async (given) => {
        expect(await read(buildWire(given))).toEqual(await read(await compose(given)));
      }),
      { numRuns: 400 },
    );
  });
});
