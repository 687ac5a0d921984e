import { describe, expect, test } from 'vitest';
import { classifyLines, toLines } from './classify-lines.ts';
import { splitHtmlReply } from './html-to-reply.ts';
import { findKeptQuotes } from './mark-quotes.ts';
import { markSignatures } from './mark-signatures.ts';
import { splitReply } from './split-reply.ts';
import { CLIENT_REPLIES } from './testing/client-replies.ts';
import { HTML_REPLIES } from './testing/html-replies.ts';
import { LANGUAGE_REPLIES } from './testing/language-replies.ts';

/** Why one gets a message, as lists and help desks say it in many languages. */
const SUBSCRIPTIONS = [
  'You are receiving this because you are subscribed to this thread.',
  "You received this message because you are a member of the group 'Pumps'.",
  'Sie erhalten diese E-Mail, weil Sie sich für die Gruppe angemeldet haben.',
  'Vous recevez ce message car vous êtes inscrit à la liste.',
  'Has recibido este correo porque estás suscrito al grupo.',
  'Hai ricevuto questo messaggio perché sei iscritto al gruppo.',
  'Você recebeu esta mensagem porque está inscrito no grupo.',
  'U ontvangt deze e-mail omdat u bent aangemeld bij de groep.',
  'Otrzymujesz tę wiadomość, ponieważ należysz do grupy.',
  'Du får detta meddelande eftersom du prenumererar på gruppen.',
  'Вы получили это письмо, потому что подписаны на рассылку.',
  'このメールは会員として登録された方に送信しています。',
  '您收到此邮件是因为您订阅了我们的列表。',
];

const OLD = ['> Hello,', '> shall we talk?'];

function cut(...lines: readonly string[]): string {
  return splitReply(lines.join('\n')).newText;
}

