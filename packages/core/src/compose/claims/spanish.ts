import type { ClaimLanguage } from './claim-pattern.ts';

/** Spanish: the forms that advertising uses most. */
export const SPANISH: ClaimLanguage = {
  discount: /descuento|rebaja|ahorra|oferta|dto\b|menos/i,
  months: { ene: 1, abr: 4, agos: 8, dic: 12 },
  weekdays: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
  promotion:
    /aprovech[ae]|descubr[ae] (?:nuestr|la nueva|las nov|los nuev)|ofertas? (?:especial|exclusiva|única)|compra (?:ahora|ya|hoy)|\d ?% de descuento|nueva (?:colección|temporada)|te (?:puede|podría) (?:interesar|gustar)|solo para ti|no te (?:lo )?pierdas|tu próxim[ao] (?:compra|pedido)|rebajas/iu,
  patterns: [
    {
      kind: 'deadline',
      urgency: 'today',
      pattern:
        /s[oó]lo (?:por )?hoy|[uú]ltim[ao]s? (?:d[ií]a|horas?|minutos?)|termina hoy|hasta (?:la )?medianoche|acaba hoy/giu,
    },
    {
      kind: 'deadline',
      urgency: 'soon',
      pattern:
        /[uú]ltim[ao]s? (?:oportunidad|plazas?|unidades|aviso)|tiempo limitado|hasta agotar existencias|date prisa|no te (?:lo )?pierdas|termina pronto/giu,
    },
    {
      kind: 'deadline',
      urgency: 'date',
      pattern:
        /(?:oferta|descuento|código|válid[ao]|promoción)[^.!?]{0,40}? hasta el (?:\p{L}+ )?\d{1,2}(?: de \p{L}+)?/giu,
    },
    {
      kind: 'free',
      pattern: /(?<![\p{L}])(?:gratis|gratuit[ao]s?)(?![\p{L}])(?: \p{L}+)?|sin coste/giu,
    },
    {
      kind: 'comparative',
      pattern:
        /(?:el|la|los|las) (?:m[aá]s (?:barat[ao]|vendid[ao]|rápid[ao]|fiable|segur[ao]|popular)e?s?|mejor(?:es)? (?:precio|oferta)s?|(?:mejor|número uno|líder)(?:es)? del (?:mercado|mundo|país))|n[º°] ?1|garantizad[ao]s?|inmejorables?|insuperables?/giu,
    },
  ],
};
