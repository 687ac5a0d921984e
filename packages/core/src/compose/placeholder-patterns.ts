/** What a placeholder is, for the reader of a trace. */
export type PlaceholderKind = 'template' | 'merge_tag' | 'missing_value' | 'empty_greeting';

/** A form of placeholder; `isOne` says no to what only looks like one. */
export interface PlaceholderPattern {
  readonly kind: PlaceholderKind;
  readonly pattern: RegExp;
  readonly isOne?: (inner: string) => boolean;
}

/** Lower case without separators; both `First Name` and `first_name` are `firstname`. */
const KNOWN = new Set(
  [
    'name first_name last_name full_name middle_name surname given_name family_name nick_name',
    'user_name user client_name customer_name contact_name recipient_name recipient lead_name',
    'prospect_name manager_name sender_name agent_name rep_name your_name my_name hiring_manager',
    'fname lname f_name l_name customer_first_name contact_first_name user_first_name',
    'company company_name your_company your_company_name customer_company organization',
    'organisation organization_name organisation_name business_name account_name brand_name',
    'email email_address your_email phone phone_number your_phone your_phone_number',
    'job_title your_title your_position your_role your_job_title title position city country',
    'product_name plan_name order_number order_id invoice_number tracking_number coupon_code',
    'promo_code discount_code unsubscribe unsubscribe_link unsubscribe_url sign_up_link',
    'contact_information your_contact_information signature your_signature date time_slot',
    'meeting_link calendar_link insert_name insert_link insert_date industry pain_point',
    'candidate candidate_name applicant_name client member_name guest_name student_name name_here',
    'vorname nachname anrede firma prenom prénom nom nombre apellido apellidos nome cognome',
    'sobrenome voornaam achternaam bedrijf bedrijfsnaam empresa entreprise société imię nazwisko',
    'förnamn efternamn fornavn etternavn',
  ]
    .join(' ')
    .split(' ')
    .map((name) => name.replaceAll('_', '')),
);

/** Words that start a blank to be filled in: `[Your address]`, `[Insert date]`. */
const BLANK = /^(?:your|insert|enter|recipient'?s?|customer'?s?|client'?s?|prospect'?s?)\s+\S/i;

const GREETING = capitalised(
  'hi|hello|hey|dear|good morning|good afternoon|good evening|welcome|thanks|thank you|hallo|liebe|lieber|bonjour|cher|chère|hola|ciao|caro|cara|olá|hej|beste|dag|guten tag|sehr geehrte|sehr geehrter',
);

/** Nobody is called "[Candidate]": brackets where the name belongs, whatever stands in them. */
const GREETED = new RegExp(
  `^\\s*${GREETING}(?:/\\w{1,3})?,? (?:\\[[^[\\]]{1,40}\\]|<[A-Za-z][^<>]{1,40}>|%[A-Za-z][^%\\s]{1,40}%|_{3,}|X{3,})(?=\\s*[,.!:;–—-]|\\s*$)`,
  'gu',
);

/** Case matters: Null is also a surname. */
const MISSING = '(?:undefined|null|NaN)';

/** "We now check for null." is about null; "Sign up for null." is not. */
const ABOUT_IT = `(?<!\\b${capitalised(
  'check|test|look|guard|search|scan|account|allow|handle|watch|except|default|value|type',
)}(?:s|ed|ing)? )`;

/** Words of which the first letter may be a capital one. */
function capitalised(words: string): string {
  const either = words.split('|').map((word) => {
    return `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]${word.slice(1)}`;
  });
  return `(?:${either.join('|')})`;
}

function isKnownName(inner: string): boolean {
  const last = inner.trim().split('.').at(-1) ?? '';
  const name = last.toLowerCase().replace(/[\s_-]+/g, '');
  return KNOWN.has(name);
}

/** Applied to each line of the author's own words; no pattern has nested repeats. */
export const PLACEHOLDER_PATTERNS: readonly PlaceholderPattern[] = [
  { kind: 'template', pattern: /\{\{\{?[^{}]{1,80}\}?\}\}/g },
  { kind: 'template', pattern: /\{%[^{}%]{1,80}%\}/g },
  { kind: 'template', pattern: /<%[^<>%]{1,80}%>/g },
  { kind: 'template', pattern: /\$\{([^{}$]{1,60})\}/g, isOne: isKnownName },
  { kind: 'template', pattern: /(?<![{$])\{([^{}]{1,60})\}(?!\})/g, isOne: isKnownName },
  {
    kind: 'merge_tag',
    pattern: /\[{1,2}([^[\]]{1,60})\]{1,2}/g,
    isOne: (inner) => isKnownName(inner) || BLANK.test(inner.trim()),
  },
  { kind: 'merge_tag', pattern: /%{1,2}(\p{L}[\p{L}\d_ .-]{0,40}?)%{1,2}/gu, isOne: isKnownName },
  { kind: 'merge_tag', pattern: /<{1,2}(\p{L}[\p{L}\d_ .-]{0,40})>{1,2}/gu, isOne: isKnownName },
  { kind: 'merge_tag', pattern: /\*\|[A-Z0-9_:]{1,60}\|\*/g },
  { kind: 'merge_tag', pattern: GREETED },
  { kind: 'missing_value', pattern: /\[object [A-Z]\w{1,40}\]/g },
  {
    kind: 'missing_value',
    pattern: new RegExp(
      `^\\s*${GREETING}[\\s,]+${MISSING}(?=\\s*(?:[,.!?:;\\u2013\\u2014-]|$|${MISSING}))`,
      'g',
    ),
  },
  { kind: 'missing_value', pattern: new RegExp(`\\b${MISSING} +${MISSING}\\b`, 'g') },
  {
    kind: 'missing_value',
    pattern: new RegExp(`^\\s*${MISSING}\\s*(?:[,.!]\\s|[,.!]?\\s*$)`, 'g'),
  },
  {
    kind: 'missing_value',
    pattern: new RegExp(`${ABOUT_IT}\\b(?:for|at|from) ${MISSING}(?=\\s*(?:[,.!?;)]|$))`, 'g'),
  },
  {
    kind: 'missing_value',
    pattern: new RegExp(`:\\s{0,3}${MISSING}(?=\\s*(?:[.!]?\\s*$|[,;|]\\s*[A-Z]\\w{0,20}:))`, 'g'),
  },
  { kind: 'missing_value', pattern: new RegExp(`[#$\\u20ac\\u00a3\\u00a5]\\s?${MISSING}\\b`, 'g') },
  { kind: 'missing_value', pattern: /\bNaN ?(?:%|USD|EUR|GBP|days?\b|items?\b|hours?\b)/g },
  {
    kind: 'missing_value',
    pattern: new RegExp(
      `\\b${capitalised('your|our')} ${MISSING} (?:plan|account|order|subscription|team|trial|invoice|booking)\\b`,
      'g',
    ),
  },
  {
    kind: 'empty_greeting',
    pattern:
      /^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|liebe[r]?|bonjour|hola|ciao|olá)\s+,/giu,
  },
  { kind: 'empty_greeting', pattern: /^\s*dear\s*,?\s*$/gi },
];
