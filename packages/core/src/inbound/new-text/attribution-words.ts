/**
 * The words of the line above a quoted message, per language. Facts from the programs' own locale
 * files and from the fixtures of public reply parsers; a language is added here and nowhere else.
 */

/** "On", with which the line begins; what stands here is followed by a date or a name. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  en: 'On|At|In message|In article|Quoting|Citing',
  de: 'Am|Um',
  fr: 'Le',
  es: 'El|En',
  it: 'Il giorno|Il|In data|Nel',
  pt: 'Em|No dia|A',
  nl: 'Op',
  pl: 'W dniu|Dnia|Dn\\.',
  'sv da nb': 'Den|På|D\\.',
  'cs sk': 'Dne|Dňa|Dna',
  ro: 'La|Pe|În',
  el: 'Στις|Την',
  'ru uk bg': 'В|На|У|От',
  'hr sr sl': 'Dana|Dne',
  ca: 'El dia',
  vi: 'Vào',
  id: 'Pada',
  zh: '在|于|於',
  ar: 'في|بتاريخ',
  he: 'בתאריך|ב-',
};

/** "wrote", at the end of the line or before the name. */
const VERBS: Readonly<Record<string, string>> = {
  en: 'wrote|writes|wrote the following',
  de: 'schrieb(?:en)?(?: Folgendes)?|geschrieben|schreibt',
  fr: 'a [eé]crit|ont écrit|[eé]crit|écrivait|nous a dit',
  es: 'escribió|ha escrito|escribio|escribieron',
  it: 'ha scritto|hanno scritto|scrive|scriveva',
  pt: 'escreveu|escreveram',
  nl: 'schreef|(?:het volgende )?geschreven',
  pl: 'napisał(?:\\(a\\)|a|/a)?|pisze|nadesłał(?:a)?|napisana przez',
  'sv da nb': 'skrev(?: følgende| följande)?',
  fi: 'kirjoitti',
  'cs sk': 'napsala?|napsal\\(a\\)|napísala?|napísal\\(a\\)|píše',
  hu: '(?:ezt )?írta',
  ro: 'a scris',
  tr: '(?:şunu|sunu)? ?yazd[ıi]|şöyle yazdı',
  el: 'έγραψε',
  'ru uk bg': 'написала?|написал\\(а\\)|пишет|писала?|написав|написала|пише|написа',
  'hr sr sl': 'je napisa[ol](?:/la|\\(la\\)|la|la/o)?|napisao|napisala|napisal\\(a\\)|je pisal',
  ca: 'va escriure|ha escrit',
  'et lv lt': 'kirjutas|rakstīja|rašė',
  vi: 'đã viết',
  id: 'menulis',
  ar: 'كتب(?:ت)?',
  he: 'כתב(?:ה)?(?:/ה)?',
};

/** The same in languages that put no space between words. */
const VERBS_WITHOUT_SPACES =
  '写道|寫道|的郵件|のメール|のメッセージ|書きました|さんは書いた|작성|썼습니다|님이 쓴 글|เขียนว่า';

const MONTH_OR_DAY =
  'mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';

const toWords = (table: Readonly<Record<string, string>>): string => Object.values(table).join('|');

/** A line that begins as such a line does, in the case in which programs write it. */
export const BEGINS_WITH_ON = new RegExp(
  `^(?:${toWords(BEGINNINGS).replace(/(^|\|)([在于於])/g, '$1$2')})(?:[\\s\\d,]|(?<=[在于於]))`,
  'u',
);

/** A line that begins with a date, a time or the short name of a day: Gmail and Yandex in many languages. */
export const BEGINS_WITH_DATE =
  /^(?:\d{4}[年/.-]|\d{1,2}[./-]\d{1,2}[./-]|\d{1,2}:\d{2}\b|\d{1,2}\.? \p{L}{3,}|\p{L}{2,12}\.?,? (?:den )?\d|\p{L}{2,12},? \d{1,2}[. ]|(?:星期|周)[一二三四五六日天])/u;

/** The verb, wherever it stands. */
export const WROTE = new RegExp(
  `(?<![\\p{L}])(?:${toWords(VERBS)})(?![\\p{L}])|${VERBS_WITHOUT_SPACES}`,
  'iu',
);

/** The verb as the last word, perhaps before dashes that Zoho puts around the line. */
export const ENDS_WITH_WROTE = new RegExp(
  `(?:(?<![\\p{L}])(?:${toWords(VERBS)}|sent(?=:))|${VERBS_WITHOUT_SPACES})\\s?[:：]?[\\s.>-]{0,20}$`,
  'iu',
);

/** An own sentence and, behind it on the same line, the attribution: clients that join lines. */
export const WROTE_BEHIND_TEXT = new RegExp(
  `^(.{1,300}?)[-\\s]{1,10}(On (?:\\d|${MONTH_OR_DAY})[^:]{0,120}:\\d{2}.{0,150}\\bwrote:)$`,
  'iu',
);

/** The same with the old text behind it: everything in one line. */
export const WROTE_WITHIN_TEXT = new RegExp(
  `^(.{1,300}?)[-\\s]{1,10}(On (?:\\d|${MONTH_OR_DAY})[^<>]{0,120}<[^<>@\\s]{1,100}@[^<>@\\s]{1,100}>\\s{0,3}wrote:)\\s{1,20}(\\S.*)$`,
  'is',
);

/** What such a line ends with in any language, wherever it stands. */
export const ADDRESS_WROTE = new RegExp(
  `<[^<>@\\s]{1,100}@[^<>@\\s]{1,100}>\\s{0,3}(?:${toWords(VERBS)})\\s?[:：]\\s`,
  'iu',
);

/** The same in any language, with a day, a year and a time. */
export const WROTE_WITHIN_ANY = new RegExp(
  `^(.{1,300}?)[-\\s]{1,10}((?:${toWords(BEGINNINGS)}) (?:\\p{L}{2,12}\\.?,? )?\\d{1,2}[^<>]{0,30}(?:19|20)\\d{2}[^<>]{0,12}\\d{1,2}[:.]\\d{2}[^<>]{0,80}<[^<>@\\s]{1,100}@[^<>@\\s]{1,100}>\\s{0,3}(?:${toWords(VERBS)})\\s?[:：])\\s{1,20}(\\S.*)$`,
  'su',
);

/** Yahoo on phones begins the quoted message behind the attribution; the address stands before the verb. */
export const WROTE_BEFORE_TEXT = new RegExp(
  `^(.{8,250}<[^<>@\\s]{1,100}@[^<>@\\s]{1,100}>\\s{0,3}(?:(?:${toWords(VERBS)})|${VERBS_WITHOUT_SPACES})\\s?[:：])\\s{0,20}(\\S.*)$`,
  'isu',
);

/** Horde and others name only who is quoted, before the quotation. */
export const QUOTING =
  /^(?:quoting|zitat von|zitiere|citando(?: a)?|citation de|citat fr[aå]n|citeren|cytowanie|cytuję|cituji|цитирую|цитата от) .{2,120}[:：]$/iu;

/** "Posted by ana on 01/21/2026", as forums write. */
export const POSTED_BY = /^Posted by .{1,80} on \d{1,4}[./-]\d{1,2}[./-]\d{2,4}$/i;
