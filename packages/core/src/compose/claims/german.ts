import type { ClaimLanguage } from './claim-pattern.ts';

/** German: the forms that advertising uses most. */
export const GERMAN: ClaimLanguage = {
  discount: /rabatt|nachlass|sparen|spare\b|günstiger|billiger|reduziert/i,
  months: { jän: 1, mär: 3, mai: 5, okt: 10, dez: 12 },
  weekdays: ['sonnt', 'mont', 'dienst', 'mittw', 'donnerst', 'freit', 'samst'],
  promotion:
    /jetzt (?:\p{L}+ )?(?:kaufen|bestellen|sichern|zugreifen|entdecken|upgraden|wechseln|sparen|shoppen|einkaufen)|entdecken Sie|entdecke (?:jetzt|unsere|die)|(?:exklusive|besondere|tolle|unschlagbare|neue)[sn]? Angebote?|Sonderangebot|Sonderaktion|nur für (?:Sie|dich)(?!\p{L})|(?:sparen|sichern|erhalten|bekommen) (?:Sie|wir|du)?[^.!?]{0,25}\d ?%|sichere dir|sichern Sie sich|\d ?% (?:Rabatt|Nachlass) auf|neuen? (?:\p{L}+)?kollektion|nächste[nr]? (?:Bestellung|Einkauf)|Gutschein(?:code)? (?:nur |exklusiv )?für|könnte (?:Ihnen|dir) (?:auch )?gefallen|Schnäppchen|Schlussverkauf|nicht verpassen|verpassen Sie/iu,
  patterns: [
    {
      kind: 'percentage',
      pattern: /zum halben Preis|halber Preis|zur Hälfte des Preises/giu,
      percent: 50,
    },
    {
      kind: 'deadline',
      urgency: 'date',
      pattern:
        /(?:nur (?:noch )?|gilt (?:nur |noch )*|gültig |Angebot[^.!?]{0,30} |Rabatt[^.!?]{0,30} |endet (?:am )?|noch )(?:bis (?:zum |einschließlich )?)?(?:(?:Sonn|Mon|Diens|Donners|Frei|Sams)tag|Mittwoch|\d{1,2}\. (?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\p{L}*)/giu,
    },
    {
      kind: 'deadline',
      urgency: 'today',
      pattern:
        /nur (?:noch )?heute|letzter Tag|letzte Stunden|endet heute|bis Mitternacht|(?:nur )?heute noch|in \d{1,2} Stunden/giu,
    },
    { kind: 'deadline', urgency: 'tomorrow', pattern: /nur (?:noch )?bis morgen|endet morgen/giu },
    {
      kind: 'deadline',
      urgency: 'soon',
      pattern:
        /letzte Chance|nur (?:für )?kurze Zeit|solange (?:der )?Vorrat reicht|jetzt zugreifen|endet bald|Beeil(?:en Sie sich|dich|ung)|nicht verpassen|nur noch wenige|läuft (?:bald )?ab/giu,
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
