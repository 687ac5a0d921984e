/**
 * What elements of HTML mail mean, by their class, id, name or style. From the programs' own output
 * and the sources of public parsers. Outlook puts `x_` before names of messages that it quotes, and
 * Yahoo a prefix of its own; both are read.
 */
export type HtmlMark =
  /** The element holds the quoted message. */
  | 'quote'
  /** The line above a quotation: outside an element that holds it, it goes by itself. */
  | 'attribution'
  /** The quoted message begins here and ends with the mail. */
  | 'history'
  | 'signature';

type Marks = readonly (readonly [program: string, pattern: string])[];

const QUOTES: Marks = [
  ['Gmail, and programs that copy it', 'gmail_quote|gmail_quote_container'],
  ['Yahoo', 'yahoo_quoted|yahoo-quoted-begin|qtdSeparateBR'],
  ['ProtonMail', 'protonmail_quote'],
  ['Zoho', 'zmail_extra|zm_quote'],
  ['Thunderbird, a forward', 'moz-forward-container|moz-email-headers-table'],
  ['mail.ru', 'mailru-blockquote|mail-quote-collapse'],
  ['GMX, web.de', 'mail_android_quote'],
  ['Tutanota', 'tutanota_quote'],
  ['QQ', 'qqmail_quote|QQMailQuote|includetail'],
  ['NetEase', 'isReplyContent|isForwardContent|ntes-.{0,20}quote'],
  ['Superhuman', 'sh-quoted-content|gmail_sh_quote'],
  ['Nylas, Mailspring', 'nylas-quote'],
  ['Front', 'front-blockquote'],
  ['HubSpot', 'hs_reply'],
  ['Freshdesk', 'freshdesk_quote'],
  ['Help Scout, Intercom', 'intercom-quoted|quoted-reply|quotedReply|history'],
  ['Fernand', 'fernand_quote'],
  ['Missive', 'missive_quote'],
  ['AOL', 'aol_?quote|aolReplacedBody'],
  ['Airmail', 'airmail_ext_on|airmail_on'],
  ['eM Client', '__Sent-Message-Forward__'],
];

const HISTORIES: Marks = [
  ['Outlook on the web, Outlook for phones', 'divRplyFwdMsg(?:_\\d{1,3})?|divRpF\\d+|appendonsend'],
  ['Outlook for Mac', 'OLK_SRC_BODY_SECTION|mac_OLK_SRC_BODY_SECTION'],
  ['new Outlook', 'mail-editor-reference-message-container|ms-outlook-mobile-reference-message'],
  ['Outlook Express, Windows Mail', 'OutlookMessageHeader'],
  ['Hotmail', 'stopSpelling|ecxstopSpelling'],
  ['BlueMail', 'bm_quote|BMail_reply'],
  ['Spark', 'messageReplySection'],
];

const SIGNATURES: Marks = [
  ['Gmail', 'gmail_signature'],
  ['Outlook', 'Signature|ms-outlook-mobile-signature|ms-outlook-ios-signature'],
  ['Apple Mail', 'AppleMailSignature|ApplePlainTextBodySignature|AppleMailSignatureRTF'],
  ['Thunderbird', 'moz-signature'],
  ['ProtonMail', 'protonmail_signature_block'],
  ['Samsung', 'composer_signature'],
  ['Spark', 'messageSignatureSection'],
  ['Yahoo', 'yahoo_signature|yahoo-signature'],
  ['Zoho', 'zmail_signature'],
  ['GMX', 'gmx_signature|signature-container'],
  ['NetEase, QQ', 'ntes-.{0,20}-signature|qmail_signature|mail_signature'],
  ['Front, Superhuman, Nylas', 'front-signature|sh-signature|nylas-signature|n1-signature'],
  ['HubSpot', 'hs_signature'],
  [
    'programs of many companies',
    '(?:e-?mail-?|mail-?|user-?|my)?[Ss]ignature(?:[-_]?[Bb]lock|[-_]?[Cc]ontent)?',
  ],
];

/**
 * The line that Outlook draws above the header block; the colours are those of its versions. Servers
 * that clean HTML write the spaces otherwise, and the unit of their country.
 */
const OUTLOOK_LINE =
  /border-top\s{0,9}:\s{0,9}solid\s{1,9}(?:#(?:e1e1e1|b5c4df)|windowtext)\s{1,9}1(?:\.0)?(?:pt|mm|px)/i;

const toPattern = (marks: Marks): RegExp =>
  new RegExp(
    `(?:^|\\s)(?:x_|ecx|m_-?\\d{1,24}|yiv\\d{1,24}|ydp[\\da-f]{1,16}){0,3}(?:${marks.map(([, one]) => one).join('|')})(?:$|\\s)`,
  );

const QUOTE = toPattern(QUOTES);
const HISTORY = toPattern(HISTORIES);
const SIGNATURE = toPattern(SIGNATURES);

/** What the element means, from its tag as it stands in the source. */
export function readHtmlMark(name: string, tag: string): HtmlMark | undefined {
  if (!/(?:class|id|name|style|data-[a-z]{1,20})\s?=/i.test(tag)) return undefined;
  const names = ['class', 'id', 'name', 'data-smartmail']
    .map((one) => readAttribute(tag, one))
    .join(' ');
  if (name !== 'blockquote') {
    if (HISTORY.test(names)) return 'history';
    if (QUOTE.test(names)) return 'quote';
    if (SIGNATURE.test(names)) return 'signature';
    if (/(?:^|\s)gmail_attr(?:$|\s)/.test(names)) return 'attribution';
  }
  if (/\sdata-signatureblock\s?=/i.test(tag.slice(0, 300))) return 'signature';
  return OUTLOOK_LINE.test(readAttribute(tag, 'style')) ? 'history' : undefined;
}

const ATTRIBUTES: Readonly<Record<string, RegExp>> = Object.fromEntries(
  ['class', 'id', 'name', 'style', 'data-smartmail'].map((name) => [
    name,
    new RegExp(`\\s${name}\\s?=\\s?(?:"([^"]{0,1000})|'([^']{0,1000})|([^\\s"'>]{1,300}))`, 'i'),
  ]),
);

function readAttribute(tag: string, name: string): string {
  const [, double, single, bare] = ATTRIBUTES[name]?.exec(tag.slice(0, 4_000)) ?? [];
  return double ?? single ?? bare ?? '';
}