describe('the new text', () => {
  test.each(
    LANGUAGE_REPLIES.flatMap(({ attributions, language, own }) =>
      attributions.map((attribution) => [language, attribution, own] as const),
    ),
  )('ends before the line above a quotation: %s, %s', (_, attribution, own) => {
    expect(cut(own, '', attribution, '', ...OLD)).toBe(own);
    expect(cut(own, attribution, ...OLD)).toBe(own);
    expect(cut(attribution, ...OLD, '', own)).toBe(own);
  });

  test.each(
    LANGUAGE_REPLIES.flatMap(({ attributions, language, own }) =>
      attributions.map((attribution) => [language, attribution, own] as const),
    ),
  )('ends before it where nothing marks the old lines: %s, %s', (_, attribution, own) => {
    expect(cut(own, '', attribution, '', 'Hello,', 'shall we talk?')).toBe(own);
  });

  test.each(LANGUAGE_REPLIES)('ends before the block of Outlook: $language', ({ header, own }) => {
    expect(cut(own, '', ...header, '', 'old')).toBe(own);
    expect(cut(own, '________________________________', ...header, '', 'old')).toBe(own);
    expect(cut(own, '', ...header.map((line) => `*${line.replace(/\s?[:：]/, ':*')}`))).toBe(own);
  });

  test.each(LANGUAGE_REPLIES.filter(({ device }) => device !== undefined))(
    'has no line of a phone: $language',
    ({ device = '', own }) => {
      expect(cut(own, '', device)).toBe(own);
      expect(cut(own, device, '', 'the old message, which nothing marks')).toBe(own);
    },
  );

  test.each(LANGUAGE_REPLIES.filter(({ separator }) => separator !== undefined))(
    'ends before a line that names the original: $language',
    ({ own, separator = '' }) => {
      expect(cut(own, '', separator, 'old')).toBe(own);
    },
  );

  test.each(CLIENT_REPLIES)('of $client', ({ newText, text }) => {
    expect(cut(...text)).toBe(newText);
  });

  test.each([
    ['##- Please type your reply above this line -##'],
    ['## Bitte gib deine Antwort oberhalb dieser Zeile ein. ##'],
    ['*Previous Replies*'],
    ['-----Original-Nachricht-----'],
    ['---- 回复的原邮件 ----'],
    ['----- Forwarded by Ana Weber/ACME on 21/11/2026 09:00 -----'],
    ['---------------------- Weitergeleitet von Ana Weber/ACME'],
    ['Weitergeleitete Nachricht:'],
    ['Message transféré :'],
    ['-------- Originalnachricht --------Von: Pump Shop  Datum: 21.11.26  09:00'],
  ])('ends before the mark of a help desk or forum: %s', (mark) => {
    expect(cut('Yes.', '', '---', mark, '', 'old')).toBe('Yes.');
  });

  test('ends before a date and an address that nothing follows, as Gmail once wrote', () => {
    expect(cut('Yes.', '', '2013/11/21 Pump Shop <shop@acme.example>', '', ...OLD)).toBe('Yes.');
  });

  test('ends before the two first fields of Outlook, whoever they name', () => {
    expect(cut('Yes.', 'From: Pump Shop', 'Sent: Monday', '', 'old')).toBe('Yes.');
    const plan = ['From: the list of parts', 'Date: to be decided', '', 'What is missing?'];
    expect(cut(...plan)).toBe(plan.join('\n'));
  });

  test('goes on where a year stands in a sentence of a person', () => {
    const own = ['As we said, no.', '', 'In 2019 Ana wrote:', 'we shall see.'];
    expect(cut(...own)).toBe(own.join('\n'));
  });

  test('ends before who is quoted, and before what Gmail hides', () => {
    expect(cut('Yes.', '', 'Quoting Ana Weber <ana@example.com>:', '', 'old')).toBe('Yes.');
    expect(cut('Ja.', '', 'Zitat von Ana Weber:', '', ...OLD)).toBe('Ja.');
    expect(cut('Yes.', '[Quoted text hidden]', 'old')).toBe('Yes.');
    const own = 'Quoting the boss:\n\nno pumps today.';
    expect(cut(own)).toBe(own);
  });

  test('ends before a block that stands in one line, and the Korean mark', () => {
    const block = 'From: ana@example.com Date: Tue, 24 Nov 2026 08:07:12 -0700';
    expect(cut('Yes.', '', block, 'old')).toBe('Yes.');
    expect(cut('네.', '', '-----원래 메시지-----', 'old')).toBe('네.');
    const address = ['2026-11-21 11:28 GMT+03:00 Pump Shop <', 'shop@acme.example>:'];
    expect(cut('Yes.', '', ...address, '', ...OLD)).toBe('Yes.');
  });

  test.each([
    ['On Sat, 21 Nov 2026 at 9:00, Pump Shop<shop@acme.example> wrote:   Hello Ana,'],
    ['Le sam. 21 nov. 2026 à 9:00, Pompes <shop@acme.example> a écrit :   Bonjour Ana,'],
    ['From: shop@acme.exampleDate: Saturday, November 21, 2026To: Ana'],
    ['Von: Pump Shop Gesendet: Samstag, 21. November 2026 09:00 An: Ana'],
    ['Sent: Saturday, November 21, 2026 9:00 AM\nTo: Ana'],
    ['Da: Pompe\nOggetto: RE: Consegna'],
    ['Begin forwarded message\nFrom: Pump Shop'],
    ['-------- Оригинално писмо --------\nОт: Помпи'],
    ['Temat: Pompy 2026-11-21 09:00Nadawca: Pompy shop@acme.example Adresat: Ana'],
    ['İleti başlangıcı:'],
  ])('ends before a mark with the old message behind it: %s', (mark) => {
    expect(cut('Yes.', '', mark, 'old')).toBe('Yes.');
  });

  test('ends before the table of Notes, in text', () => {
    const table = 'To\nAna <ana@example.com>\ncc\n\nSubject\nDelivery\n\n\nHello Ana';
    for (const sender of ['Pump Shop <shop@acme.example>', 'Pump Shop\nSent by: Bo Lima']) {
      const text = `Yes.\n\n${sender}\n21/11/2026 09:00\n\n${table}`;
      expect(splitReply(text).newText).toBe('Yes.');
    }
    const own = 'Meet us:\n21/11/2026 09:00\n\nTo\nthe harbour';
    expect(splitReply(own).newText).toBe(own);
  });

  test('ends before a date in Arabic digits', () => {
    const text = 'نعم.\n\nفي السبت، ٢١ نوفمبر ٢٠٢٦، متجر المضخات كتب:\nمرحبا آنا';
    expect(splitReply(text).newText).toBe('نعم.');
  });

  test('ends before a day, a time and a name where a quotation follows', () => {
    const line = '2026年11月21日(土) 9:00 ポンプ店:';
    expect(cut('はい。', line, ...OLD)).toBe('はい。');
    expect(cut('はい。', line, '会議')).toBe(`はい。\n${line}\n会議`);
  });

  test.each(HTML_REPLIES)('of HTML from $client', ({ html, newText = 'Yes.\nAna' }) => {
    expect(splitHtmlReply(html).newText).toBe(newText);
  });
});

