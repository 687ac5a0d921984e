import type { ClaimLanguage } from './claim-pattern.ts';

/** German: the forms that advertising uses most. */
export const GERMAN: ClaimLanguage = {
  discount: /rabatt|nachlass|sparen|spare\b|günstiger|billiger|reduziert/i,
  months: { jän: 1, mär: 3, mai: 5, okt: 10, dez: 12 },
  patterns: [
    {
      kind: 'deadline',
      urgency: 'today',
      pattern: /nur (?:noch )?heute|letzter Tag|letzte Stunden|endet heute|bis Mitternacht/giu,
    },
    { kind: 'deadline', urgency: 'tomorrow', pattern: /nur (?:noch )?bis morgen|endet morgen/giu },
    {
      kind: 'deadline',
      urgency: 'soon',
      pattern:
        /letzte Chance|nur (?:für )?kurze Zeit|solange (?:der )?Vorrat reicht|jetzt zugreifen|endet bald/giu,
    },
    {
      kind: 'free',
      pattern:
        /(?<![\p{L}])(?:kostenlos|gratis|geschenkt|kostenfrei)(?:e[rsnm]?)?(?: \p{L}+)?|versandkostenfrei/giu,
    },
    {
      kind: 'comparative',
      pattern:
        /(?:billigste|günstigste|marktführe|weltbeste)\p{L}*|Testsieger|Nr\. ?1\b|Nummer eins|(?<!nicht |ohne )garantiert|Geld-zurück/giu,
    },
  ],
};
