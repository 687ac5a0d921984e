/** Replies of our own writing in text, one per program, with what is new in them. */
export interface ClientReply {
  readonly client: string;
  readonly text: readonly string[];
  readonly newText: string;
}

const BLOCK = [
  'From: Pump Shop <shop@acme.example>',
  'Sent: 21 November 2026 09:00',
  'To: Ana <ana@example.com>',
  'Subject: Delivery',
  '',
  'Hello Ana,',
];
const OLD = ['> Hello Ana,', '>', '> shall we deliver on Tuesday?'];

export const CLIENT_REPLIES: readonly ClientReply[] = [
  {
    client: 'Gmail, wrapped',
    text: [
      'Yes.',
      '',
      'On Sat, Nov 21, 2026 at 9:00 AM The Delivery Team of the Pump Shop <',
      'a-very-long-address+1234@acme.example> wrote:',
      '',
      ...OLD,
    ],
    newText: 'Yes.',
  },
  {
    client: 'Outlook desktop',
    text: [
      'Yes.',
      '',
      'From: Pump Shop [mailto:shop@acme.example] ',
      'Sent: Saturday, November 21, 2026 9:00 AM',
      'To: Ana',
      'Subject: Delivery',
      '',
      'Hello Ana,',
    ],
    newText: 'Yes.',
  },
  {
    client: 'Outlook on the web',
    text: ['Yes.', '________________________________', ...BLOCK],
    newText: 'Yes.',
  },
  {
    client: 'Outlook for iOS',
    text: [
      'Yes.',
      '',
      'Get Outlook for iOS<https://aka.ms/x>',
      '________________________________',
      ...BLOCK,
    ],
    newText: 'Yes.',
  },
  {
    client: 'Apple Mail, wrapped over three lines',
    text: [
      'Yes.',
      '',
      'On Nov 21, 2026, at 9:00 AM, Pump Shop',
      '<shop@acme.example>',
      'wrote:',
      '',
      ...OLD,
    ],
    newText: 'Yes.',
  },
  {
    client: 'iOS, without an answer to the point',
    text: [
      'Yes.',
      '',
      'Sent from my iPhone',
      '',
      '> On 21 Nov 2026, at 09:00, Pump Shop <shop@acme.example> wrote:',
      '> ',
      ...OLD,
    ],
    newText: 'Yes.',
  },
  {
    client: 'Thunderbird, answer below',
    text: ['On 21/11/2026 09:00, Pump Shop wrote:', ...OLD, '', 'Yes, gladly.', '', '-- ', 'Ana'],
    newText: 'Yes, gladly.',
  },
  {
    client: 'Yahoo',
    text: [
      'Yes.',
      '    On Saturday, November 21, 2026 at 09:00:00 AM GMT+1, Pump Shop <shop@acme.example> wrote:  ',
      ' ',
      ' Hello Ana,',
    ],
    newText: 'Yes.',
  },
  {
    client: 'ProtonMail',
    text: [
      'Yes.',
      '',
      'Sent with Proton Mail secure email.',
      '',
      'On Saturday, November 21st, 2026 at 9:00 AM, Pump Shop <shop@acme.example> wrote:',
      '',
      ...OLD,
    ],
    newText: 'Yes.',
  },
  {
    client: 'Windows Mail',
    text: [
      'Yes.',
      '',
      'Sent from Mail for Windows',
      '',
      'From: Pump Shop',
      'Sent: Saturday, November 21, 2026 9:00 AM',
      'To: Ana',
      'Subject: Delivery',
    ],
    newText: 'Yes.',
  },
  {
    client: 'Notes',
    text: [
      'Yes.',
      '',
      '',
      'Pump Shop/ACME wrote on 11/21/2026 09:00:00 AM:',
      '',
      '> From: Pump Shop/ACME',
      '> To: Ana',
    ],
    newText: 'Yes.',
  },
  {
    client: 'Zimbra',
    text: [
      'Yes.',
      '',
      '----- Original Message -----',
      'From: "Pump Shop" <shop@acme.example>',
      'To: "Ana" <ana@example.com>',
      'Sent: Saturday, November 21, 2026 9:00:00 AM',
      'Subject: Delivery',
    ],
    newText: 'Yes.',
  },
  {
    client: 'Roundcube',
    text: ['Yes.', '', 'On 2026-11-21 09:00, Pump Shop wrote:', ...OLD],
    newText: 'Yes.',
  },
  {
    client: 'Spark',
    text: ['Yes.', 'On 21. Nov 2026, 09:00 +0100, Pump Shop <shop@acme.example>, wrote:', ...OLD],
    newText: 'Yes.',
  },
  {
    client: 'Samsung',
    text: [
      'Yes.',
      '',
      'Sent from my Galaxy',
      '',
      '-------- Original message --------',
      'From: Pump Shop <shop@acme.example>',
      'Date: 21/11/2026 09:00 (GMT+01:00)',
      'To: ana@example.com',
    ],
    newText: 'Yes.',
  },
  {
    client: 'mail.ru',
    text: [
      'Да.',
      '',
      'Суббота, 21 ноября 2026, 9:00 +03:00 от Насосы <shop@acme.example>:',
      '',
      'Здравствуйте',
    ],
    newText: 'Да.',
  },
  {
    client: 'Yandex',
    text: ['Да.', '', '21.11.2026, 09:00, "Насосы" <shop@acme.example>:', '', 'Здравствуйте'],
    newText: 'Да.',
  },
  {
    client: 'GMX, web.de',
    text: [
      'Ja.',
      '',
      'Gesendet: Samstag, 21. November 2026 um 09:00 Uhr',
      'Von: "Pumpenladen" <shop@acme.example>',
      'An: ana@example.com',
      'Betreff: Lieferung',
      'Hallo',
    ],
    newText: 'Ja.',
  },
  {
    client: 'QQ',
    text: [
      '可以',
      '',
      '',
      '------------------ Original ------------------',
      'From: "Pump Shop" <shop@acme.example>;',
      'Date: Sat, Nov 21, 2026 09:00 AM',
      'To: "Ana" <ana@example.com>;',
    ],
    newText: '可以',
  },
  {
    client: '163',
    text: [
      '可以',
      '',
      'At 2026-11-21 09:00:00, "Pump Shop" <shop@acme.example> wrote:',
      '',
      ...OLD,
    ],
    newText: '可以',
  },
  {
    client: 'Foxmail',
    text: [
      '可以',
      '',
      '发件人： Pump Shop',
      '发送时间： 2026-11-21 09:00',
      '收件人： Ana',
      '主题： 交货',
      '',
      'Hello',
    ],
    newText: '可以',
  },
  {
    client: 'Superhuman',
    text: [
      'Yes.',
      '',
      'On Sat, Nov 21, 2026 at 9:00 AM, Pump Shop < shop@acme.example > wrote:',
      '',
      ...OLD,
    ],
    newText: 'Yes.',
  },
  {
    client: 'Nylas',
    text: ['Yes.', 'On Nov 21 2026, at 9:00 am, Pump Shop <shop@acme.example> wrote:', ...OLD],
    newText: 'Yes.',
  },
  {
    client: 'HEY',
    text: ['Yes.', '', 'On November 21, 2026, Pump Shop <shop@acme.example> wrote:', ...OLD],
    newText: 'Yes.',
  },
  {
    client: 'Front',
    text: [
      'Yes.',
      '',
      'On November 21, 2026 at 9:00 AM GMT+1 shop@acme.example wrote:',
      '',
      'Hello Ana,',
    ],
    newText: 'Yes.',
  },
  {
    client: 'Help Scout and Zendesk',
    text: [
      'Yes.',
      '',
      '##- Please type your reply above this line -##',
      '',
      'Your request (77) has been updated.',
    ],
    newText: 'Yes.',
  },
  {
    client: 'Zoho',
    text: [
      'Yes.',
      '',
      '---- On Sat, 21 Nov 2026 09:00:00 +0100 Pump Shop<shop@acme.example> wrote ----',
      '',
      'Hello Ana,',
    ],
    newText: 'Yes.',
  },
];