describe('answers to a quotation', () => {
  test('stay with the lines that they answer', () => {
    const reply = [
      'On Mon, Nov 23 Ana <a@example.com> wrote:',
      '> one?',
      'First.',
      '> two?',
      '',
      'Second.',
    ];
    expect(cut(...reply)).toBe('> one?\nFirst.\n> two?\n\nSecond.');
    expect(cut(...reply, '', '> three?')).toBe('> one?\nFirst.\n> two?\n\nSecond.');
  });

  test('follow a message that a program quoted as a whole', () => {
    const reply = ['On Mon, Nov 23 Ana <a@example.com> wrote:', ...OLD, '', 'Bottom answer.'];
    expect(cut(...reply)).toBe('Bottom answer.');
    expect(cut('Hi,', '', ...reply)).toBe('Hi,\n\nBottom answer.');
    expect(cut('Hi,', '', ...reply, '', '> Regards,', '> Ana')).toBe('Hi,\n\nBottom answer.');
  });

  test('follow lines that another sign marks than usual', () => {
    expect(cut('Yes.', '', '| Tuesday?', '| At ten?')).toBe('Yes.');
    expect(cut('Yes.', '', '> Tuesday?', '| Or Friday?')).toBe('Yes.');
    expect(cut('はい。', '', '＞ 火曜日ですか')).toBe('はい。');
    for (const own of [
      'Sizes:\n| a | b |\n| 1 | 2 |',
      'See\n| this one\nfirst.',
      '| Hello\n| Ana',
    ]) {
      expect(cut(own)).toBe(own);
    }
  });

  test('stay with what was quoted by hand', () => {
    expect(cut('You wrote', '', '> free of charge', '', 'Is that so?')).toBe(
      'You wrote\n\n> free of charge\n\nIs that so?',
    );
  });

  test('stay with what was quoted by hand above the line of a program', () => {
    const quote = ['On 21/11/2026 09:00, Ana wrote:', ...OLD];
    expect(cut('As you say:', '> on Tuesday', '', ...quote)).toBe('As you say:\n> on Tuesday');
    expect(cut('Yes.', '', '>', ...quote)).toBe('Yes.');
    expect(cut('Yes.', '', '>> old', '', ...quote)).toBe('Yes.');
  });

  test('are not what a program wrapped', () => {
    const long = `> ${'word '.repeat(14)}and`;
    expect(cut('On 21/11/2026 09:00, Ana wrote:', long, 'more of it', '> and on', '', 'Yes.')).toBe(
      'Yes.',
    );
    expect(
      cut('Yes.', '', 'On 21/11/2026 09:00, Ana wrote:', '> see (https://a.example/', 'b)', '>'),
    ).toBe('Yes.');
  });

  test('without a word are empty, and a forward without a word is news', () => {
    expect(splitReply(`On 21/11/2026 09:00, Ana wrote:\n${OLD.join('\n')}`)).toEqual({
      newText: '',
      quotedText: `On 21/11/2026 09:00, Ana wrote:\n${OLD.join('\n')}`,
    });
    expect(
      cut('---------- Forwarded message ---------', 'From: a@example.com', 'the news'),
    ).toContain('the news');
    expect(cut('-----Original Message-----', 'From: a@example.com', 'the news')).toContain(
      'the news',
    );
    expect(cut('From: Ana <a@example.com>', 'Subject: x', '', 'the news')).toContain('the news');
  });

  test('without a word are empty, too, when nothing marks the old lines', () => {
    expect(
      cut('On 21/11/2026 at 09:00, Ana <a@example.com> wrote:', '', 'Hello, unsubscribe here'),
    ).toBe('');
  });

  test('below the header of the message itself are found', () => {
    const header = ['From: Ana <a@example.com>', 'Subject: FW: x', ''];
    expect(cut(...header, 'Please read.', '', '-----Original Message-----', 'old')).toBe(
      'Please read.',
    );
  });
});

