/**
 * Lines of their own that say: below is the other message. From the locale files of Outlook,
 * Thunderbird, Yahoo, Zimbra, Gmail, Apple Mail, HubSpot, IONOS, mail.ru, QQ, GMX and Lotus Notes.
 */
const ORIGINAL = [
  'original message|original mail|original|reply message|forwarded by',
  'ursprüngliche nachricht|originalnachricht|original-nachricht|antwort nachricht|message d.origine|message original',
  'mensaje original|mensaje de origen|messaggio originale|mensagem original|oorspronkelijk bericht|origineel bericht',
  'wiadomość oryginalna|oryginalna wiadomość|oryginalna wiadomosc|ursprungligt meddelande|originalmeddelande|oprindelig (?:meddelelse|besked)',
  'opprinnelig melding|alkuperäinen viesti|původní (?:zpráva|e-mail)|pôvodná správa|eredeti üzenet|mesaj original|özgün ileti|orijinal mesaj',
  'исходное сообщение|исходное письмо|оригинално (?:писмо|съобщение)|оригинална порука|prvotno sporočilo|algne kiri|pesan asli|tin nhắn gốc|thư gốc|оригинальное сообщение|вихідне повідомлення|izvorna poruka|αρχικό μήνυμα',
  '元のメッセージ|original message|原始邮件|(?:回复的|转发的)?原(?:始)?邮件|原始郵件|原始信件|원본 메시지|원본 메일|원래 메시지',
].join('|');

const FORWARDED = [
  'forwarded (?:message|mail|email)|fwd\\.? ?msg|weitergeleitete (?:nachricht|e-mail|mail)|message (?:transféré|transmis|réexpédié)',
  'mensaje reenviado|messaggio inoltrato|mensagem (?:encaminhada|reencaminhada)|doorgestuurd bericht|przekazana wiadomość',
  'treść przekazanej wiadomości|wiadomość przesłana dalej|vidarebefordrat meddelande|videresendt (?:meddelelse|melding)|välitetty viesti|edelleenlähetetty viesti',
  'přeposlaná zpráva|preposlaná správa|továbbított üzenet|mesaj redirecționat|[iİ]\u0307?letilmiş mesaj|[iİ]\u0307?letilen [iİ]\u0307?leti',
  'пересылаемое сообщение|перенаправленное сообщение|переслане повідомлення|перенаправлене повідомлення|proslijeđena poruka',
  'メッセージを転送|転送メッセージ|转发邮件|轉寄的郵件|转发的邮件|전달된 메시지|전달된 메일',
].join('|');

const APPLE_FORWARD = [
  'begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-?mail)|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado',
  'inizio (?:del )?messaggio inoltrato|início da mensagem (?:reencaminhada|encaminhada)|begin doorgestuurd bericht|początek przekazywanej wiadomości',
  'vidarebefordrat (?:mejl|brev)|start på videresendt besked|videresendt melding|välitetty viesti alkaa|začátek přeposílané zprávy|začiatok preposlanej správy',
  'továbbított levél kezdete|începe mesajul redirecționat|[iİ]\u0307?leti başlangıcı|начало переадресованного сообщения|початок листа, що пересилається',
  'započni proslijeđenu poruku|forwarded message|転送されたメッセージ|下面是被转发的邮件|以下は転送されたメッセージです',
].join('|');

/** "----- Forwarded by Ana/ACME on 21/11/2026 -----", as Lotus Notes writes; the name stands behind. */
const FORWARDED_BY =
  'forwarded by|weitergeleitet von|transféré par|reenviado por|inoltrato da|encaminhado por|doorgestuurd door|przekazane przez|vidarebefordrat av|переслано|転送者';

/** Help desks and forums ask to answer above a line: Zendesk, Help Scout, Freshdesk, Jira, Discourse. */
const ABOVE_THIS_LINE = [
  '(?:please )?(?:type|write|add|enter)? ?(?:your )?repl(?:y|ies) above this line|do not (?:write|type) below this line',
  '(?:bitte )?(?:schreiben|antworten|geben|gib|schreib)(?: sie| bitte)? ?(?:ihre|deine)? ?(?:antwort )?(?:über|oberhalb) dieser zeile(?: ein)?',
  '(?:veuillez )?(?:répondre|répondez|écrire votre réponse) (?:au-dessus|ci-dessus) de cette ligne|(?:por favor )?(?:escriba|escribe) su respuesta (?:por encima|arriba) de esta línea',
  'previous replies|vorherige antworten|réponses précédentes|respuestas anteriores|respostas anteriores|risposte precedenti|eerdere antwoorden|poprzednie odpowiedzi|tidigare svar|предыдущие ответы|これまでの返信|先前的回复',
].join('|');

/** What Gmail puts in the place of a quotation that it does not show. */
const HIDDEN =
  'quoted text hidden|zitierter text ausgeblendet|citation masquée|texte des messages précédents masqué|el texto citado está oculto|testo tra virgolette nascosto|texto das mensagens anteriores oculto|tekst uit oorspronkelijke bericht is verborgen|cytowany tekst ukryty|citerad text dold|цитируемый текст скрыт';

/** What Yahoo Groups put between a message and all that it said about the group. */
const GROUPS_FOOTER = '__[.,]_[.,]_[.,]___';

/** A line that marks the other message, which the person answers. */
export const ORIGINAL_MARK = new RegExp(
  `^[\\s*>]{0,6}(?:${GROUPS_FOOTER}|[-_=*—–]{1,60}\\s{0,3}(?:${ORIGINAL})\\s{0,3}[-_=*—–:]{0,60}|(?:${ORIGINAL})\\s{0,3}[-_=—–]{2,60}|\\[?original message processed by .{1,60}|\\[(?:${HIDDEN})\\]|[#*\\s/\\\\-]{0,10}(?:${ABOVE_THIS_LINE})[\\s.#*/\\\\-]{0,12})[*\\s]{0,4}$`,
  'iu',
);

/** A line that marks a message which is passed on. */
export const FORWARD_MARK = new RegExp(
  `^[\\s*]{0,6}(?:[-_=*—–]{1,60}\\s{0,3}(?:${FORWARDED})(?:\\s{0,3}/ fwd\\.msg)?\\s{0,3}[-_=*—–:]{0,60}|[-_=]{4,60}\\s{0,3}(?:${FORWARDED_BY})(?:\\s.{1,100})?|(?:${APPLE_FORWARD}|${FORWARDED})\\s?[:：])[*\\s]{0,4}$`,
  'iu',
);

/** Such a mark with the first field of the other message behind it, where a program lost the break. */
export const MARK_BEFORE_FIELD = new RegExp(
  `^[\\s*]{0,6}[-_=]{2,60}\\s{0,3}(?:${ORIGINAL}|${FORWARDED})\\s{0,3}[-_=]{2,60}[*\\s]{0,4}(?=\\p{L})`,
  'iu',
);

/** Such a mark in the middle of a line, where a program lost all breaks. */
export const MARK_WITHIN_TEXT = new RegExp(
  `^(.{1,300}?)\\s([-_=]{4,60}\\s{0,3}(?:${ORIGINAL}|${FORWARDED})\\s{0,3}[-_=]{4,60})(?:\\s|$)`,
  'isu',
);
