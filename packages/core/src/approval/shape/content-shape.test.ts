import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../identity/address.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import { contentShape } from './content-shape.ts';

const CONTENT: OutboundContent = {
  id: '0198c0de-0000-7000-8000-000000000000',
  mailbox: parseAddress('lifecycle@acme.example'),
  threadId: 't',
  internetMessageId: 'm@acme.example',
  references: [],
  to: [parseAddress('ana.silva@example.com')],
  cc: [],
  bcc: [],
  subject: 'We miss you, Ana',
  body: 'Hi Ana,\n\nyou have 3 projects. See https://app.acme.example/p/8812?t=Zk9.\n\nKim',
  text: '',
  html: '',
  headers: [],
  attachments: [],
  category: 'marketing',
  nonce: 'n'.repeat(16),
};

type Change = Partial<Omit<OutboundContent, 'to'>> & {
  readonly to?: string;
  readonly variables?: Readonly<Record<string, string>>;
};

const shapeOf = ({ to, variables = {}, ...content }: Change = {}) =>
  contentShape({
    content: { ...CONTENT, ...content, ...(to === undefined ? {} : { to: [parseAddress(to)] }) },
    variables,
    publicUrl: 'https://mail.acme.example',
  });
const body = (text: string, change: Change = {}) => shapeOf({ body: text, ...change }).shape;

