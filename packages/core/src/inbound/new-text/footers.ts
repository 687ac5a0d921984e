/**
 * What programs and companies add to a message: the line of the phone, the warning of the gateway,
 * the disclaimer. Facts from the programs' defaults and the fixtures of public reply parsers.
 */

/** Begins a line that a phone or a program adds; the rest of the line is the device. */
const DEVICE_LINES = [
  'von meinem |von meiner |gesendet (?:von|mit|über|aus) |diese nachricht wurde (?:von|mit) (?:meinem|k-9)|outlook für |holen sie sich outlook|beschaffen sie sich outlook|mobil gesendet',
  'envoy[ée] (?:sans fil|de(?:puis)?|[àa] partir d[eu]|avec|par|via) |t[ée]l[ée]charge[rz] outlook|obtenez outlook|provenance : ',
  'enviado (?:desde|con|a través de|de|do|da|pelo|pela|a partir d[eo]|via) |obtener outlook|obter (?:o )?outlook|obtenha o outlook|baixe o outlook|descargar outlook',
  'inviato (?:da(?:l|llo|lla)?|con|tramite) |ottieni outlook|scarica outlook|scaricare outlook',
  'verstuurd (?:vanaf|met|via) |verzonden (?:vanaf|met|via|vanuit) |outlook voor |download outlook|outlook downloaden',
  'wysłan[eoy] (?:z|przez|za pomocą) |pobierz (?:aplikację )?outlook',
  'skickat från |skickat med |skickades från |sendt fra |sendt med |sänt från |outlook (?:för|til) |hent outlook|hämta outlook|hanki outlook',
  'lähetetty |odesláno z |odoslané z |küldve |trimis de pe |trimis din ',
  'отправлено (?:с|из|от) |надіслано з |відправлено з ',
  'ส่งจาก |được gửi từ |dikirim dari |στάλθηκε από |gönderildi|נשלח מ|أرسلت من |تم الإرسال من ',
].join('|');

/** In other languages than English, "sent from" goes on with one of these; "from the store" does not. */
const DEVICE_WORDS =
  /i(?:phon[eu]|pad|pod|os|mac)|android|outlook|e-?mail|\bmail|correo|courrier|почт|samsung|galaxy|huawei|honor|xiaomi|redmi|mobil|móvil|telefon|teléfono|téléphone|telemóvel|celular|cellulare|smartphone|handy|tablet|телефон|смартфон|планшет|\bapp\b|blackberry|windows|yahoo|gmail|nokia|htc|xperia|oneplus|pixel|motorola|wiko|oppo|proton|k-9|spark|gmx|web\.de|libero|orange|\b(?:mon|ma|mi|meu|minha|mio|mia|mijn|min|meinem|meiner|mojego|моего|моєї|мого)\b/iu;
const DEVICES = new RegExp(DEVICE_WORDS, 'giu');
/** What stands between names in such a line. */
const SMALL_WORD =
  /^(?:de|do|da|del|der|die|das|dem|von|van|vom|du|des|di|dal|dalla|via|con|com|avec|mit|met|med|z|ze|na|no|on|em|en|for|für|voor|pour|para|per|por|de[rn]?|auf|an|su|par|od|с|из|от|на|по|для|free|mobile?|service|services|gratuit|gratis|mijn|mein|mobiel)$/u;
const ENGLISH =
  /^(?:sent wirelessly from |get outlook for |get the outlook app|outlook for |from my |(?:emailed|typed|written|composed) (?:from|on|with) my )\S?/i;

const DEVICE_LINES_WITHOUT_ORDER = [
  'sent on the (?:go|move|run)|\\p{Lu}\\S{0,20}(?: \\S{1,20})? from mobile|(?:az )?\\S{2,20} küldve|\\S{2,30}(?: \\S{1,20})?(?:[ıi]mdan|[ıi]mden|umdan|dan|den) gönderildi',
  '從我的 .{1,40}(?:傳送|寄出)|从我的.{1,40}发送|发自(?:我的.{1,30}|[A-Za-z].{0,25}|(?:手机|小米|华为|网易|新浪|移动|QQ).{0,10})',
  '(?:私の)?[A-Za-z][\\w ]{0,25}(?:から|より)送信(?:しました|されました)?|나의 .{1,30}에서 보냄|[A-Za-z][\\w ]{0,25}에서 보냄',
].join('|');