describe('a signature', () => {
  test.each([['-- '], ['--'], ['__'], ['—'], ['_______________']])('stands below %j', (mark) => {
    const text = ['Sure.', '', mark, 'Ana Weber', 'Head of Pumps'].join('\n');
    expect(splitReply(text)).toEqual({
      newText: 'Sure.',
      signature: expect.stringMatching(/Ana Weber\nHead of Pumps$/),
    });
  });

  test('stands above the quotation, below it, or both', () => {
    const quote = ['On 21/11/2026 09:00, Ana wrote:', ...OLD];
    expect(cut('Sure.', '-- ', 'Ana', '', ...quote)).toBe('Sure.');
    expect(cut('Sure.', '', ...quote, '', '-- ', 'Ana')).toBe('Sure.');
    expect(cut('Sure.', '', ...quote, '', 'Ana Weber', 'Editor, Pump News')).toBe('Sure.');
  });

  test('stands below a rule of several signs', () => {
    expect(cut('Sure.', '', '*-*-*-*-*', 'Ana Weber', 'Tel. 212 555 0100', '*-*-*-*-*')).toBe(
      'Sure.',
    );
    expect(cut('Sure.', '~*~*~*~*~', 'The pump people')).toBe('Sure.');
  });

  test('is the card below a greeting, not the name alone', () => {
    expect(cut('Sure.', '', 'Kind regards,', 'Ana')).toBe('Sure.\n\nKind regards,\nAna');
    expect(cut('Sure.', '', 'Kind regards,', 'Ana Weber', 'Acme GmbH', '+49 30 901820')).toBe(
      'Sure.',
    );
    expect(cut('Sure.', '', 'Ana Weber | Head of Pumps', 'Acme')).toBe('Sure.');
    expect(
      cut('Sure.', '', 'Best,', 'Ana', '', 'P.S. Bo is the manager, call 212 555 0100.'),
    ).toContain('Best,\nAna\n\nP.S. Bo');
    expect(cut('Sure.', '', 'Best,', 'Ana', '', 'The manager is ill today.')).toContain('ill');
    expect(cut('はい。', '', '株式会社ポンプ', '営業部 山田', 'TEL: 03-5555-0100')).toBe('はい。');
    expect(cut('Да.', '', 'С уважением,', 'Анна Вебер', 'Менеджер')).toBe('Да.');
    expect(cut('Sure.', '', '-- Pumps https://pumps.example/')).toBe('Sure.');
    expect(cut('Sim.', '', 'Atenciosamente,', 'Ana', 'Bombas Ltda')).toBe('Sim.');
    expect(cut('Sure.', '', '-Ana')).toBe('Sure.');
    expect(cut('Sure.', '-ana')).toBe('Sure.');
    expect(cut('Sure.', '', 'Best regards / Viele Grüße', '', 'Ana Weber', 'CEO')).toBe('Sure.');
    const twice = [
      'Sure.',
      '',
      'Ana',
      '',
      'Dr. Ana Weber',
      'Canal Street 2, Berlin',
      'Tel: +49 30 901820',
    ];
    expect(cut(...twice)).toBe('Sure.\n\nAna');
    const oneLine = 'Ana Weber (she/her) | Head of Pumps | Acme Ltd | T: 212 555 0100';
    expect(cut('Sure.', '', 'Ana', '', oneLine)).toBe('Sure.\n\nAna');
    expect(cut('Sure.', '', 'Ana', '', 'Ana Weber │ Acme')).toBe('Sure.\n\nAna');
    const terms = ['', 'Acme Ltd is a company.', 'Our terms are on our site, and long.'];
    expect(cut('Sure.', '', oneLine, ...terms)).toBe('Sure.');
    expect(cut('Sure.', '', 'Best,', 'Ana', 'M: 555-010-0199')).toBe('Sure.');
    const card = ['*Ana Weber* | *Owner*', '', 'Canal Street 2, Berlin', '', 'VAT  DE000000000'];
    expect(cut('Sure.', '', ...card)).toBe('Sure.');
  });

  test('is no line or list within the text', () => {
    const list = [
      'The steps:',
      '',
      '- Open the valve',
      '- Close it',
      '',
      '---',
      '',
      'And then we are done.',
    ];
    expect(cut(...list)).toBe(list.join('\n'));
    const table = ['Item', '-----------', 'Pump', '', 'Sincerely,', 'The pump manager'];
    expect(cut(...table)).toBe(table.join('\n'));
    const parts = ['The first part.', '______________', 'The second one is here.', 'Ana'];
    expect(cut(...parts)).toBe(parts.join('\n'));
    const heading = [
      'Pumps for the north',
      '-------------------',
      'They are all here, and they run.',
    ];
    expect(cut(...heading)).toBe(heading.join('\n'));
    const steps = [
      'The steps:',
      '',
      '------------------------',
      '1. Open the valve',
      '2. Close it',
    ];
    expect(cut(...steps)).toBe(steps.join('\n'));
    const bullets = ['Two things:', '', '   -', '', '   one', '   *', '', '   two'];
    expect(cut(...bullets)).toBe(bullets.join('\n'));
  });

  test('and history are found in text that is still encoded', () => {
    expect(cut('Sure.', '', '--=20', 'Ana')).toBe('Sure.');
    expect(
      cut(
        'Sure.',
        '',
        'Am 21.11.2026 um 9:00=E2=80=AFUhr schrieb Jürgen <a@example.=',
        'com>:',
        '',
        'x',
      ),
    ).toBe('Sure.');
    expect(cut('Gr=C3=BC=C3=9Fe', '', '-----Urspr=C3=BCngliche Nachricht-----', 'x')).toBe(
      'Gr=C3=BC=C3=9Fe',
    );
  });

  test('is the line of a phone, as the language bends it', () => {
    expect(cut('Ano.', '', 'Odesláno z iPhonu')).toBe('Ano.');
    expect(cut('Ano.', '', 'Odesláno z Prahy')).toBe('Ano.\n\nOdesláno z Prahy');
    const own = 'Enviado do meu celular o recibo ontem.';
    expect(cut('Sim.', own)).toBe(`Sim.\n${own}`);
    expect(cut('Sim.', '', 'Enviado do meu smartphone Samsung Galaxy.')).toBe('Sim.');
  });

  test.each(SUBSCRIPTIONS)('is what a list adds: %s', (line) => {
    expect(cut('Sure.', '', line, 'https://list.example/leave')).toBe('Sure.');
    expect(cut(line)).toBe(line);
  });

  test('is what a company adds', () => {
    const notice =
      'This e-mail and any attachments are confidential and intended solely for the addressee.';
    expect(cut('Sure.', '', notice)).toBe('Sure.');
    expect(cut('Danke.', '', 'Diese E-Mail enthält vertrauliche Informationen.')).toBe('Danke.');
    expect(
      cut('CAUTION: This email originated from outside. Do not click links.', '', 'Sure.'),
    ).toBe('Sure.');
    expect(cut('Warning: This message comes from outside the company.', 'Sure.')).toBe('Sure.');
    expect(cut('Sure.', '', `Acme Pumps Ltd. ${notice}`)).toBe('Sure.');
  });
});

