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
  /\b(?:gmbh|ltd|inc|llc|s\.?a\.?r?\.?l|b\.v|ag|corp|plc|sp\. z o)\b\.?|\b(?:ceo|cto|cfo|coo|founder|director|manager|engineer|consultant|editor|developer|designer|researcher|professor|assistant|president|head of|leiter(?:in)?|geschäftsführer(?:in)?|directeur|directrice|gerente|direttore)\b|\w @ \w/iu;

/** "-Ana" or "– Ana Weber" as the last line, and "-ana" in one word. */
export const DASHED_NAME =
  /^\s{0,3}(?:[-–—~]{1,2}\s?\p{Lu}[\p{L}'’.]{0,20}(?: \p{Lu}[\p{L}'’.]{0,20}){0,2}|-\p{Ll}{2,14})$/u;

/** A line that begins with a first and a last name, and no sentence. */
export const NAME =
  /^\s{0,3}\p{Lu}[\p{L}'’.-]{0,25} \p{Lu}[\p{L}'’.-]{0,25}(?: [^\s.!?]{1,30}){0,2}(?:, \p{Lu}[\p{Lu}.]{1,7}){0,3}\s*$/u;
