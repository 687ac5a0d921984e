import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeStopRequest } from './judge-stop-request.ts';

const CLEAR: Readonly<Record<string, readonly string[]>> = {
  English: [
    'unsubscribe',
    'STOP!',
    'Please unsubscribe me.',
    'Hi Ben,\n\nPlease remove me from your mailing list.\n\nThanks,\nAna',
    'Stop emailing me',
    "I don't want to receive your emails anymore.",
    'Not interested, please take me off your list.',
    'Can you remove me from this list?',
    'No more emails please.',
    'Do not contact me again or I will report you.',
    'Your product looks nice. We have no budget this year. Please don’t email me again.',
    'Kindly unsubscribe my email address from all marketing emails, as I left the company.',
    'Hello team, I would like to opt out of your newsletter',
    'Please remove my email address from\nyour distribution list',
  ],
  German: [
    'Abmelden',
    'Bitte melden Sie mich vom Newsletter ab.',
    'Guten Tag,\nbitte nehmen Sie mich aus dem Verteiler.\nMit freundlichen Grüßen',
    'Ich möchte keine weiteren E-Mails von Ihnen erhalten.',
    'Schicken Sie mir bitte keine Werbung mehr!',
    'Könnten Sie mich bitte aus Ihrem Verteiler löschen?',
    'Keine Mails mehr!',
    'Hallo, bitte löscht meine Adresse aus eurer Datenbank',
  ],
  French: [
    'Désinscription',
    'Merci de me désinscrire de votre liste.',
    'Bonjour, veuillez me retirer de votre liste de diffusion. Cordialement',
    'Ne m’envoyez plus de mails.',
    'Je ne souhaite plus recevoir vos emails',
    'Arrêtez de m’écrire',
    'Pourriez-vous me désabonner de cette newsletter ?',
  ],
  Spanish: [
    'Baja',
    'Por favor, denme de baja de su lista de correo.',
    'No quiero recibir más correos.',
    'Hola, elimínenme de su base de datos, gracias.',
    'No me envíen más correos',
    'Dejen de escribirme',
    '¿Pueden darme de baja?',
  ],
  Italian: [
    'Cancellami',
    'Vi prego di cancellarmi dalla vostra mailing list.',
    'Buongiorno, non voglio più ricevere le vostre email. Grazie',
    'Toglietemi dalla lista!',
    'Non scrivetemi più',
    'Smettetela di mandarmi queste mail',
  ],
  Portuguese: [
    'Descadastrar',
    'Por favor, me removam da lista de e-mails.',
    'Não quero mais receber e-mails.',
    'Bom dia, gostaria de cancelar a minha inscrição da newsletter',
    'Parem de me enviar mensagens',
    'Não me enviem mais nada',
  ],
  Dutch: [
    'Uitschrijven',
    'Graag mij uitschrijven van deze mailinglijst.',
    'Beste, wilt u mij uit uw bestand verwijderen?',
    'Stuur mij geen mails meer.',
    'Ik wil geen nieuwsbrieven meer ontvangen',
    'Schrijf me uit aub',
    'Stop met mailen',
  ],
  Polish: [
    'Wypisz mnie',
    'Proszę o wypisanie mnie z listy mailingowej.',
    'Dzień dobry, proszę usunąć mój adres z bazy danych. Pozdrawiam',
    'Nie chcę otrzymywać więcej maili.',
    'Proszę nie wysyłać mi więcej wiadomości',
    'Rezygnuję z newslettera',
  ],
  Swedish: [
    'Avregistrera',
    'Vänligen ta bort mig från er lista.',
    'Hej, jag vill inte ha fler mejl.',
    'Sluta skicka mejl till mig'.replace(' till mig', ''),
    'Kan ni avregistrera mig?',
    'Inga fler utskick tack',
  ],
  Russian: [
    'Отписаться',
    'Пожалуйста, отпишите меня от рассылки.',
    'Здравствуйте, удалите меня из вашей базы.',
    'Больше не присылайте мне писем!',
    'Я не хочу получать ваши письма.',
    'Прекратите рассылку',
  ],
  Japanese: [
    '配信停止',
    '配信停止をお願いします。',
    'お手数ですが、メールの配信を停止してください。',
    'もうメールを送らないでください',
    'リストから削除してください。よろしくお願いいたします。',
  ],
  Chinese: [
    '退订',
    '请退订，谢谢',
    '请不要再给我发邮件了。',
    '你好，请把我从你们的邮件列表中删除。',
    '我不想再收到你们的邮件',
    '請取消訂閱',
  ],
};