describe('what only looks like history', () => {
  test.each([
    ['Dear all,\nFrom: Berlin we travel on.\nBye'],
    ['From: Berlin\nTo: Rome\nDate: Monday\n\nsee you'],
    ['I read what you wrote: it is fine.'],
    ['On Monday the boss wrote:\nplease send the invoice.'],
    ['On your machine you can run:\n\nping acme.example\n\nand wait.'],
    ['Dates that suit me:\n\n2026-11-21 09:00\n21.11.2026 09:00\n11/21/2026 at 9 AM'],
    ['Sent from my desk, it is easier than by phone.'],
    ['We sent from Rome what you need.\nIs it there?'],
    ['Please sign here:\n\nhere and there -- and there.'],
    ['This message is for Ana: call me.'],
    ['Summary\n=======\nAll is well.'],
    ['Sign here, please:\n\n_____________\n\nAna, the manager.'],
    ['Warning: the water comes from outside.\nPlease close the valve.'],
    ['f x\n  | x > 0 = 1\n  | otherwise = 2'],
    ['Attention: the pump came from abroad.\nIt is broken.'],
    ['Warning: your links are broken.\n\nPlease mend them.'],
    ['Attention! Stop sending me attachments.\n\nThank you.'],
    ['The address that you asked for:\n\nAna Weber\nManager\n+49 30 901820'],
    ['Send the invoices from 1.1.2026 on to Ana <ana@example.com>:\n\nthe big ones.'],
    ['Enviado do armazém ontem.\n\nChega na terça.'],
    ['发自内心地感谢\n\n再见'],
    ['資料をメールから送信しました\n\nご確認ください'],
    ['I will call you from mobile\n\nat nine'],
    ['Options:\n\n-red\n-blue'],
    ['Hello,\n\nYou are receiving this because I need your help.\n\nAna'],
    ['Begin forwarded message\nand so on.'],
    ['Trip:\n\nSent: the bags\nTo: Rome'],
    ['Dates: From: Monday To: Friday, and then home.'],
    ['Fields are From: and To: and Subject: here, what else?'],
    ['The team:\n\nAna Weber | Editor | ana@example.com\nBo Weber | Editor | bo@example.com'],
  ])('stays: %j', (text) => {
    expect(splitReply(text)).toEqual({ newText: text });
  });
});