/** A sentence of a person begins as such a line does, but goes on. */
const SENTENCE = /[,;.!?] \p{Ll}.{2,}$|\b(?:is|are|was|were|will|and|but|because|so)\b/u;
const EXCUSE =
  /excuse|typo|brevity|pardon|forgive|sorry|apolog|spelling|autocorrect|tippfehler|entschuldig/iu;

/** English alone goes on with a name or a word for a device; "Sent from a friend's house" does not. */
const SENT_FROM =
  /^(?:[Ss]ent|SENT|[Rr]eplied) (?:from|via|with|using|by|FROM) (?:(?:my|the|a|an|our) )?(?:[\p{Lu}\d]|i(?:Phone|Pad|OS|Mac)|(?:mobile|phone|cell|smart|tablet|android|galaxy|samsung|desktop|laptop|outlook|gmail|yahoo|windows|webmail|email|handheld|device|wireless|computer)\b)/u;
const SENT_FROM_MY = /^sent (?:from|via|with) my \S/i;
const SENT_USING =
  /^sent (?:using|with|by|via|through) (?:\S{1,20} ){1,4}(?:from|on) my (?:i(?:phone|pad|pod)|(?:mobile|cell|smart)? ?phone|android|samsung|galaxy|tablet|device|blackberry|huawei|pixel)\b/i;
const DEVICE_LINE = new RegExp(`^(?:${DEVICE_LINES})\\s?\\S`, 'iu');
const DEVICE_LINE_WITHOUT_ORDER = new RegExp(`^(?:${DEVICE_LINES_WITHOUT_ORDER})[。.]?$`, 'iu');
const TURNED =
  /^(?=[VvDd])(?!.*\b(?:wurde|hat|habe|haben|ist)\b(?! von (?:meine[mr]|K-9)))(?:[Vv]on (?:meine[mr] .{1,60}|unterwegs|[\p{Lu}\d].{1,40})|[Dd]iese Nachricht wurde .{1,60}) gesendet[.!]?$/u;
const OPEN_END = /^(?:von meine[mr]|diese nachricht wurde) /iu;

/** Whether the line says from what the message was sent, and nothing of a person's own. */
export function isDeviceLine(raw: string): boolean {
  if (raw.length > 240 || raw.trimEnd().endsWith(':')) return false;
  const hasLink = raw.includes('http');
  if (raw.length > 130 && !hasLink) return false;
  const line = withoutMarks(hasLink ? withoutLinks(raw) : raw);
  if (line.length > 110) return false;
  if (TURNED.test(line) || DEVICE_LINE_WITHOUT_ORDER.test(line)) return true;
  const isDevice =
    [ENGLISH, SENT_FROM, SENT_FROM_MY, SENT_USING].some((pattern) => pattern.test(line)) ||
    (DEVICE_LINE.test(line) && DEVICE_WORDS.test(line));
  if (!isDevice || OPEN_END.test(line)) return false;
  if (EXCUSE.test(line)) return true;
  return !SENTENCE.test(line) && !goesOn(line) && line.split(/\s+/).length <= 12;
}