const UNCLEAR: readonly string[] = [
  'unsubscribe the details from the thread',
  'Please remove me from this thread, Ben can take it from here.',
  'How do I unsubscribe?',
  'I clicked unsubscribe last week and nothing happened, why?',
  'One of our users wrote "please unsubscribe me" and we wonder what to answer.',
  'Please do not unsubscribe me, I love your emails.',
  'If this is not about my order then unsubscribe me from nothing else.',
  'Can I unsubscribe my colleague bob@example.com?',
  "Don't email me the file before Friday.",
  'Bitte Herrn Meyer vom Kurs abmelden.',
  'Wie kann ich den Newsletter abbestellen?',
  'Comment puis-je me désabonner de la formation ?',
  '请问如何退订？',
  'お客様が「配信停止してください」と言っています。',
  'Не присылайте мне договор до пятницы',
];

const NONE: readonly string[] = [
  '',
  'Thanks, looks good. Talk on Monday!',
  'We should stop here and continue next week.',
  'The bus stop is in front of the house.',
  'Can you remove the second item from my order?',
  'Please send me more emails like this one.',
  'Our mailing list has 5,000 members; does your product handle that?',
  'To unsubscribe click here: https://news.example.com/u',
  'If you no longer wish to receive these emails, unsubscribe here.',
  'Danke für den Newsletter, sehr interessant.',
  'Merci pour votre message, je vous réponds demain.',
  'Gracias, me parece bien.',
  'Спасибо за рассылку, очень полезно.',
  'ありがとうございます。',
  '谢谢，我们下周再谈。',
];

describe('judgeStopRequest', () => {
  describe.each(Object.entries(CLEAR))('%s', (_, texts) => {
    it.each(texts)('hears %j', (text) => {
      expect(judgeStopRequest(text)).toBe('clear');
    });
  });

  it.each(UNCLEAR)('leaves %j to a person', (text) => {
    expect(judgeStopRequest(text)).toBe('unclear');
  });

  it.each(NONE)('finds nothing in %j', (text) => {
    expect(judgeStopRequest(text)).toBe('none');
  });

  it('says the same of a request among other words, unless it is a single one', () => {
    const others = `\n\n${'12 — 34.\r\n'.repeat(40)}`;
    for (const text of Object.values(CLEAR).flat()) {
      if (/^[\p{L}!]{1,15}$/u.test(text)) continue;
      expect([text, judgeStopRequest(text + others)]).toEqual([text, 'clear']);
      expect([text, judgeStopRequest(others + text)]).toEqual([text, 'clear']);
    }
    for (const text of UNCLEAR) {
      expect([text, judgeStopRequest(text + others)]).toEqual([text, 'unclear']);
    }
    for (const text of NONE)
      expect([text, judgeStopRequest(text + others)]).toEqual([text, 'none']);
  });

  it('leaves a request within a long mail to a person', () => {
    const text = `${'We have a question about the invoice. '.repeat(60)}Please unsubscribe me.`;
    expect(judgeStopRequest(text)).toBe('unclear');
  });

  it('reads any text, and a hostile one of 20,000 characters at once', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500, unit: 'grapheme' }), (text) => {
        expect(['clear', 'unclear', 'none']).toContain(judgeStopRequest(text));
      }),
    );
    for (const piece of [
      'please ',
      'hi ',
      'no thanks, ',
      'remove me from this ',
      '"',
      'не ',
      '请',
    ]) {
      judgeStopRequest(piece.repeat(20_000 / piece.length));
    }
  });
});
