/** Words that make a number in the same line of marketing a claim: an offer, a price, a deadline. */
export const OFFER_WORDS =
  /(?<!\p{L})(?:free|off|save|saving|savings|discount|discounted|price|prices|priced|only|trial|guarantee|guaranteed|offer|offers|deal|deals|bonus|credit|credits|voucher|coupon|code|sale|cheaper|refund|until|till|ends?|expires?|deadline|left|off|times|faster|gratis|rabatt|kostenlos|sparen|spare|preis|preise|angebot|gutschein|nur|bis|endet|gratuit|remise|prix|offre|oferta|descuento|precio|sconto|offerta)(?!\p{L})/iu;

/** What follows a number and makes it a share of something. */
export const PERCENT =
  /^\s*(?:[%％﹪٪‰‱]|per\s?cent|percent|pct|prozent|p\.\s?c\.|pour\s?cent|por\s?ciento|per\s?cento|procent)/iu;

/** What stands before or after a number and makes it money. */
export const CURRENCY_AFTER =
  /^\s*(?:\p{Sc}|(?:eur|usd|gbp|chf|cad|aud|nzd|sgd|jpy|cny|inr|sek|nok|dkk|pln|euros?|dollars?|pounds?|francs?|franken|cents?|pence|bucks|quid)(?!\p{L}))/iu;
export const CURRENCY_BEFORE =
  /(?:\p{Sc}|(?<!\p{L})(?:eur|usd|gbp|chf|cad|aud|nzd|sgd|jpy|cny|inr|sek|nok|dkk|pln|rs\.?))\s*$/iu;
