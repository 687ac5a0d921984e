import type { ClaimLanguage } from './claim-pattern.ts';

/** Portuguese: the forms that advertising uses most. */
export const PORTUGUESE: ClaimLanguage = {
  discount: /desconto|economiz|poupe|promoç/i,
  months: { fev: 2, abr: 4, mai: 5, agos: 8, sete: 9, outu: 10, dez: 12 },
  weekdays: ['domingo', 'segunda', 'terça', 'quarta', 'quinta', 'sexta', 'sábado'],
  promotion:
    /aproveite|descubra (?:a nova|as nov|os nov|noss)|oferta (?:especial|exclusiva)|compre (?:agora|já|hoje)|\d ?% de desconto|nova coleção|também (?:pode|vai) gostar|só para você|não perca|próxima compra/iu,
  patterns: [
    {
      kind: 'deadline',
      urgency: 'today',
      pattern:
        /só hoje|somente hoje|apenas hoje|últim[ao]s? (?:dia|horas)|termina hoje|até meia-noite/giu,
    },
    {
      kind: 'deadline',
      urgency: 'soon',
      pattern:
        /últim[ao]s? (?:chance|oportunidade|vagas|unidades)|tempo limitado|enquanto durarem os estoques|corra|não perca/giu,
    },
    {
      kind: 'free',
      pattern: /(?<![\p{L}])(?:grátis|gratuit[ao]s?|de graça)(?![\p{L}])(?: \p{L}+)?/giu,
    },
    {
      kind: 'comparative',
      pattern:
        /(?:o|a|os|as) (?:mais (?:barat[ao]|vendid[ao]|rápid[ao]|confiáve[li])s?|melhor(?:es)? (?:preço|oferta)s?)|número um|líder (?:de|do) mercado|imbatíve(?:l|is)|(?<!não )garantid[ao]s?/giu,
    },
  ],
};
