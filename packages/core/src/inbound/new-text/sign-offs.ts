/** How a letter ends: the line above the name. Per language; whole lines, up to a comma. */
const SIGN_OFFS = [
  '(?:(?:with )?(?:best|kind|warm|kindest|warmest|many|sincere)(?: and (?:kind|warm))? )?(?:regards|wishes)|best|all the best|cheers|take care|talk soon|kindly|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|respectfully|cordially|(?:many |best )?thanks(?: and (?:kind |best )?regards)?|thank you|rgds|br|kr',
  '(?:mit )?(?:freundlichen?|besten?|lieben?|vielen?|herzlichen?|schönen?|sonnigen?) (?:gr[üu](?:ß|ss)(?:en?)?|gruesse?n?)(?: aus \\p{L}{2,30})?|mfg|lg|vg|bg|hochachtungsvoll|herzlichst|bis (?:bald|dann)|(?:vielen |besten )?dank(?:e)?(?: im voraus)?|(?:liebe|viele|beste|schöne) grüsse|gruß|gruss',
  '(?:bien |très )?cordialement|bien à (?:vous|toi)|salutations(?: distinguées)?|sincères salutations|meilleures salutations|cdlt|cdt|(?:bien )?amicalement|[aà] (?:plus|bient[oô]t)|merci(?: d.avance| beaucoup)?|(?:bonne|belle) (?:journée|soirée|réception)',
  '(?:un )?(?:cordial |atento )?(?:saludos?|abrazo)(?: cordial(?:es)?)?|atentamente|(?:muchas )?gracias|saludos cordiales|atte',
  '(?:cordiali|distinti|cari|tanti) saluti|un saluto|saluti|cordialmente|buona giornata|a presto|grazie(?: mille)?',
  'atenciosamente|(?:com os )?(?:melhores |meus )?cumprimentos|abraços?|att|obrigad[oa]',
  '(?:met )?(?:vriendelijke|hartelijke|beste) groet(?:en)?|groet(?:en|jes)?|mvg|(?:alvast )?bedankt|hoogachtend',
  'z poważaniem|pozdrawiam(?: serdecznie)?|serdecznie pozdrawiam|(?:z )?pozdrowieni(?:a|ami)',
  '(?:med )?(?:vänlig(?:a)?|venlig|vennlig|bästa|varma|bedste|beste) (?:hälsning(?:ar)?|hilsen(?:er)?)|hilsen|hälsningar|mvh|vh|kh|ystävällisin terveisin|terveisin|terv',
  's pozdravem|se srdečným pozdravem|s pozdravom|üdvözlettel|cu stimă|saygılar(?:ımla)?|iyi çalışmalar',
  '(?:с )?уважением|с наилучшими пожеланиями|з повагою|με εκτίμηση',
  'よろしくお願い(?:いた)?します|宜しくお願い(?:致)?します|敬具|此致|敬礼|祝好|顺祝商祺|감사합니다',
].join('|');

/** A line that ends a letter; a name follows. */
export const SIGN_OFF = new RegExp(
  `^[\\s*_]{0,3}(?:${SIGN_OFFS})(?:\\s?/\\s?(?:${SIGN_OFFS}))?[\\s*_]{0,2}[,.!！。;:-]{0,3}[\\s*_]{0,3}$`,
  'iu',
);

/** What stands on a business card and not below a letter to a friend. */
export const CONTACT =
  /\S@\S|https?:|\bwww\.|\b(?:tel|phone|mobile?|cell|fax|telefon|tél|telefono|direct|office|skype|linkedin)\b\s?[.:]|^[\s*]{0,3}[tmpfdco][\s:.]{1,3}[+(]?\d[\d ()./-]{5,}|\+\d[\d ()./-]{6,}|\(\d{2,4}\)[\d ./-]{5,}|\s[|│｜¦]\s|^[\s\d()+./-]{7,30}$/iu;
/** A company or a position: below a name, a card as well. */
export const POSITION =
  /\b(?:gmbh|ltda?|lda|inc|llc|s\.?r\.l|s\.p\.a|s\.?a\.?r?\.?l|b\.v|ag|corp|plc|sp\. z o)\b\.?|\b(?:ceo|cto|cfo|coo|founder|director|manager|engineer|consultant|editor|developer|designer|researcher|professor|assistant|president|head of|vice president|vp of|coordinator|specialist|analyst|leiter(?:in)?|geschäftsführer(?:in)?|directeur|directrice|gerente|direttore|responsabile|diretor(?:a)?|dyrektor|kierownik|prezes|directeur|verkoopleider|säljare)\b|\w @ \w|(?<!\p{L})(?:ооо|зао|директор|менеджер|руководитель|начальник)(?!\p{L})|株式会社|有限会社|合同会社|(?:営業|総務|開発|人事|経理|企画)(?:部|課)|(?:部|課|社|係)長(?!い|く)|代表取締役|有限公司|股份公司|总经理|總經理|总监/iu;

/** A company or a department at the beginning of a short line, in languages whose names have no capitals. */
export const COMPANY_LINE =
  /^\s{0,3}(?:(?:株式|有限|合同)会社\S|\S{1,20}(?:株式会社|有限公司)(?:\s|$)|(?:ООО|ЗАО|АО) [«"\p{Lu}]).{0,40}$/u;

/** What somebody adds below the name; nothing that stands above it is a card. */
export const POSTSCRIPT =
  /^\s{0,3}[*_]{0,2}(?:p\.?\s?-?s\.?s?|p\.\s?d|追伸|附言|又及)(?:[.:,)\s：]|$)/iu;

/** "-Ana" or "– Ana Weber" as the last line, and "-ana" in one word. */
export const DASHED_NAME =
  /^\s{0,3}(?:[-–—~]{1,2}\s?\p{Lu}[\p{L}'’.]{0,20}(?: \p{Lu}[\p{L}'’.]{0,20}){0,2}|-\p{Ll}{2,14})$/u;

/** A line that begins with a first and a last name, and no sentence. */
export const NAME =
  /^\s{0,3}\p{Lu}[\p{L}'’.-]{0,25} \p{Lu}[\p{L}'’.-]{0,25}(?: [^\s.!?]{1,30}){0,2}(?:, \p{Lu}[\p{Lu}.]{1,7}){0,3}\s*$/u;
