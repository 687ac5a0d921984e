import { describe, expect, test } from 'vitest';
import { parseInbound } from './parse-inbound.ts';

const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date);

async function read(fields: string, body = 'I am out of the office.') {
  const raw = `From: Ana <ana@example.com>\nTo: news@acme.example\nDate: Mon, 7 Dec 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n${fields}\n\n${body}\n`;
  const { autoReply, kind } = await parseInbound(raw);
  return kind === 'auto_reply' ? autoReply : kind;
}

describe('an automatic answer', () => {
  test.each([
    'Auto-Submitted: auto-replied\nSubject: Re: October',
    'Auto-Submitted: auto-replied (vacation)\nSubject: Away',
    'Precedence: auto_reply\nSubject: October',
    'X-Autoreply: yes\nSubject: October',
    'X-FC-MachineGenerated: true\nSubject: RE: October',
    'Preference: auto_reply\nSubject: October',
    'Delivered-To: Autoresponder\nSubject: October',
    'Subject: Auto-Antwort: October',
    "Subject: Réponse automatique d'absence du bureau : October",
    'X-Apple-Action: vacation\nSubject: October',
    'Subject: Automatic reply: October',
    'Subject: Out of Office: October',
    'Subject: Abwesenheitsnotiz: October',
    'Subject: Automatische Antwort: October',
    'Subject: Réponse automatique : October',
    'Subject: Respuesta automática: October',
    'Subject: Risposta automatica: October',
    'Subject: Resposta automática: October',
    'Subject: Automatisch antwoord: October',
    'Subject: Automatyczna odpowiedź: October',
    'Subject: Autosvar: October',
    'Subject: Автоответ: October',
    'Subject: 自動返信: October',
    'Subject: 自动回复：October',
    'Subject: 자동 회신: October',
    'Subject: Automatikus válasz: October',
    'Subject: Otomatik yanıt: October',
    'Subject: [Auto-Reply] October',
    'Subject: Vacation response: October',
    'Subject: Automatic reply',
    'Return-Path: <>\nSubject: I am on vacation',
    'Return-Path: <>\nSubject: Re: October',
    'Subject: AUTO: Ana Lima is out of the office. (returning 01/05/2027)',
  ])('is told by "%s"', async (fields) => {
    expect(await read(fields)).toMatchObject({ kind: 'vacation' });
  });

  test.each([
    [
      'Subject: [Ticket #4711] Your request',
      'Thank you for contacting support. Your ticket number is 4711.',
    ],
    ['Subject: Request received', 'We have received your message and will answer soon.'],
    ['Subject: Ihre Anfrage', 'Ihre Nachricht ist eingegangen. Vorgangsnummer: 4711'],
  ])('of a help desk is a ticket: "%s"', async (subject, body) => {
    expect(await read(`Auto-Submitted: auto-replied\n${subject}`, body)).toEqual({
      kind: 'ticket',
    });
  });

  test.each([
    ['Return-Path: <>\nPrecedence: bulk\nSubject: Thanks', 'I will write back soon. Ana'],
    ['X-Bluebottle-Request: <1>\nSubject: RE: October', 'Please confirm that you are a person.'],
  ])('needs no words about it: "%s"', async (fields, body) => {
    expect(await read(fields, body)).toEqual({ kind: 'notice' });
  });

  test('of another kind is a notice', async () => {
    expect(
      await read('Auto-Submitted: auto-replied\nSubject: October', 'I have moved house.'),
    ).toEqual({
      kind: 'notice',
    });
  });

  test.each([
    ['I am away until 15 December 2026.', day(2026, 12, 15)],
    ['I will be back on December 21st.', day(2026, 12, 21)],
    ['I am on leave from Dec 7 until Jan 4.', day(2027, 1, 4)],
    ['Returning to the office on 2027-01-11.', day(2027, 1, 11)],
    ['Ich bin bis 18.12.2026 im Urlaub.', day(2026, 12, 18)],
    ['Ich bin wieder am 4. Januar erreichbar.', day(2027, 1, 4)],
    ["Je suis absente jusqu'au 22 décembre 2026.", day(2026, 12, 22)],
    ['Estaré fuera de la oficina hasta el 20 de diciembre de 2026.', day(2026, 12, 20)],
    ['Sono in ferie fino al 24/12/2026.', day(2026, 12, 24)],
    ['Estou de férias até 23/12/2026.', day(2026, 12, 23)],
    ['Ik ben afwezig tot 19 december.', day(2026, 12, 19)],
    ['Out of office until 12/24/2026', day(2026, 12, 24)],
    ['不在にしております。12月18日まで休暇です。', day(2026, 12, 18)],
    ["I'm travelling through 12/18 and will write then.", day(2026, 12, 18)],
    ['I am away from 8 December to 18 December.', day(2026, 12, 18)],
    ['Out of office Dec 8 - Dec 18.', day(2026, 12, 18)],
    ['On leave. Available again from 4 January.', day(2027, 1, 4)],
    ['Out of office from 12/7/2026, returning on 12/8/2026.', day(2026, 12, 8)],
    ['Ich bin im Urlaub und am 4. Januar 2027 zurück.', day(2027, 1, 4)],
    ['Ich bin im Urlaub, ab dem 4.1. wieder da.', day(2027, 1, 4)],
    ['Absente du 8/12/2026 au 18/12/2026.', day(2026, 12, 18)],
    ['Je suis absente, joignable à partir du 4 janvier.', day(2027, 1, 4)],
    ['De vacaciones del 8 al 18 de diciembre. Volveré el 21 de diciembre.', day(2026, 12, 21)],
    ['Estoy ausente. Me reincorporo el 4 de enero.', day(2027, 1, 4)],
    ['Sono assente dal 8/12 al 18/12.', day(2026, 12, 18)],
    ['In ferie, rientrerò in ufficio lunedì 4 gennaio.', day(2027, 1, 4)],
    ['Estou de férias de 8/12/2026 a 18/12/2026.', day(2026, 12, 18)],
    ['De férias. Estarei de volta no dia 4 de janeiro.', day(2027, 1, 4)],
    ['Ik ben afwezig van 8 t/m 18 december.', day(2026, 12, 18)],
    ['Met vakantie; op 4 januari ben ik weer aanwezig.', day(2027, 1, 4)],
    ['Na urlopie 8.12-18.12.2026.', day(2026, 12, 18)],
    ['På semester, tillbaka på kontoret måndag den 4 januari.', day(2027, 1, 4)],
    ['Я в отпуске и вернусь 4 января.', day(2027, 1, 4)],
    ['Я в отпуске, буду в офисе с 4 января.', day(2027, 1, 4)],
    ['休暇中です。1/4(月)に出社いたします。', day(2027, 1, 4)],
    ['休暇中です。1月4日より通常業務となります。', day(2027, 1, 4)],
    ['我在休假,1月4日返回办公室。', day(2027, 1, 4)],
    ['我于2026年12月8日至2026年12月18日休假。', day(2026, 12, 18)],
  ])('says when the absence ends: "%s"', async (body, until) => {
    expect(await read('Auto-Submitted: auto-replied\nSubject: Away', body)).toEqual({
      kind: 'vacation',
      until,
    });
  });

  test.each([
    'I am out of the office. In March 2020 we moved.',
    'I am away until further notice.',
    'I am away until 15 December 2020.',
    'Out of office until 99/99/9999',
    'Out of office. Call 030-12 345 or 12-34 56.',
  ])('does not guess: "%s"', async (body) => {
    expect(await read('Auto-Submitted: auto-replied\nSubject: Away', body)).toEqual({
      kind: 'vacation',
    });
  });
});

describe('what a person writes', () => {
  test.each([
    ['Subject: Out of office next week', 'I am out of the office next week, call Bo.'],
    ['Subject: Re: Automatic reply: October', 'Thanks, I will wait until you are back.'],
    ['Subject: Re: vacation', 'I am on vacation until 15 December, then yes.'],
    ['Subject: Auto: neues Angebot', 'Das Auto ist noch zu haben.'],
    ['Subject: Automatic replies: how do I switch them off', 'Hello, I am away on Monday.'],
    ['Subject: Out of office', 'I am out of office next week, so Tuesday?'],
    ['Subject: AW: Urlaub', 'Ich bin im Urlaub, melde mich dann.'],
    ['Auto-Submitted: no\nSubject: Re: October', 'Yes please.'],
    ['X-Auto-Response-Suppress: All\nSubject: Re: out of office', 'Fine.'],
    ['Return-Path: <>\nSubject: Re: October', 'Yes please, two of them.'],
    ['Subject: ticket', 'I have a ticket for you. Thank you for your message.'],
    ['Precedence: list\nList-Id: <users.example.com>\nSubject: Automatic reply: October', 'No.'],
  ])('is none: "%s"', async (fields, body) => {
    expect(await read(fields, body)).toBe('message');
  });
});
