/** How mail programs introduce the message that is answered, and what they add below. */

/**
 * "On … Ana wrote:", joined to one line of at most {@link MAX_ATTRIBUTION} characters. Languages:
 * English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Russian,
 * Japanese, Chinese; and, whatever the language, a date and an address before a colon.
 */
export const ATTRIBUTIONS: readonly RegExp[] = [
  /^(?:on|am|le|el|il|em|op|den|dnia|w dniu|on\s)\b.*\b(?:wrote|schrieb|escribió|ha scritto|escreveu|schreef|skrev|napisał(?:\(a\)|a)?)\b[^:]{0,80}:$/iu,
  /^le\b.*\ba écrit\s*:$/iu,
  /^\S.{0,200}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev)\s*:$/iu,
  /\d.{0,200}(?:пишет|написал(?:а|\(а\))?)\s*:$/iu,
  /^\d{4}[年/-].{0,200}(?:<[^<>\s]+@[^<>\s]+>|のメール|書きました|写道)\s*[:：]$/u,
  /[在于]\s?\d{4}.{0,200}写道\s*[:：]$/u,
  /\d.{0,200}<[^<>\s]+@[^<>\s]+>[^:]{0,40}:$/u,
];

/** How an attribution begins that is broken over lines: a word of the list above, a date, a day. */
export const ATTRIBUTION_START =
  /^(?:(?:on|am|le|el|il|em|op|den|dnia|w dniu)\b|\d{4}[年/-]|\d{1,2}[./]\d|\p{L}{2,4}\.?,? \d)/iu;

/** Lines of an attribution are joined up to this length, which also bounds the patterns' cost. */
export const MAX_ATTRIBUTION = 400;

/** A line of its own that says: below is the other message. */
export const SEPARATOR =
  /^[-_* ]{2,40}\s*(?:original message|ursprüngliche nachricht|originalnachricht|message d'origine|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|wiadomość oryginalna|ursprungligt meddelande|исходное сообщение|forwarded message|weitergeleitete nachricht|message transféré)\s*[-_* ]{2,40}$/iu;

/** Field names of the block that Outlook puts above a quoted message. */
export const HEADER_LINE =
  /^[*_>\s]{0,4}(from|sent|date|to|cc|subject|von|gesendet|datum|an|betreff|de|envoyé|à|objet|enviado(?: el)?|fecha|para|asunto|da|inviato|data|a|oggetto|assunto|van|verzonden|aan|onderwerp|od|wysłano|do|temat|från|skickat|till|ämne|от|отправлено|кому|тема|差出人|送信日時|宛先|件名|发件人|发送时间|收件人|主题)[*_]{0,2}\s{0,3}[:：]/iu;

/** "From" in the same languages: the line with which the block begins. */
export const HEADER_START =
  /^[*_\s]{0,4}(?:from|von|de|da|van|od|från|от|差出人|发件人)[*_]{0,2}\s{0,3}[:：]\s?\S/iu;

/** What phones and programs add below the text. */
export const CLIENT_FOOTER =
  /^(?:sent from my |sent from (?:mail|outlook|yahoo)|get outlook for |von meinem .{1,40} gesendet$|gesendet von |gesendet mit |envoyé de(?:puis)? mon |enviado desde mi |enviado do meu |inviato da(?:l mio)? |verstuurd vanaf mijn |wysłane z |skickat från min |отправлено с |iphoneから送信)/iu;
