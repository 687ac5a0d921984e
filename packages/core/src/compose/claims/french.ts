import type { ClaimLanguage } from './claim-pattern.ts';

/** French: the forms that advertising uses most. */
export const FRENCH: ClaimLanguage = {
  discount:
    /réduction|remise|rabais|promo|économis|moins cher|offert|soldes|sur (?:tout|votre|nos)/i,
  months: { janv: 1, févr: 2, mars: 3, avr: 4, juin: 6, juil: 7, août: 8, déc: 12 },
  weekdays: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  promotion:
    /profitez|découvrez (?:notre|nos|vite|la nouvelle|les nouv)|offres? (?:spéciale|exclusive|exceptionnelle)|achetez (?:maintenant|dès)|commandez (?:maintenant|vite|dès)|\d ?% de (?:réduction|remise)|nouvelle (?:collection|gamme)|vous aimerez (?:aussi|peut)|rien que pour vous|ne manquez pas|votre prochaine? (?:commande|achat)|bon plan|code promo|soldes/iu,
  patterns: [
    {
      kind: 'deadline',
      urgency: 'today',
      pattern:
        /derni(?:er|ère)s? (?:jour|heures?|minutes?)|aujourd['’]hui seulement|seulement aujourd['’]hui|(?:jusqu['’]à|avant) (?:ce soir|minuit)|se termine (?:ce soir|aujourd['’]hui)/giu,
    },
    {
      kind: 'deadline',
      urgency: 'soon',
      pattern:
        /derni(?:er|ère)s? (?:chance|rappel|places?|appel)|dépêchez-vous|durée limitée|jusqu['’]à épuisement|bientôt (?:fini|terminé)|ne tardez pas|vite ?!|plus que \d+/giu,
    },
    {
      kind: 'deadline',
      urgency: 'date',
      pattern:
        /(?:offre|promo|remise|réduction|code|valable|valide)[^.!?]{0,40}? (?:jusqu['’]au|avant le|jusqu['’]à) (?:\p{L}+ )?\d{1,2}(?:er)? \p{L}+/giu,
    },
    {
      kind: 'free',
      pattern:
        /(?<![\p{L}])(?:gratuite?s?|gratuitement|offerte?s?)(?![\p{L}])(?: \p{L}+)?|sans frais(?! de scolarité)/giu,
    },
    {
      kind: 'comparative',
      pattern:
        /(?:le|la|les) (?:moins chère?s?|meilleure?s?|plus (?:rapide|populaire|fiable|complet|complète|vendue?)s?)|n[°º] ?1|numéro un|leader (?:du|mondial)|imbattables?|(?<!non |pas )garantie?s?(?![\p{L}])|satisfait ou remboursé/giu,
    },
  ],
};