/** Whether a sentence goes on behind the device: "Sent from my phone the receipt yesterday", in any language. */
function goesOn(line: string): boolean {
  let end = 0;
  for (const match of line.matchAll(DEVICES)) end = match.index + match[0].length;
  const words = line.slice(end).match(/(?<![\p{L}'’])\p{Ll}{1,20}(?!\p{L})/gu) ?? [];
  return end > 0 && words.filter((word) => !SMALL_WORD.test(word)).length > 1;
}

/** Without what sets such a line apart on either side. */
function withoutMarks(line: string): string {
  const bare = line.replace(/^[\s*_<(["-]{1,4}/, '').replace(/[\s*_>)\]"]{1,4}$/, '');
  return (bare.startsWith('[') ? bare.replace(/^\[([^\]]{1,60})\]$/, '$1') : bare).trim();
}

function withoutLinks(line: string): string {
  return line
    .replace(/\[([^\]]{1,60})\]\(https?:[^)]{0,150}\)/g, '$1')
    .replace(/<https?:[^>]{0,150}>|\(https?:[^)]{0,150}\)|https?:\S{1,150}/g, '');
}

/** The first words of a paragraph that a company's gateway adds below a message. */
const DISCLAIMERS = [
  '(?:this|the) (?:e-?mail|message|communication|transmission|information|electronic mail)(?: message| transmission)?(?: \\([^)]{1,40}\\))?(?:,)?(?: and (?:any|all|its|the)(?: files?| attachments?)?.{0,60})? (?:is|are|may be|may contain|contains?|contained|transmitted|was sent|has been sent|w/attachments|has been scanned)',
  'the (?:information|contents?) (?:contained |transmitted )?(?:in|of) this (?:e-?mail|message|communication|transmission)',
  '(?:confidentiality|privacy|privileged|confidential|important|legal)(?: and [a-z]{4,14})? (?:notice|note|information|disclaimer|warning)|disclaimer\\s*[:*]|if you (?:are not the (?:intended recipient|addressee)|(?:have )?received? this(?: e-?mail| message| communication| transmission)? (?:by mistake|in error)|have received this (?:e-?mail|message))',
  'please (?:notify|inform|advise) the sender (?:immediately|at once|by|via|and delete|if you)\\b|(?:any )?unauthori[sz]ed (?:use|disclosure|copying|distribution|review|access)\\b.{0,160}(?:prohibited|forbidden|unlawful)',
  '(?:please )?consider the environment before (?:you )?print|go green\\b.{0,20}print|(?:please )?(?:avoid printing|do(?: not|n.t) print) this|think before (?:you )?print|save a tree|virus-free\\. ?www|this email has been checked for viruses|scanned by .{1,60} (?:anti-?virus|email security)',
  'diese (?:e-?mail|nachricht|mitteilung)(?:,| und| einschließlich| enthält| ist| kann| inkl)|der inhalt dieser e-?mail|die(?:se)? (?:in dieser e-?mail|information(?:en)? in dieser)|vertraulichkeitshinweis|wichtiger hinweis:|bitte (?:denken|prüfen) sie (?:an die umwelt|vor dem ausdruck)|diese e-mail wurde von avast|(?:sollten|wenn|falls) sie (?:diese (?:e-?mail|nachricht) (?:irrtümlich|versehentlich)|nicht der (?:richtige |beabsichtigte )?(?:adressat|empfänger))',
  'ce (?:message|courriel|mail|courrier électronique)(?: électronique)?(?:,| et| est| peut| contient| ainsi)|les informations contenues dans ce|avis de confidentialité|pensez à l.environnement|n.imprimez ce|si vous (?:avez reçu ce(?:t)? (?:message|e-?mail|courriel|mail) par erreur|n.êtes pas (?:le|la) destinataire)',
  'este (?:mensaje|correo|e-?mail|mensagem|correo electrónico)(?:,| y| e| se| está| é| contiene| puede| pode| contém| va)|esta mensagem|la información contenida en este|aviso (?:legal|de confidencialidad|de privacidad)|antes de imprimir|as informações contidas|si (?:usted )?(?:ha recibido este (?:mensaje|correo|e-?mail)(?: electrónico)? por error|no es el destinatario)|(?:se|caso) (?:você |o senhor )?(?:recebeu|tenha recebido|receba) est[ae] (?:mensagem|e-?mail) por (?:engano|erro)|(?:se|caso) (?:você |o senhor )?não (?:é|seja) o destinatário|(?:pense|pensem) no meio ambiente|piense en el medio ambiente',
  'le informazioni contenute (?:in|nella) quest|(?:questo|il presente) (?:messaggio|e-?mail)(?:,| e| è| contiene| può)|questa e-?mail|avviso di riservatezza|prima di stampare|ai sensi del|(?:se|qualora) (?:non (?:è|siete|sei) il destinatario|(?:ha|avete|hai) ricevuto (?:questo|il presente) (?:messaggio|e-?mail) per errore)',
  'dit (?:e-?mail)?bericht (?:is|en|kan|bevat)|deze e-?mail (?:is|en|kan|bevat)|de informatie (?:verzonden )?in (?:dit|deze)|denk aan het milieu|indien u (?:dit (?:bericht|e-?mailbericht)|deze e-?mail|niet de (?:geadresseerde|beoogde))',
  '(?:ta|niniejsza|treść tej) (?:wiadomość|wiadomości|korespondencja)|informacje zawarte w tej|detta (?:meddelande|e-post|mejl)|denne (?:e-?mail|e-post|meddelelse|melding) (?:er|kan|og|inneholder|indeholder)|tämä (?:viesti|sähköposti)',
  'это (?:сообщение|письмо|электронное)|данное (?:сообщение|письмо)|содержание (?:данного|этого)|このメール(?:に|は)|本メール(?:に|は)|本电子邮件|此邮件|本邮件|이 메일은|본 메일은',
].join('|');

/** Whether a paragraph that begins with this line is a disclaimer. */
export const DISCLAIMER_START = new RegExp(`^[\\s*_"-]{0,4}(?:${DISCLAIMERS})`, 'iu');
/** A word without which a disclaimer is only a sentence: "This message is for Ana". */
export const DISCLAIMER_WORD =
  /confidential|privileged|intended (?:solely|only|recipient|for)|unauthori[sz]ed|virus|disclos|print|disclaimer|received? (?:this|in error)|by mistake|por error|por engano|por erro|per errore|notify the sender|prohibited|go green|vertraulich|bestimmt|unbefugt|umwelt|ausdruck|viren|versehentlich|empfänger|irrtümlich|confidenti|destinat|erreur|imprim|environnement|confiden[cz]i|privileg|destinatari|destinatário|medio ambiente|meio ambiente|riservat|stampare|vertrouwelijk|bestemd|geadresseerde|milieu|poufn|adresat|konfidenti|fortrolig|luottamuksell|конфиденциальн|機密|秘密|保密|机密|기밀/iu;
/** How a list or a program says below a message why one gets it, and how one gets it no more. */
const SUBSCRIPTIONS = [
  'to (?:unsubscribe|opt[ -]out)\\b.{0,80}\\b(?:click|visit|go to|send an? |(?:follow|use) th)|(?:please )?click (?:here|below|on the link.{0,20}) (?:to|if you (?:wish|want|would like) to) (?:unsubscribe|opt[ -]out)\\b|you (?:can|may) (?:unsubscribe|opt[ -]out)\\b.{0,40}\\b(?:any ?time|clicking)\\b',
  'um sich .{0,60}abzumelden,? (?:klicken|folgen)|klicken sie hier,? um .{0,60}abzu(?:melden|bestellen)|pour vous d[ée]s(?:abonner|inscrire)\\b.{0,60}cliquez|cliquez ici pour vous d[ée]s(?:abonner|inscrire)|para (?:cancelar|anular) (?:la|su|a|sua) (?:suscripción|inscrição|assinatura)\\b.{0,60}(?:clic|clique)|haga clic aquí para (?:cancelar|anular|darse de baja)|clique aqui para cancelar',
  'per (?:annullare l.iscrizione|cancellar(?:ti|si))\\b.{0,60}clic|clicca qui per (?:annullare|cancellar|disiscriver)|(?:om (?:u|je) .{0,40}(?:uit|af) te (?:schrijven|melden),? klik|klik hier om (?:u|je) .{0,40}(?:uit|af) te (?:schrijven|melden))|aby (?:zrezygnować|wypisać się)\\b.{0,60}kliknij|kliknij tutaj,? aby (?:zrezygnować|wypisać)',
  'this (?:e-?mail|message) (?:was|is|has been) sent (?:to you )?from an? (?:notification|unmonitored|unattended|automated|no-?reply)',
  'this (?:e-?mail|message) (?:was|has been) sent to <?[^\\s<>@]{1,80}@[^\\s<>@]{1,120}>?\\s{0,3}$|diese (?:e-?mail|nachricht) wurde an <?[^\\s<>@]{1,80}@[^\\s<>@]{1,120}>? gesendet\\.?\\s{0,3}$|(?:cet e-?mail|ce message) a été envoyé à <?[^\\s<>@]{1,80}@[^\\s<>@]{1,120}>?\\s{0,3}$',
  "you(?:'re|’re| are|'ve|’ve| have)? (?:been )?(?:receiv(?:ed?|ing)|getting|got) this(?: e-?mail| message| notification| mail)?.{0,40} because",
  '(?:sie (?:erhalten|bekommen|haben)|du (?:erhältst|bekommst|hast)) diese (?:e-?mail|nachricht|mail|benachrichtigung).{0,40},? (?:weil|da) ',
  'vous (?:recevez|avez reçu) (?:ce|cet|cette) (?:message|e-?mail|mail|courriel|notification).{0,40} (?:car|parce)',
  '(?:usted )?(?:recibe[s]?|has recibido|ha recibido|recibiste|recibió|está[s]? recibiendo) est[ea] (?:mensaje|correo|e-?mail|notificación).{0,40} porque',
  '(?:hai|ha) ricevuto quest.{1,20} (?:perché|in quanto)|(?:ricevi|riceve|stai ricevendo) quest.{1,20} (?:perché|in quanto)',
  '(?:você )?(?:está recebendo|está a receber|recebeu|recebe) est[ea] (?:e-?mail|mensagem|notificação).{0,40} porque',
  '(?:u|je) (?:ontvangt|krijgt|hebt|heeft) (?:deze|dit) (?:e-?mail|mail|bericht).{0,40} omdat',
  '(?:otrzymujesz|otrzymał\\S{0,4}|dostajesz|dostał\\S{0,4}) t(?:ę|en|ego) (?:wiadomość|e-?maila?|maila?|list),? (?:ponieważ|bo)',
  'du (?:får|har fått) (?:detta|det här|den här) (?:e-?post|e-postmeddelande|mejl|mail|meddelande)\\S{0,6} .{0,30}(?:eftersom|för att|därför)',
  'вы получ(?:или|аете) (?:это|данное) (?:письмо|сообщение|уведомление),? (?:потому|так как|поскольку)',
  'このメールは.{0,40}(?:登録|購読|会員|配信).{0,20}(?:送信|お送り|送って|配信)',
  '[您你](?:之所以)?收到(?:此|这|本|該|该).{0,4}(?:邮件|郵件|消息).{0,6}(?:因为|因為|是因)',
].join('|');
/** Whether a paragraph that begins with this line says why one gets the message. */
export const SUBSCRIPTION_START = new RegExp(`^[\\s*_"-]{0,4}(?:${SUBSCRIPTIONS})`, 'iu');
/** What one gets a message for; without, a person explains why she writes. */
export const SUBSCRIPTION_WORD =
  /subscri|regist|signed up|opted|opt[ -]out|monitored|unattended|automated|no-?reply|\bgroups?\b|mailing|\blist|account|member|assigned|mentioned|watching|notification|preferences|abonn|abonnier|abzu|désinscri|cancelar|anular|de baja|annullare|cancellar|te (?:schrijven|melden)|zrezygn|wypis|angemeldet|gruppe|verteiler|konto|inscri|suscri|compte|cuenta|grupo|iscri|gruppo|aangemeld|groep|ingeschreven|zapisa|subskry|grup|prenumer|registr|anmäl|подпис|зарегистр|групп|登録|購読|会員|配信|订阅|訂閱|注册|群组/iu;

/** Where else a company is to be found: "Follow us on LinkedIn". */
export const SOCIAL_START =
  /^[\s*_"-]{0,4}(?:(?:follow|find|like|join|visit) us (?:on|at)|connect with us on|folg(?:en sie|t|e) uns (?:auf|bei)|besuchen sie uns auf|(?:suivez|rejoignez|retrouvez)-nous sur|s[ií]g(?:ue|a)nos en|seguici su|siga-nos (?:n[oa]|em)|volg ons op|(?:obserwuj|śledź) nas na|följ oss på|подписывайтесь на нас|следите за нами|关注我们|フォローしてください)/iu;
export const SOCIAL_WORD =
  /linkedin|facebook|twitter|instagram|youtube|tiktok|pinterest|\bxing\b|mastodon|bluesky|вконтакте|微博|微信/iu;

/** The words of a link by which one gets no more of a list; nobody types a link for that. */
export const UNSUBSCRIBE_LINK =
  /^\s*(?:click here to )?(?:unsubscribe|opt[- ]out|(?:vom newsletter |newsletter )?(?:abmelden|abbestellen)|(?:se )?d[ée]s(?:abonner|inscrire|inscription)|(?:cliquez ici pour )?vous d[ée]s(?:abonner|inscrire)|darse de baja|cancelar (?:la |a )?(?:suscripci[óo]n|inscriç[ãa]o|assinatura|subscriç[ãa]o)|annulla(?:re)? (?:l.)?iscrizione|disiscriviti|cancellati|uitschrijven|afmelden|wypisz|zrezygnuj|avregistrera|avprenumerera|отписаться|配信停止|登録解除|退订|取消订阅)(?!\p{L})/iu;

/** "CAUTION: external sender", which a gateway puts above a message. */
const BANNER =
  /^[\s*_[]{0,4}(?:caution|warning|attention|external(?: e-?mail| sender| message)?|achtung|vorsicht|warnung|attenzione|atención|atenção|let op)\b/iu;
const BANNER_OUTSIDE =
  /extern|outside|originat|außerhalb|extérieur|esterno|fuera de|fora d|buiten/iu;
const BANNER_ADVICE =
  /click|links?\b|attachment|unless|recogni[sz]e|klicken|anhänge|öffnen|cliquez|pièces jointes|allegati|adjuntos|anexos|bijlagen|sender|absender/iu;
const BANNER_ORIGIN =
  /\b(?:originat\p{L}{1,4}|came|comes|was sent|stammt|provient|proviene|provém|afkomstig|pochodzi)\b.{0,40}(?:outside|extern|außerhalb|extérieur|esterno|fuera|fora|buiten|spoza)/iu;
const BANNER_MAIL =
  /e-?mail|message|\bmail|nachricht|courriel|correo|mensaje|mensagem|messaggio|bericht|wiadomość|meddelande|sender|absender|письмо|сообщение/iu;
const FIRST_CONTACT = /^[\s*_[]{0,4}you don.t often get e-?mail from .{3,200}learn why/iu;

/** Whether a paragraph above the message, which begins with this line, is a gateway's warning. */
export function isBanner(paragraph: string): boolean {
  const text = paragraph.slice(0, 600);
  if (FIRST_CONTACT.test(text)) return true;
  if (!BANNER.test(text)) return false;
  return (
    (BANNER_OUTSIDE.test(text) && BANNER_ADVICE.test(text)) ||
    (BANNER_MAIL.test(text) && BANNER_ORIGIN.test(text))
  );
}

/** Whether this line, below the first of a warning, goes on with it. */
export function isBannerLine(line: string, above: string): boolean {
  if (!/[.!?\]*]\s*$/.test(above.slice(-40))) return true;
  const start = line.slice(0, 300);
  return BANNER_OUTSIDE.test(start) || BANNER_ADVICE.test(start);
}
