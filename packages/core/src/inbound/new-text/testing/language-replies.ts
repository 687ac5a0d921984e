/** Replies of our own writing, one per language: the line above the quotation, Outlook's block, a phone. */
export interface LanguageReply {
  readonly language: string;
  readonly own: string;
  /** Lines above the quoted message, as Gmail, Thunderbird and Apple Mail write them. */
  readonly attributions: readonly string[];
  /** The block of Outlook. */
  readonly header: readonly string[];
  readonly device?: string;
  readonly separator?: string;
}

export const LANGUAGE_REPLIES: readonly LanguageReply[] = [
  {
    language: 'English',
    own: 'Tuesday works for the delivery.',
    attributions: [
      'On Sat, Nov 21, 2026 at 9:00 AM Pump Shop <shop@acme.example> wrote:',
      'On 21/11/2026 09:00, Pump Shop wrote:',
      'On Nov 21, 2026, at 9:00 AM, Pump Shop <shop@acme.example> wrote:',
    ],
    header: [
      'From: Pump Shop',
      'Sent: Saturday, November 21, 2026 9:00 AM',
      'To: Ana',
      'Subject: Pumps',
    ],
    device: 'Sent from my iPhone',
    separator: '-----Original Message-----',
  },
  {
    language: 'German',
    own: 'Dienstag passt für die Lieferung.',
    attributions: [
      'Am Sa., 21. Nov. 2026 um 09:00 Uhr schrieb Pumpenladen <shop@acme.example>:',
      'Am 21.11.26 um 09:00 schrieb Pumpenladen:',
    ],
    header: [
      'Von: Pumpenladen',
      'Gesendet: Samstag, 21. November 2026 09:00',
      'An: Ana',
      'Betreff: Pumpen',
    ],
    device: 'Von meinem iPhone gesendet',
    separator: '-----Ursprüngliche Nachricht-----',
  },
  {
    language: 'French',
    own: 'Mardi convient pour la livraison.',
    attributions: [
      'Le sam. 21 nov. 2026 à 09:00, Pompes <shop@acme.example> a écrit :',
      'Le 21/11/2026 à 09:00, Pompes a écrit :',
    ],
    header: ['De : Pompes', 'Envoyé : samedi 21 novembre 2026 09:00', 'À : Ana', 'Objet : Pompes'],
    device: 'Envoyé de mon iPhone',
    separator: '-----Message d’origine-----',
  },
  {
    language: 'Spanish',
    own: 'El martes va bien para la entrega.',
    attributions: [
      'El sáb, 21 nov 2026 a las 9:00, Bombas (<shop@acme.example>) escribió:',
      'El 21/11/2026 a las 9:00, Bombas escribió:',
    ],
    header: [
      'De: Bombas',
      'Enviado el: sábado, 21 de noviembre de 2026 9:00',
      'Para: Ana',
      'Asunto: Bombas',
    ],
    device: 'Enviado desde mi iPhone',
    separator: '-----Mensaje original-----',
  },
  {
    language: 'Italian',
    own: 'Martedì va bene per la consegna.',
    attributions: [
      'Il giorno sab 21 nov 2026 alle ore 09:00 Pompe <shop@acme.example> ha scritto:',
      'Il 21/11/2026 09:00, Pompe ha scritto:',
    ],
    header: ['Da: Pompe', 'Inviato: sabato 21 novembre 2026 09:00', 'A: Ana', 'Oggetto: Pompe'],
    device: 'Inviato da iPhone',
    separator: '-----Messaggio originale-----',
  },
  {
    language: 'Portuguese',
    own: 'Terça serve para a entrega.',
    attributions: [
      'Em sáb., 21 de nov. de 2026 às 09:00, Bombas <shop@acme.example> escreveu:',
      'Em 21/11/2026 09:00, Bombas escreveu:',
    ],
    header: [
      'De: Bombas',
      'Enviada em: sábado, 21 de novembro de 2026 09:00',
      'Para: Ana',
      'Assunto: Bombas',
    ],
    device: 'Enviado do meu iPhone',
    separator: '-----Mensagem original-----',
  },
  {
    language: 'Dutch',
    own: 'Dinsdag is goed voor de levering.',
    attributions: [
      'Op za 21 nov 2026 om 09:00 schreef Pompen <shop@acme.example>:',
      'Op 21 nov. 2026 om 09:00 heeft Pompen <shop@acme.example> het volgende geschreven:',
    ],
    header: [
      'Van: Pompen',
      'Verzonden: zaterdag 21 november 2026 09:00',
      'Aan: Ana',
      'Onderwerp: Pompen',
    ],
    device: 'Verstuurd vanaf mijn iPhone',
    separator: '-----Oorspronkelijk bericht-----',
  },
  {
    language: 'Polish',
    own: 'Wtorek pasuje do dostawy.',
    attributions: [
      'sob., 21 lis 2026 o 09:00 Pompy <shop@acme.example> napisał(a):',
      'W dniu 21.11.2026 o 09:00, Pompy pisze:',
    ],
    header: ['Od: Pompy', 'Wysłano: sobota, 21 listopada 2026 09:00', 'Do: Ana', 'Temat: Pompy'],
    device: 'Wysłane z iPhone’a',
    separator: '-----Wiadomość oryginalna-----',
  },
  {
    language: 'Swedish',
    own: 'Tisdag går bra för leveransen.',
    attributions: [
      'Den lör 21 nov. 2026 kl 09:00 skrev Pumpar <shop@acme.example>:',
      '21 nov. 2026 kl. 09:00 skrev Pumpar <shop@acme.example>:',
    ],
    header: ['Från: Pumpar', 'Skickat: den 21 november 2026 09:00', 'Till: Ana', 'Ämne: Pumpar'],
    device: 'Skickat från min iPhone',
    separator: '-----Ursprungligt meddelande-----',
  },
  {
    language: 'Japanese',
    own: '火曜日の納品でお願いします。',
    attributions: [
      '2026年11月21日(土) 9:00 ポンプ店 <shop@acme.example>:',
      '2026/11/21 9:00、ポンプ店 <shop@acme.example> のメール：',
    ],
    header: ['差出人: ポンプ店', '送信日時: 2026年11月21日 9:00', '宛先: Ana', '件名: ポンプ'],
    device: 'iPhoneから送信',
  },
  {
    language: 'Chinese',
    own: '星期二交货可以。',
    attributions: [
      '泵店 <shop@acme.example> 于2026年11月21日周六 09:00写道：',
      '在 2026年11月21日，上午9:00，泵店 <shop@acme.example> 写道：',
    ],
    header: ['发件人: 泵店', '发送时间: 2026年11月21日 9:00', '收件人: Ana', '主题: 泵'],
    device: '发自我的iPhone',
    separator: '------------------ 原始邮件 ------------------',
  },
  {
    language: 'Russian',
    own: 'Вторник подходит для доставки.',
    attributions: [
      'сб, 21 нояб. 2026 г. в 09:00, Насосы <shop@acme.example>:',
      '21.11.2026 09:00, Насосы пишет:',
    ],
    header: ['От: Насосы', 'Отправлено: 21 ноября 2026 г. 9:00', 'Кому: Ana', 'Тема: Насосы'],
    device: 'Отправлено с iPhone',
    separator: '-------- Исходное сообщение --------',
  },
  {
    language: 'Danish',
    own: 'Tirsdag passer til leveringen.',
    attributions: ['Den lør. 21. nov. 2026 kl. 09.00 skrev Pumper <shop@acme.example>:'],
    header: ['Fra: Pumper', 'Sendt: 21. november 2026 09:00', 'Til: Ana', 'Emne: Pumper'],
    device: 'Sendt fra min iPhone',
    separator: '-----Oprindelig meddelelse-----',
  },
  {
    language: 'Norwegian',
    own: 'Tirsdag passer for leveringen.',
    attributions: ['lør. 21. nov. 2026 kl. 09:00 skrev Pumper <shop@acme.example>:'],
    header: ['Fra: Pumper', 'Sendt: lørdag 21. november 2026 09:00', 'Til: Ana', 'Emne: Pumper'],
  },
  {
    language: 'Finnish',
    own: 'Tiistai sopii toimitukseen.',
    attributions: ['la 21. marrask. 2026 klo 9.00 Pumput (shop@acme.example) kirjoitti:'],
    header: [
      'Lähettäjä: Pumput',
      'Lähetetty: lauantai 21. marraskuuta 2026 9.00',
      'Vastaanottaja: Ana',
      'Aihe: Pumput',
    ],
  },
  {
    language: 'Czech',
    own: 'Úterý se na dodávku hodí.',
    attributions: ['so 21. 11. 2026 v 9:00 odesílatel Čerpadla <shop@acme.example> napsal:'],
    header: [
      'Od: Čerpadla',
      'Odesláno: sobota 21. listopadu 2026 9:00',
      'Komu: Ana',
      'Předmět: Čerpadla',
    ],
  },
  {
    language: 'Hungarian',
    own: 'A kedd jó a szállításra.',
    attributions: ['Szivattyú <shop@acme.example> ezt írta (időpont: 2026. nov. 21., Szo, 9:00):'],
    header: [
      'Feladó: Szivattyú',
      'Elküldve: 2026. november 21., szombat 9:00',
      'Címzett: Ana',
      'Tárgy: Szivattyú',
    ],
  },
  {
    language: 'Turkish',
    own: 'Teslimat için salı uygun.',
    attributions: ['Pompa <shop@acme.example>, 21 Kas 2026 Cmt, 09:00 tarihinde şunu yazdı:'],
    header: ['Kimden: Pompa', 'Gönderilen: 21 Kasım 2026 09:00', 'Kime: Ana', 'Konu: Pompa'],
    separator: '-------- İletilmiş Mesaj --------',
  },
  {
    language: 'Korean',
    own: '화요일 배송이 좋습니다.',
    attributions: ['2026년 11월 21일 (토) 오전 9:00, 펌프 <shop@acme.example>님이 작성:'],
    header: ['보낸 사람: 펌프', '보낸 날짜: 2026년 11월 21일 9:00', '받는 사람: Ana', '제목: 펌프'],
  },
  {
    language: 'Ukrainian',
    own: 'Вівторок підходить для доставки.',
    attributions: ['сб, 21 лист. 2026 р. о 09:00 Насоси <shop@acme.example> пише:'],
    header: ['Від: Насоси', 'Відправлено: 21 листопада 2026 р. 9:00', 'Кому: Ana', 'Тема: Насоси'],
  },
];
