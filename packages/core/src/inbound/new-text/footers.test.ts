import { describe, expect, test } from 'vitest';
import { splitReply } from './split-reply.ts';

const newTextOf = (...lines: readonly string[]): string => splitReply(lines.join('\n')).newText;

describe('the new text has no notice', () => {
  test.each([
    ['Please notify the sender at once if this is not for you.'],
    ['If you received this by mistake, tell us.'],
    ['If you are not the addressee, this mail is confidential.'],
    ['Unauthorised copying of these lines is forbidden.'],
    ['Go green, think before you print.'],
    ['Please do not print this e-mail.'],
    ['Falls Sie nicht der richtige Empfänger sind, löschen Sie das bitte.'],
    ["Si vous n'êtes pas le destinataire, merci de nous avertir."],
    ['Si no es el destinatario, avísenos.'],
    ['Si usted ha recibido este correo por error, dígalo.'],
    ['Caso tenha recebido este e-mail por engano, avise-nos.'],
    ['Pense no meio ambiente antes de imprimir.'],
    ['Se não é o destinatário, avise-nos.'],
    ['Se non è il destinatario, ci avvisi.'],
    ['Indien u niet de geadresseerde bent, laat het ons weten.'],
  ])('%s', (notice) => {
    expect(newTextOf('Sure.', '', notice)).toBe('Sure.');
    expect(newTextOf('Sure.', notice)).toBe('Sure.');
    expect(newTextOf(notice)).toBe(notice);
  });

  test('nor the heading above it', () => {
    const notice = 'This e-mail is confidential.';
    expect(newTextOf('Sure.', '', 'PRIVATE AND CONFIDENTIAL', '', notice)).toBe('Sure.');
    expect(newTextOf('IT IS CONFIDENTIAL', '', notice)).toBe('IT IS CONFIDENTIAL');
  });

  test.each([
    ['We need an answer:\n\nunauthorized use of our logo happens daily.'],
    ['Please notify the sender that the pump is broken.'],
    ['I think that\nthis e-mail is confidential.'],
    ['Sure.\nThis e-mail is confidential.\n\nMay I pass it on?'],
  ])('but what a person says: %j', (text) => {
    expect(newTextOf(text)).toBe(text);
  });
});

