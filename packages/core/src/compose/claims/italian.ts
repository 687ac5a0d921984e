import type { ClaimLanguage } from './claim-pattern.ts';

/** Italian: the forms that advertising uses most. */
export const ITALIAN: ClaimLanguage = {
  discount: /sconto|scontat|risparmi|ribass|promozione|in meno/i,
  months: { genn: 1, magg: 5, giug: 6, lugl: 7, sett: 9, ott: 10, dic: 12 },
  weekdays: ['domenica', 'lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato'],
  promotion:
    /approfitta|scopri (?:la nostra|la nuova|le nostre|le nov|i nostri|i nuovi|il nuovo)|offert[ae] (?:special|esclusiv|imperdibil)|acquista (?:ora|subito)|\d ?% di sconto|nuova collezione|potrebbe(?:ro)? (?:anche )?piacerti|solo per te|non perdere|prossimo (?:acquisto|ordine)|saldi/iu,
  patterns: [
    {
      kind: 'deadline',
      urgency: 'today',
      pattern:
        /solo (?:per )?oggi|ultim[oe] (?:giorno|ore|minuti)|scade (?:oggi|stasera)|entro (?:mezzanotte|stasera)/giu,
    },
    {
      kind: 'deadline',
      urgency: 'soon',
      pattern:
        /ultim[aei] (?:occasione|possibilità|posti|pezzi)|tempo limitato|fino a esaurimento|affrettati|non perdere|scade presto/giu,
    },
    {
      kind: 'deadline',
      urgency: 'date',
      pattern:
        /(?:offerta|sconto|codice|valid[ao]|promozione)[^.!?]{0,40}? (?:fino al|entro il) \d{1,2} \p{L}+/giu,
    },
    {
      kind: 'free',
      pattern:
        /(?<![\p{L}])(?:gratis|gratuit[aoie]|gratuitamente|in omaggio)(?![\p{L}])(?: \p{L}+)?/giu,
    },
    {
      kind: 'comparative',
      pattern:
        /(?:il|la|i|le) (?:più (?:economic[aoi]|venduti?|veloc[ei]|affidabil[ei])|miglior[ei]? (?:prezz[oi]|offert[ae]))|numero uno|leader (?:di mercato|mondiale)|imbattibil[ei]|garantit[aoie]|soddisfatti o rimborsati/giu,
    },
  ],
};
