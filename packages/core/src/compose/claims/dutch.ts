import type { ClaimLanguage } from './claim-pattern.ts';

/** Dutch: the forms that advertising uses most. */
export const DUTCH: ClaimLanguage = {
  discount: /korting|bespaar|goedkoper|afgeprijsd|voordeel/i,
  months: { maa: 3, mei: 5, okt: 10 },
  weekdays: ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'],
  promotion:
    /profiteer|ontdek (?:onze|de nieuw|het nieuw|nu)|(?:speciale|exclusieve|unieke) aanbieding|(?:koop|bestel|shop) nu|\d ?% korting|nieuwe (?:collectie|seizoen)|vind je (?:misschien )?ook leuk|speciaal voor (?:jou|u)|mis (?:het|deze|onze) niet|volgende (?:bestelling|aankoop)|uitverkoop/iu,
  patterns: [
    {
      kind: 'deadline',
      urgency: 'today',
      pattern:
        /alleen vandaag|(?:alleen|enkel|nog) (?:maar )?vandaag|laatste (?:dag|uren)|eindigt vandaag|tot middernacht/giu,
    },
    {
      kind: 'deadline',
      urgency: 'soon',
      pattern:
        /laatste kans|op is op|beperkte tijd|wees er snel bij|zolang de voorraad strekt|bijna voorbij/giu,
    },
    {
      kind: 'deadline',
      urgency: 'date',
      pattern:
        /(?:aanbieding|korting|code|geldig|actie)[^.!?]{0,40}? (?:tot|t\/m) (?:en met )?(?:\p{L}+dag )?\d{1,2} \p{L}+/giu,
    },
    {
      kind: 'free',
      pattern: /(?<![\p{L}])(?:gratis|kosteloos|cadeau)(?![\p{L}])(?: \p{L}+)?/giu,
    },
    {
      kind: 'comparative',
      pattern:
        /(?:de|het) (?:goedkoopste|voordeligste|beste (?:prijs|prijzen|keuze)|snelste|populairste)|nummer (?:één|1)|marktleider|(?<!niet |geen )gegarandeerd|niet goed,? geld terug|onverslaanbaar/giu,
    },
  ],
};
