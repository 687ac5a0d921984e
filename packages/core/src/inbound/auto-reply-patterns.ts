/**
 * How programs that answer by themselves name their answers. A subject alone counts only in the
 * exact form that programs use, up to the colon: people write about holidays, too.
 */

/** "Automatic reply": English, German, French, Spanish, Italian, Portuguese, Dutch, Polish … */
const AUTOMATIC = [
  'auto(?:mated|matic)?[- ]?(?:reply|response|answer|responder|antwort)',
  'out of (?:the )?office auto[- ]?reply|automatische (?:antwort|antwoord|abwesenheitsnotiz)',
  'automatisch(?:e)? (?:antwoord|beantwoording)',
  'r[eé]ponse automatique(?: d.absence(?: du bureau)?)?|respuesta autom[aá]tica(?: de ausencia)?|resposta autom[aà]tica',
  'risposta automatica|resposta autom[aá]tica|r[aă]spuns automat',
  'automatyczna odpowied[zź]|odpowied[zź] automatyczna|autoodpowied[zź]|automatick[aáé] odpov[eě][dď]',
  'auto(?:matiskt? )?svar|sjálfvirkt svar|automaattinen vastaus|automaatvastus|automātiskā atbilde|automatinis atsakymas',
  'автоответ|автоматический ответ|автоматическая рассылка|автоматична відповідь|автоматичен отговор|аутоматски одговор',
  'automats?ki odgovor|samodejni odgovor|automatikus v[aá]lasz|otomatik yan[iı]t|αυτόματη απάντηση',
  'תגובה אוטומטית|תשובה אוטומטית|(?:ال)?رد (?:ال)?تلقائي|trả lời tự động|balasan otomatis|ตอบกลับอัตโนมัติ|자동 ?(?:회신|응답|답장)',
  '自動(?:返信|応答|回覆|回复)|自动(?:回复|答复)',
];

/** "Out of office", as programs put it before the subject. */
const AWAY = [
  'out of (?:the )?office(?: (?:reply|notice|notification|message))?',
  '(?:vacation|away|absence|holiday) (?:reply|response|notice|message|notification|auto-?reply)',
  'abwesenheits(?:notiz|nachricht|meldung|benachrichtigung|agent)(?: .{0,30})?',
  '(?:message|notification) d.absence(?: du bureau)?|absence du bureau',
  'fuera de (?:la )?oficina|fuori (?:ufficio|sede)|fora do escrit[oó]rio|aus[eê]ncia tempor[aá]ria',
  'afwezig(?:heid)?(?:smelding|sbericht)?|poza biurem|nieobecno[sś][cć]',
  'fr[aå]nvaro(?:meddelande)?|frav[aæ]r|ikke til stede|poissa|不在通知|外出のお知らせ',
];

/** A subject that only programs write: up to the colon, or all of it where nobody says it of himself. */
export const AUTO_SUBJECT = new RegExp(
  `^\\s*(?:\\[?(?:${[...AUTOMATIC, ...AWAY].join('|')})\\]?\\s?[:：]|\\[?(?:${AUTOMATIC.join('|')})(?:\\]|\\s*$|\\s[-–]\\s))`,
  'iu',
);

