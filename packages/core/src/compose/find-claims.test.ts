import { describe, expect, it } from 'vitest';
import { findClaims } from './find-claims.ts';

const wordsOf = (body: string) =>
  findClaims('', body).map(({ kind, words }) => `${kind}: ${words}`);

describe('findClaims', () => {
  it.each([
    ['Save 30% today.', ['percentage: Save 30%']],
    ['Save 30 percent off now.', ['percentage: Save 30 percent off']],
    ['It is half price.', ['percentage: half price']],
    ['Only $1,299.00 a year.', ['price: $1,299.00']],
    ['Nur 19,90 € im Monat.', ['price: 19,90 €']],
    ['Start your free trial.', ['free: free trial']],
    ['Shipping is free.', ['free: Shipping is free']],
    ['It ends tonight.', ['deadline: ends tonight']],
    ['The cheapest and #1.', ['comparative: cheapest', 'comparative: #1']],
    ['Results guaranteed.', ['comparative: guaranteed']],
    ['We are SOC 2 certified.', ['product: SOC 2 certified']],
    ['Der Versand ist kostenlos.', ['free: kostenlos']],
    ['gua\u200branteed', ['comparative: guaranteed']],
    ['５０％ off', ['percentage: 50% off']],
    ['50% o\u00adff', ['percentage: 50% off']],
    ['50&#37; off', ['percentage: 50% off']],
  ])('finds in %j', (body, words) => {
    expect(wordsOf(body)).toEqual(words);
  });

  it.each([
    'Feel free to ask.',
    'Are you free on Tuesday?',
    'I am free at noon.',
    'A sugar-free cake.',
    'We cannot guarantee a date.',
    'Best regards, and best of luck.',
    'See you at the last day of the fair.',
    'Register by Friday.',
    'Call +1 555 0100.',
    'Version 1.2.3 is out.',
  ])('finds nothing in %j', (body) => {
    expect(wordsOf(body)).toEqual([]);
  });

  it('says where each claim stands, past quotes and through emphasis', () => {
    const body = '> 30% off\n\nYou get **30%** off, and `30% off`.\n\nAgain 30% off.';
    const found = findClaims('30% off', body);
    expect(found.map(({ where, offset }) => [where, offset])).toEqual([
      ['subject', 0],
      ['body', body.indexOf('30%', 10)],
      ['body', body.lastIndexOf('30%')],
    ]);
  });

  it('reads amounts as people write them', () => {
    const amounts = findClaims('', '€1.299,00 or $1,299.00 or 1 299 EUR or US$ 5.').map(
      ({ amount, currency }) => `${amount} ${currency}`,
    );
    expect(amounts).toEqual(['1299 EUR', '1299 USD', '1299 EUR', '5 USD']);
  });

  it('knows a discount from another percentage', () => {
    const [off, share] = findClaims('', 'A 20% summer discount.\n\n20% of you wrote to us.');
    expect([off?.discount, share?.discount]).toEqual([true, false]);
  });

  it('names the same words in the same line once, and stops at 500', () => {
    expect(findClaims('', '5% \n'.repeat(1_000))).toHaveLength(1);
    const many = Array.from({ length: 1_000 }, (_, at) => `${at % 100}% of ${at}`).join('\n\n');
    expect(findClaims('', many)).toHaveLength(500);
  });

  it('finds what stands after a very long line, and at its end', () => {
    const long = 'All of it is in here. '.repeat(1_000);
    expect(wordsOf(`${long} 90% off!`)).toEqual(['percentage: 90% off']);
  });

  it.each(['free ', '1,', '5% off ', '$', 'offer until ', '__**', 'save extra '])(
    'reads a megabyte of %j in one pass',
    (piece) => {
      expect(findClaims('', piece.repeat(1_000_000 / piece.length)).length).toBeLessThanOrEqual(
        500,
      );
    },
  );
});
