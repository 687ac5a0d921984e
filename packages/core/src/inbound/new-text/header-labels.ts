/**
 * Names of the fields in the block that Outlook and others put above a quoted message, per field.
 * Facts from the locale files of Outlook, Apple Mail, Gmail, Thunderbird, Yahoo, HubSpot and
 * Foxmail: cs da de el en es et fi fr hr hu it ja ko nl no pl pt ro ru sk sv tr uk zh.
 */
const LABELS = {
  from: [
    'from|von|de|da|van|od|fra|från|lähettäjä|feladó|mittente|nadawca|expéditeur|message de|remitente',
    'от|от кого|отправитель|від|від кого|kimden|gönderen|expeditor(?:ul)?|de la|šalje|saatja|από',
    '差出人|送信元|发件人|寄件者|寄件人|發件人|보낸 ?사람|발신',
  ],
  /** "Date" is a word of every day, "sent" is one of mail. */
  date: [
    'date|datum|le|fecha|data|dato|päivämäärä|päiväys|dátum|dată|дата|tarih|ημερομηνία|日付|日期|时间|時間|날짜',
  ],
  sent: [
    'sent|gesendet(?: am)?|envoyé(?: le)?|message du|enviado(?: el| em)?|enviada(?: em)?|inviato(?: il)?|verzonden|wysłan[oey]',
    'data wysłania|skickat|sendt|lähetetty|elküldve|küldve|trimis|отправлено|відправлено|gönderilen|gönderildi|odoslané|odesláno|poslano|изпратено(?: на)?|στάλθηκε',
    '送信日時|送信日|日時|发送时间|發送時間|寄件日期|보낸 ?날짜',
  ],
  to: [
    'to|an|à|a|para|aan|do|till|til|vastaanottaja|címzett|komu|pre|prima|pour|adresat|destinataire|per|cui',
    'кому|до|kime|către|destinatarul?|προς|宛先|送信先|收件人|收件者|받는 ?사람|수신',
  ],
  cc: [
    'cc|cci|bcc|kopie(?: \\(cc\\))?|copie(?: à)?|kopia|kopi|kopio|másolat|másolatot kap|dw|udw|копия|копія|bilgi|抄送|副本|참조',
  ],
  subject: [
    'subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|temat|ämne|emne|aihe|tárgy|předmět|predmet|naslov|subiect(?:ul)?',
    'тема|относно|konu|θέμα|件名|主题|主題|主旨|제목',
  ],
  other: [
    'reply-to|réponse à|répondre à|antwort an|antwoord aan|svar til|rispondi a|risposta|responder a|odpověď na|organi[sz]ation|importance|priority|attachments?',
    'mailed-by|signed-by|newsgroups|x-mailer|wichtigkeit|anlagen|pièces? jointes?|返信先',
  ],
} as const;

/** What a field says; two different ones make a block. */
export type HeaderRole = keyof typeof LABELS;

const LABEL_PATTERNS: readonly (readonly [HeaderRole, RegExp])[] = (
  Object.keys(LABELS) as HeaderRole[]
).map((role) => [
  role,
  new RegExp(
    `^[\\s*_>|"]{0,8}(?:${LABELS[role].join('|')})[*_\\s\\u00a0]{0,4}[:：](.{0,300})`,
    'iu',
  ),
]);

/** The names as programs write them, wherever in a line: behind a value that they are glued to. */
const GLUED_PATTERNS: readonly (readonly [HeaderRole, RegExp])[] = (
  ['from', 'date', 'sent', 'to', 'subject'] as const
).map((role) => [
  role,
  new RegExp(
    `(?<!\\p{Lu})(?:${LABELS[role].join('|').replace(/(^|\|)(\p{Ll})/gu, (_, bar, letter) => `${bar}${letter.toUpperCase()}`)})[*\\s]{0,4}[:：]`,
    'u',
  ),
]);

/** Which fields stand in this one line. */
export function listGluedRoles(line: string): ReadonlySet<HeaderRole> {
  const start = line.slice(0, 600);
  return new Set(GLUED_PATTERNS.filter(([, label]) => label.test(start)).map(([role]) => role));
}

/** A field of such a block. */
export interface HeaderLine {
  readonly role: HeaderRole;
  readonly value: string;
}

/** What field of a quoted message this line is, if it is one. */
export function readHeaderLine(line: string): HeaderLine | undefined {
  if (line.length > 1_000 || !/[:：]/.test(line.slice(0, 40))) return undefined;
  const start = line.slice(0, 340);
  for (const [role, pattern] of LABEL_PATTERNS) {
    const value = pattern.exec(start)?.[1];
    if (value !== undefined) return { role, value: value.replace(/^[*_\s]+|[*_\s]+$/g, '') };
  }
  return undefined;
}