describe('the new text ends', () => {
  test('before a card directly below a sentence', () => {
    const card = ['Ana Weber, MBA', 'Head of Pumps', 'Phone: 212 555 0100'];
    expect(newTextOf('Sure.', ...card)).toBe('Sure.');
    expect(newTextOf('The team:', ...card)).toBe(['The team:', ...card].join('\n'));
    expect(newTextOf('Call Bo.', 'Bo Lima', 'knows more')).toBe('Call Bo.\nBo Lima\nknows more');
  });

  test('before a card with the company in the line of the name, below what was quoted', () => {
    const card = ['Ana Weber / pumps.example <ana@pumps.example>', 'm: 212 555 0100'];
    expect(newTextOf('Sure.', '', 'On 11/21/26, Bo wrote:', '> Hello', '', ...card)).toBe('Sure.');
  });

  test('before a greeting above a name and a card that begins with the position', () => {
    const card = ['Ana Weber', '', 'Pump Engineer | Acme', '', 'ana@example.com | Berlin'];
    expect(newTextOf('Sure.', '', 'Best regards', ...card)).toBe('Sure.');
    expect(newTextOf('Sure.', '', 'Best regards', 'Ana')).toBe('Sure.\n\nBest regards\nAna');
  });

  test('before what Yahoo Groups and a phone with a name add', () => {
    for (const mark of ['__._,_.___', '__,_._,___', 'Sent using penguin power from my iPhone']) {
      expect(newTextOf('Sure.', '', mark, '', 'Posted by: Ana')).toBe('Sure.');
    }
    const own = 'Sent using a friend from my school.';
    expect(newTextOf('Sure.', own, 'Ana')).toBe(`Sure.\n${own}\nAna`);
  });

  test.each([
    ['To unsubscribe from this list, send an empty mail.'],
    ['Please click here to opt out.'],
    ['You can unsubscribe at any time.'],
    ['Um sich vom Verteiler abzumelden, klicken Sie hier.'],
    ['Cliquez ici pour vous désinscrire.'],
    ['Haga clic aquí para darse de baja.'],
    ['Clicca qui per cancellarti.'],
    ['Clique aqui para cancelar a assinatura.'],
    ['Klik hier om je uit te schrijven.'],
    ['Kliknij tutaj, aby zrezygnować.'],
    ['This message was sent from an unmonitored mailbox.'],
  ])('before how one gets a message no more: %s', (line) => {
    expect(newTextOf('Sure.', '', line, '', 'Pump Shop, Main St 1')).toBe('Sure.');
    expect(newTextOf('Sure.', line)).toBe('Sure.');
    const told = ['Hi Bo,', '', line, '', 'Regards', 'Ana'].join('\n');
    expect(newTextOf(told)).toBe(told);
  });

  test('before an address of a list with what one may do there', () => {
    const footer = ['This email was sent to ana@example.com', 'Manage your subscription'];
    expect(newTextOf('Sure.', '', 'Best,', 'The Pump Team', '', ...footer)).toBe(
      'Sure.\n\nBest,\nThe Pump Team',
    );
    const own = 'This email was sent to ana@example.com, who has no account.';
    expect(newTextOf('Sure.', '', own)).toBe(`Sure.\n\n${own}`);
  });

  test('before where else a company is to be found, as long as nothing is said below', () => {
    for (const line of [
      'Follow us on LinkedIn',
      'Folgen Sie uns auf Facebook',
      'Suivez-nous sur Twitter',
    ]) {
      expect(newTextOf('Sure.', line, 'Instagram')).toBe('Sure.');
      expect(newTextOf('Sure.', '', line, '', '© 2026 Acme')).toBe('Sure.');
      const own = ['Sure.', '', line, '', 'And will you come on Tuesday?'].join('\n');
      expect(newTextOf(own)).toBe(own);
    }
    expect(newTextOf('Follow us on LinkedIn')).toBe('Follow us on LinkedIn');
  });

  test('before a notice directly below a sentence, with an address below it', () => {
    const notice = 'To unsubscribe from this list, click here.';
    expect(newTextOf('Sure.', notice, '', 'Copyright 2026')).toBe('Sure.');
  });

  test.each([
    ['Unsubscribe me from this list.'],
    ['To unsubscribe people is my work.'],
    ['I clicked here to unsubscribe.'],
  ])('but not before what a person asks for: %s', (line) => {
    expect(newTextOf('Hi Bo,', '', line)).toBe(`Hi Bo,\n\n${line}`);
  });

  test('before a picture beside words, which only a program names', () => {
    const picture = '[cid:image001.png@01D6A726.60C509D0]';
    expect(newTextOf('Sure.', '', picture)).toBe('Sure.');
    expect(newTextOf(picture)).toBe(picture);
  });

  test('before an attribution in the middle of its line', () => {
    const line = 'Sure. On 11/21/26, Pump Shop <shop@acme.example> wrote: Hello Ana';
    expect(newTextOf(line, 'old')).toBe('Sure.');
    const other = 'Il 21 novembre 2026, alle 9:00 Pompe<shop@acme.example> ha scritto: Ciao Ana';
    expect(newTextOf(`Va bene ${other}`)).toBe('Va bene');
    expect(newTextOf(`Va bene -- Inviato da iPhone ${other}`)).toBe('Va bene');
    const own = 'Il 21 novembre 2026 Pompe <shop@acme.example> ha scritto: va bene';
    expect(newTextOf(`Sai che ${own}`)).toBe(`Sai che ${own}`);
    expect(newTextOf('可以 ---- 回复的原邮件 ---- 发件人 泵店')).toBe('可以');
    expect(newTextOf('Ja. -------- Ursprüngliche Nachricht -------- Von: Pump Shop')).toBe('Ja.');
    expect(newTextOf('The line "--- original message" is odd.')).toContain('is odd.');
  });

  test('before an attribution with a month and a day', () => {
    expect(newTextOf('Sure.', '', 'On Sat, Nov 21 Pump Shop wrote:', 'old')).toBe('Sure.');
  });

  test('before a quotation in its raw form, lines and all', () => {
    const raw = [
      '> On 21 Nov 2026, at 9:00, Pump Shop =',
      '<shop@acme.example> wrote:',
      '>=20',
      `> https://pumps.example/${'x'.repeat(50)}=`,
      'y',
    ];
    expect(newTextOf('Sure.', '', ...raw)).toBe('Sure.');
    expect(newTextOf('a =', 'b')).toBe('a =\nb');
  });
});
