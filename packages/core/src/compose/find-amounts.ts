import { allMatches } from './all-matches.ts';
import type { LineClaim } from './find-claims.ts';

const PERCENT =
  /(?<![\w.,/])(?:(?:up to|save|extra|take|an extra) )*(\d{1,3}(?:[.,]\d{1,3})?) ?(?:%|percent\b|per cent\b|prozent\b)(?: (?:off|discount|less|cheaper|reduction|savings?|rabatt)\b)?/giu;
const AMOUNT = '(\\d{1,3}(?:[.,  ]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?)';
const BEFORE = new RegExp(`(US\\$|[$€£¥]|\\b(?:USD|EUR|GBP|CHF|JPY|CAD|AUD)) ?${AMOUNT}`, 'gu');
const AFTER = new RegExp(
  `(?<![\\w.,])${AMOUNT} ?(€|£|(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|dollars?|euros?|pounds?)\\b)`,
  'giu',
);

const CURRENCIES: Readonly<Record<string, string>> = {
  us$: 'USD',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  dollar: 'USD',
  dollars: 'USD',
  euro: 'EUR',
  euros: 'EUR',
  pound: 'GBP',
  pounds: 'GBP',
};

/** How far from a percentage a word such as "off" still belongs to it, characters. */
const NEAR = 25;

/** Percentages and sums of money in one line; language plays no part but for the word "discount". */
export function findAmounts(line: string, discounts: readonly RegExp[]): readonly LineClaim[] {
  if (!/\d/.test(line)) return [];
  const found: LineClaim[] = [];
  for (const match of allMatches(line, PERCENT)) {
    const around = line.slice(
      Math.max(0, match.index - NEAR),
      match.index + match[0].length + NEAR,
    );
    found.push({
      kind: 'percentage',
      words: match[0],
      column: match.index,
      percent: Number((match[1] ?? '').replace(',', '.')),
      discount: discounts.some((discount) => discount.test(around)),
    });
  }
  for (const match of allMatches(line, BEFORE)) found.push(price(match, match[2], match[1]));
  for (const match of allMatches(line, AFTER)) found.push(price(match, match[1], match[2]));
  return found;
}

function price(
  match: RegExpExecArray,
  amount: string | undefined,
  currency: string | undefined,
): LineClaim {
  const sign = (currency ?? '').toLowerCase();
  return {
    kind: 'price',
    words: match[0],
    column: match.index,
    amount: toNumber(amount ?? ''),
    currency: Object.hasOwn(CURRENCIES, sign) ? (CURRENCIES[sign] ?? '') : sign.toUpperCase(),
  };
}

/** 1,299.00 and 1.299,00 are the same: the last separator with one or two digits is the decimal. */
function toNumber(text: string): number {
  const decimals = /[.,](\d{1,2})$/.exec(text);
  const whole = decimals === null ? text : text.slice(0, -decimals[0].length);
  return Number(`${whole.replace(/[^\d]/g, '')}.${decimals?.[1] ?? '0'}`);
}