const PIECES: readonly (readonly [string, string])[] = [
  ['attributions', 'On a wrote: '],
  ['beginnings of attributions', 'On 1, 2026 <\n'],
  ['brackets', '<'],
  ['quotations', '>'],
  ['quotations and answers', '> a\nb\n'],
  ['spaces', ' '],
  ['empty lines', '\n'],
  ['header fields', 'From: a\n'],
  ['subjects', 'Subject: a\n\n'],
  ['rules', 'a\n-----\n'],
  ['delimiters', '> a\n--\n'],
  ['phones', '> a\nSent from my iPhone\n'],
  ['greetings', 'Regards,\n'],
  ['greetings between quotations', '> a\n\nRegards,\nAna\n'],
  ['notices', 'This e-mail is confidential\n\n'],
  ['names', '> a\n\n\n-Ana\n'],
  ['cards', 'a\n\nAna Weber | Editor | 555\n\n'],
  ['pipes', 'Ana Weber | '],
  ['quotations by hand', 'a\n> b\n\nOn 1.1.2026 9:00 a wrote:\n'],
  ['lists', 'You received this message because list\n\n'],
  ['notices below sentences', 'Yes.\nThis e-mail is confidential\n\na\n'],
  ['headings', 'a\n\nPRIVILEGED\n\n'],
  ['attributions in one line', 'Il 21 novembre 2026, alle 9:00 a <a@b.example> ha scritto: '],
  ['headings of sections', 'Pumps\n-----\nThey run well here.\n'],
  ['networks', 'a\n\nFollow us on LinkedIn\n\n\n'],
  ['other quotations', 'a\n| b\n| c\n'],
  ['marks', '-- original message -- From: To: Sent: '],
  ['cards below sentences', 'Yes.\nAna Weber\nEditor\nTel. 212 555 0100\n'],
  ['attributions within lines', 'a On 1, 2026 <a@b.example> wrote: b '],
  ['broken lines', `${'x'.repeat(70)}=20=\n`],
];

/** An array that counts how often an element is read. */
function counted<T>(items: T[], count: { reads: number }): T[] {
  return new Proxy(items, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) count.reads += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
}

function countReads(text: string): number {
  const count = { reads: 0 };
  const lines = counted(toLines(text).lines, count);
  const kinds = counted(classifyLines(lines), count);
  markSignatures(lines, kinds);
  findKeptQuotes(lines, kinds);
  return count.reads;
}

describe('the work of taking a message apart', () => {
  test.each(PIECES)('grows no faster than its size: %s', (_, piece) => {
    const small = piece.repeat(400);
    expect(countReads(small.repeat(8))).toBeLessThan(countReads(small) * 8.8 + 200);
  });

  test.each([
    ...PIECES,
    ['tags', '<'],
    ['comments', '<!--'],
    ['scripts', '<script></'],
    ['quoted blocks', '<blockquote>'],
    ['quoted containers', '<div class="gmail_quote">'],
    ['containers and blocks', '<div class="gmail_quote"><blockquote></div>'],
    ['attributes', '<div class="'],
    ['indents', 'a<blockquote style="border:none">'],
    ['references', '&eacute;&x'],
    ['links', ' <a href="x">unsubscribe</a>'],
    ['links in lines', 'a<br><a>unsubscribe</a><br><br>'],
    ['containers below lines', '<br><div class="gmail_quote"><blockquote></blockquote></div>'],
  ] as const)('ends for a long text of %s', (_, piece) => {
    const text = piece.repeat(Math.ceil(150_000 / piece.length));
    expect(splitReply(text).newText.length).toBeLessThanOrEqual(text.length);
    expect(splitHtmlReply(text).newText.length).toBeLessThanOrEqual(text.length * 9);
  });
});