describe('contentShape', () => {
  it.each([
    ['HTTPS://pay.example/1001', 'HTTPS://pay.example/2002'],
    ['[Pay](HTTPS://Ana.com/x)', '[Pay](HTTPS://Eva.com/x)'],
    ['Pay at pay.example/1001', 'Pay at pay.example/2002'],
    ['Write to wa.me/4917611', 'Write to wa.me/7999000'],
    ['Visit Ana.com', 'Visit Eva.com'],
  ])('P4: is another one for %j and %j', (one, other) => {
    const hi = (name: string, text: string) => body(`Hi ${name},\n\n${text}\n\nKim`);
    expect(hi('Ana', one)).not.toBe(hi('Eva', other));
    expect(hi('Ana', 'See you.')).toBe(hi('Eva', 'See you.'));
  });

  it('is the same for other names, plain numbers, addresses and ids in own links', () => {
    const other = shapeOf({
      to: 'bea.bergstroem@customer.example',
      subject: 'We miss you, Bea',
      body: 'Hi Örjan,\n\nyou have 41 projects. See https://app.acme.example/p/97?t=a1.\n\nKim',
    });
    expect(other.shape).toBe(shapeOf().shape);
    expect(other.varying).toEqual([
      { kind: 'name', value: 'Bea' },
      { kind: 'name', value: 'Örjan' },
      { kind: 'number', value: '41' },
      { kind: 'link', value: 'https://app.acme.example/p/97?t=a1.' },
    ]);
  });

  it('is the same for what fills a template’s variables, and not for its branches', () => {
    const filled = (name: string, text: string) =>
      body(text, { template: 'welcome', templateHash: 'h', variables: { company: name } });
    const one = filled('Acme-Bau GmbH', 'Welcome, Acme-Bau GmbH. Your plan is ready.');
    expect(filled('Nordlicht', 'Welcome, Nordlicht. Your plan is ready.')).toBe(one);
    expect(filled('Nordlicht', 'Welcome, Nordlicht. Your trial is ready.')).not.toBe(one);
  });

  it.each([
    ['a foreign link', 'See https://docs.example/a', 'See https://docs.example/b'],
    ['the host of a link', 'See https://app.acme.example/1', 'See https://app.acme.evil.example/1'],
    ['a longer host', 'See https://acme.example/1', 'See https://notacme.example/1'],
    [
      'a user before the host',
      'See https://acme.example/1',
      'See https://acme.example@e.example/1',
    ],
    ['a port', 'See https://acme.example/1', 'See https://acme.example:81/1'],
    [
      'where an own link leads on',
      'https://acme.example/r?u=1',
      'https://acme.example/r?u=//e.example',
    ],
    ['the target of a link text', '[Go](https://acme.example/a)', '[Go](https://e.example/a)'],
    ['a percentage', 'You grew by 20 %.', 'You grew by 50 %.'],
    ['a percentage in words', 'You grew by 20 percent.', 'You grew by 50 percent.'],
    ['spaced digits', 'You grew by 2 0 %.', 'You grew by 5 0 %.'],
    ['a fullwidth percent sign', 'You grew by 20％.', 'You grew by 50％.'],
    ['a percentage behind an invisible', 'By 20\u200b% more.', 'By 50\u200b% more.'],
    ['a price', 'It is $10 now.', 'It is $90 now.'],
    ['a currency', 'It is $10 now.', 'It is €10 now.'],
    ['a sign', 'Your balance is -3.', 'Your balance is +3.'],
    ['an offer', 'You get 3 months free.', 'You get 9 months free.'],
    ['a range', 'From 5 to 70 %.', 'From 50 to 70 %.'],
    ['a percent sign on the next line', 'By 20\n% more.', 'By 50\n% more.'],
    ['a percent sign far away', `By 20${' '.repeat(99)}% more.`, `By 50${' '.repeat(99)}% more.`],
    ['a currency on the line before', 'Only EUR\n10 now', 'Only EUR\n90 now'],
    ['digits of another script', 'You have ٣ projects.', 'You have ٩ projects.'],
    ['a digit within a word', 'Take 2for1.', 'Take 3for1.'],
    ['a look-alike letter', 'Visit our page.', 'Visit our p\u0430ge.'],
    ['hidden text', 'Hello.', 'Hello.\u2063ignore this'],
    ['a hidden link title', '[Go](https://acme.example "x")', '[Go](https://acme.example "y")'],
    ['one word', 'We will not close it.', 'We will now close it.'],
    ['a greeting whose word stands below', 'Hi Not,\nit is Not due', 'Hi Now,\nit is Now due'],
    ['a greeting of several', 'Hi Do Pay,\nPay it', 'Hi Do Not,\nNot it'],
    ['a greeting’s word in it twice', 'Hi Not, Not due, ok', 'Hi Now, Now due, ok'],
    ['a greeting that is a claim', 'Hi Free,\nFree trial', 'Hi Paid,\nPaid trial'],
    ['a greeting that is a sentence', 'Hi Ana pay now,\nx', 'Hi Ana call me,\nx'],
    ['another person’s address', 'Write to a1@example.com', 'Write to a2@example.com'],
  ])('is another for %s', (_, one, other) => {
    expect(body(other)).not.toBe(body(one));
  });

  it.each([
    ['the reply address', { replyTo: parseAddress('a@e.example') }],
    ['a header', { headers: [['X-Campaign-ID', 'b']] as const }],
    ['an attachment', { attachments: [{ id: 'a', name: 'a', type: 'b', size: 1, sha256: 'c' }] }],
    ['the topic', { topic: 'news' }],
    ['the variant', { variant: 'b' }],
    ['the template', { template: 'a', templateHash: 'b' }],
    ['an answer', { inReplyTo: 'x@example.com' }],
    ['a later time', { sendAt: 1 }],
    ['the name in From', { fromName: 'Acme' }],
  ])('is another for %s', (_, change: Change) => {
    expect(shapeOf(change).shape).not.toBe(shapeOf().shape);
  });

  it('keeps of an amount outside of marketing its sign, currency and number of digits', () => {
    const invoice = (text: string) => body(text, { category: 'transactional' });
    const one = invoice('Total: EUR 1,250.00');
    expect(invoice('Total: EUR 3,100.50')).toBe(one);
    expect(invoice('Total: EUR 12,500.00')).not.toBe(one);
    expect(invoice('Total: USD 1,250.00')).not.toBe(one);
    expect(invoice('Total: -EUR 1,250.00')).not.toBe(one);
  });

  it('takes a variable that carries more than a name for what it says', () => {
    const filled = (note: string) => body(`Note: ${note}`, { variables: { note } });
    expect(filled('wire it to evil.example')).not.toBe(filled('wire it to good.example'));
    expect(filled('please do pay it right now')).not.toBe(filled('please do pay it never ever'));
    expect(filled('50')).toBe(filled('60'));
    expect(filled('50 %')).not.toBe(filled('60 %'));
  });

  it('minds no emoji', () => {
    const greet = (name: string, count: number) => body(`Hi ${name},\n❤️ ${count} projects 👩‍💻`);
    expect(greet('Ana', 3)).toBe(greet('Ben', 4));
  });

  it('takes hostile text of any length', () => {
    for (const piece of ['1 ', '1.', 'a@', 'https://a ', 'Hi ', '$1%', ' \t', '1\n']) {
      expect(body(piece.repeat(500_000))).toHaveLength(64);
    }
  });
});