/** Words of an absence, in the subject or the first lines; a sign only of what kind it is. */
export const VACATION_WORDS =
  /out of (?:the )?office|on (?:annual |maternity |paternity |parental |sick )?(?:leave|vacation|holiday)|(?:am|['’]m|be|is) (?:currently )?(?:away|out|absent|travell?ing|unavailable)|not in the office|limited access to (?:my )?e-?mail|return(?:ing)? (?:to the office|on)|back (?:in the office|on)|abwesen|nicht im (?:b[uü]ro|haus)|au[sß]+er haus|im urlaub|wieder (?:erreichbar|im b[uü]ro|am|ab)|absent|en cong[eé]s?|hors du bureau|de retour|fuera de (?:la )?oficina|de vacaciones|ausente|fuori (?:ufficio|sede)|in ferie|assente|fora do escrit|de f[eé]rias|aus[eê]n|afwezig|niet op kantoor|met vakantie|met verlof|poza biurem|na urlopie|nieobecn|frånvar|på semester|ikke på kontoret|på ferie|отсутств|в отпуске|вернусь|не буд\p{L}{1,2} (?:в офисе|на работе)|不在|休暇|外出|休假|不在办公室|不在辦公室|vacation|automatic reply/iu;

/** Words of a help desk that has taken a request. */
export const TICKET_WORDS =
  /\bticket\b|\bcase (?:#|number|id|no)|\[(?:case|req|request|ticket|inc|sr)?[ #:-]{0,3}[a-z]{0,6}-?\d{3,}\]|request (?:#|number|id|received)|(?:have|has|'ve) (?:been )?received your|received your (?:request|message|e-?mail|inquiry|enquiry)|reference (?:number|id)|support (?:request|team)|thank(?:s| you) for (?:contacting|your (?:message|e-?mail|inquiry|enquiry|request))|vorgangsnummer|ticketnummer|ihre (?:anfrage|nachricht) (?:ist|wurde|haben)|eingangsbest|bien re[cç]u votre|num[eé]ro de (?:ticket|dossier)|hemos recibido|n[uú]mero de (?:caso|ticket|solicitud)|abbiamo ricevuto|recebemos|protocolo|hebben uw .{0,30}ontvangen|otrzymaliśmy|zgłoszeni|заявк|обращени|お問い合わせ|受け付け|工单|已收到/iu;

const BACK = [
  'until|till(?!\\p{L})|through|(?:available|reachable)(?: again)? (?:on|from|as of)|(?<=from [^.]{3,30} )to|back(?: in the office)?(?: again)? (?:on|from|by)?|return(?:ing)?(?: to (?:the office|work))?(?: on)?',
  'bis(?: zum| einschließlich| inkl\\.)?|wieder (?:ab|am)|zurück (?:am|ab)|(?:am|ab)(?: dem)?(?= .{3,30}(?:wieder|zurück))',
  'jusqu.(?:au|à)|à partir du|(?:de )?retour(?: au bureau)?(?: le)?|reviens(?: le)?|au(?= \\d)',
  'hasta(?: el)?|a partir del|(?:regres|volv|retorn|reincorpor)\\p{L}{1,5}(?: a la oficina)?(?: el)?|vuelvo(?: el)?|al(?= \\d)',
  'fino al?|a partire dal|(?:rientr|torn)\\p{L}{1,5}(?: in ufficio)?(?: il)?',
  'a partir de|até(?: o dia| ao dia| o| a)?|(?:volt|regress|retorn)\\p{L}{1,5}(?: (?:no|em|a))?(?: dia)?|de volta (?:no|em|a)(?: dia)?|a(?= \\d{1,2}[/.]\\d)',
  'tot(?: en met)?|t\\/m|terug (?:op|vanaf)|(?:op|vanaf)(?= .{3,30}(?:weer|terug|aanwezig))',
  'do(?: dnia)?|wracam|wrócę|powróc\\p{L}{1,4}',
  't\\.?o\\.?m\\.?|till och med|tillbaka(?: på (?:kontoret|jobbet))?(?: den)?|åter(?: på (?:kontoret|jobbet))?(?: den)?|til(?: og med)?|tilbake',
  'до|по|верн\\p{L}{1,4}|выйд\\p{L}{1,4}(?: на работу)?|буду(?: в офисе| на месте)?(?: с)?',
  '(?<=\\d\\.? ?)[-–—](?= ?(?:\\d{1,2}[./ ]|\\p{L}{3,9}\\.? \\d))',
  'まで|至|до конца',
].join('|');

/** Words before the day on which somebody is back, and before the last day of an absence. */
export const BACK_WORDS = new RegExp(BACK, 'iu');
