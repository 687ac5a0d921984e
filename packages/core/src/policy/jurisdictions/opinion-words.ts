/** How one language asks for an opinion. */
export interface OpinionWords {
  /** Unmistakable in any mail: stars, a review, "how likely are you to recommend us". */
  readonly rating: RegExp;
  /** What is an ordinary question between two people, and a survey in a notice. */
  readonly feedback: RegExp;
}

/**
 * By ISO 639-1 code, in the languages of most of the EU and of the English packs; all of them are
 * looked for in every message. That a request for a review, a rating or satisfaction is advertising,
 * even beside an invoice: BGH VI ZR 225/17. The wordings are those of satisfaction scores (CSAT, CES),
 * of the Net Promoter question (Reichheld, HBR 12/2003) and of shops' and review platforms' requests.
 */
export const OPINION_WORDS: Readonly<Record<string, OpinionWords>> = {
  en: {
    rating:
      /(?<!\p{L})(?:rate (?:us|our|your|this|the)(?! (?:limit|card|plan|of))|review us(?! before)|(?:leave|write|post|submit)(?: us)? (?:a|an|your)(?: \p{L}+)? (?:review|rating|testimonial)|(?:give|drop)(?: us)? (?:a|an|your)(?: \p{L}+)? (?:rating|testimonial|star)|how likely (?:are you|is it|would you be)[^.!?]{0,30}recommend|(?:how many|give[^.!?]{0,20} (?:five|\d)) stars|scale (?:of|from) [01] (?:to|-) (?:5|7|10)|net promoter|(?:customer|satisfaction) survey|(?:take|complete|fill (?:in|out)|answer) (?:our|a|this|the)(?: [\p{L}\d-]+){0,2} (?:survey|questionnaire)|review (?:us )?on (?:google|trustpilot|yelp|capterra|g2))(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:how did we do|how (?:was|were|is|are|did you (?:like|find|enjoy)) your (?:\p{L}+ )?(?:order|purchase|experience|visit|stay|delivery|shopping|appointment|support|call|chat|course)|how satisfied|(?:happy|satisfied|pleased) with (?:your|our|the) [^.!?]{0,40}\?|(?:share|give|send|leave|tell)(?: us| me)? (?:your|some|any)?(?: \p{L}+)? ?(?:feedback|opinion|review)|(?:your|some) feedback (?:on|about|helps|matters|counts|is)|(?:love|like|appreciate|value|welcome|grateful for) (?:to (?:hear|get|have) )?(?:your|any|some) (?:\p{L}+ )?(?:feedback|opinion|thoughts|review)|feedback (?:form|survey)|(?:hear|know|tell us) (?:what you (?:think|thought)|how (?:it went|we did|you (?:like|liked|found)))|tell us about your (?:\p{L}+ )?(?:experience|visit|stay|purchase|order)|review (?:your (?:\p{L}+ )?(?:purchase|experience|stay|visit)|the product|it now)|what did you think of|(?:our|this|a|short|quick|brief|minute|feedback|follow-up)(?: (?:short|quick|brief|little))? (?:survey|questionnaire|poll))(?!\p{L})/iu,
  },
  de: {
    rating:
      /(?<!\p{L})(?:bewerten? (?:Sie )?(?:uns|unser\p{L}*|Ihr\p{L}*|dein\p{L}*|euer|eure\p{L}*|jetzt)|bewerte (?:uns|unser\p{L}*|dein\p{L}*|jetzt)|Bewertung (?:abgeben|schreiben|hinterlassen|teilen)|(?:eine|Ihre|deine|kurze|positive|ehrliche) (?:\p{L}+ )?Bewertung(?= (?:ab|schreib|hinterlass|auf|bei|freu|würd|hilft))|(?:über|um) (?:eine|Ihre|deine)(?: \p{L}+)? (?:Bewertung|Rezension)|Rezension (?:schreiben|verfassen)|wie viele Sterne|(?:fünf|5) Sternen?(?! ?-?hotel)|wie wahrscheinlich[^.!?]{0,60}(?:weiter)?empfehlen|\p{L}*zufriedenheits(?:umfrage|befragung)|Kunden(?:umfrage|befragung)|an (?:unserer|einer|der)(?: \p{L}+){0,2} (?:Umfrage|Befragung) teil)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:wie zufrieden|(?:waren|sind|bist|warst) (?:Sie|du) (?:mit [^.!?]{0,60} )?zufrieden|zufrieden mit (?:Ihr|dein|unser)\p{L}* [^.!?]{0,40}\?|wie (?:hat|haben|war|gefällt|gefallen)(?: \p{L}+){0,3} (?:gefallen|Einkauf|Bestellung|Lieferung|Besuch|Aufenthalt|Erfahrung)|(?:Ihr|dein|euer|Ihre|deine|eure) (?:\p{L}+ )?(?:Feedback|Rückmeldung zu|Meinung)|(?:um|über) (?:ein )?(?:kurzes )?(?:Ihr |dein )?Feedback|Feedback (?:geben|senden|abgeben)|(?:sagen|verraten|erzählen) Sie uns|(?:sag|verrate|erzähl) uns,? (?:wie|was)|(?:unsere?r?|kurzen?|kleinen?|dieser?|einer?|diesen) (?:kurzen |kleinen )?(?:\p{L}*(?:umfrage|befragung)|Fragebogen)|bewert(?:en|ung) (?:Sie|abgeben)|(?:Produkt|Artikel|Einkauf|Bestellung|Kauf) (?:jetzt )?bewerten)(?!\p{L})/iu,
  },
  fr: {
    rating:
      /(?<!\p{L})(?:(?:notez|évaluez)(?:[- ]nous| (?:votre|notre|vos|nos|ce|cet|cette))|(?:laiss\p{L}+|donn\p{L}+|déposer|déposez|publi\p{L}+|rédig\p{L}+)(?:[- ]nous)? (?:un|votre) (?:avis|commentaire|note)|combien d[’']étoiles|(?:cinq|5) étoiles sur|recommand\p{L}+ (?:nous )?à (?:un|vos|votre|des) (?:ami|proche|collègue|entourage)\p{L}*|enquête de satisfaction|sondage de satisfaction|questionnaire de satisfaction)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:(?:votre|vos) avis|êtes-vous satisfait\p{L}*|satisfait\p{L}* de (?:votre|notre|vos) [^.!?]{0,40}\?|dites-nous|faites-nous part|comment s[’']est (?:passée?|déroulée?)|partag\p{L}+ votre (?:expérience|opinion)|répond\p{L}+ à (?:notre|ce|cette)(?: \p{L}+){0,2} (?:questionnaire|enquête|sondage)|(?:notre|courte|petit) (?:enquête|sondage))(?!\p{L})/iu,
  },
  es: {
    rating:
      /(?<!\p{L})(?:(?:valora|valore|califica|califique|puntúa|puntúe|evalúa|evalúe)(?:nos)? (?:tu|su|nuestr\p{L}+|el|la|este|esta)|(?:valóra|califíca|evalúa)nos|(?:deja|deje|déja|déje|escrib\p{L}+|danos|denos)(?:nos)? (?:una|tu|su) (?:reseña|opinión|valoración|calificación)|cuántas estrellas|recomenda\p{L}+ a (?:un|tus|sus) (?:amig|colega|conocid)\p{L}*|encuesta de satisfacción)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:(?:tu|su) opinión|satisfech[oa]s? (?:está|estás|con (?:tu|su|nuestr\p{L}+)) [^.!?]{0,40}|cuéntanos|cuéntenos|qué te (?:ha )?parec\p{L}+|qué le (?:ha )?parec\p{L}+|(?:nuestr[oa]|est[ea]|breve|una?|corta) (?:breve )?(?:encuesta|cuestionario)|comparte tu experiencia)(?!\p{L})/iu,
  },
  it: {
    rating:
      /(?<!\p{L})(?:(?:valuta|valuti|vota|recensisci)(?:ci)?(?: (?:il|la|lo|i|le|un|una|questo|nostr\p{L}+|tuo|tua|suo|sua))|valutaci|(?:lascia|lasci|scriv\p{L}+|rilasci\p{L}*)(?:ci)? (?:una|la tua|la sua)(?: \p{L}+)? (?:recensione|valutazione)|quante stelle|consigli\p{L}*(?: \p{L}+){0,2} a (?:un )?(?:amic|collegh?)\p{L}*|(?:sondaggio|questionario|indagine) (?:di|sulla) soddisfazione)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:(?:la tua|la sua|vostra) opinione|soddisfatt[oaie] (?:del|della|dei|delle|di) [^.!?]{0,40}\?|dicci|ci dica|raccontaci|com[’']è andat[oa]|come (?:ti|le) è sembrat[oa]|(?:nostro|questo|breve|un) (?:breve )?(?:sondaggio|questionario)|il (?:tuo|suo) (?:feedback|parere))(?!\p{L})/iu,
  },
  nl: {
    rating:
      /(?<!\p{L})(?:beoordeel (?:ons|onze|uw|je|jouw|dit|deze)|(?:schrijf|laat|plaats|geef)(?: ons)? (?:een|uw|je)(?: \p{L}+)? (?:review|beoordeling|recensie)|hoeveel sterren|hoe waarschijnlijk[^.!?]{0,60}aanbe\p{L}+|(?:klant)?tevredenheids?onderzoek)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:(?:uw|jouw|je) (?:mening|feedback|oordeel)|hoe tevreden|tevreden (?:over|met) (?:uw|je|jouw|onze) [^.!?]{0,40}\?|laat (?:ons )?weten wat (?:u|je)|vertel ons|wat vond (?:u|je)|(?:onze|deze|korte|een) (?:korte )?(?:enquête|vragenlijst)|hoe was (?:uw|je) (?:bestelling|bezoek|ervaring|aankoop))(?!\p{L})/iu,
  },
  pt: {
    rating:
      /(?<!\p{L})(?:(?:avalie|avalia)(?:-nos)?(?: (?:o|a|os|as|sua|seu|nosso|nossa|tua|teu|este|esta))?|(?:deixe|deixa|escreva|escreve|dê|dá)(?:-nos)? (?:uma|a sua|sua|a tua)(?: \p{L}+)? (?:avaliação|opinião|crítica)|quantas estrelas|recomendar\p{L}* a (?:um )?(?:amig|coleg)\p{L}*|(?:pesquisa|inquérito|questionário) de satisfação)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:(?:a )?(?:sua|tua) opinião|satisfeit[oa]s? com [^.!?]{0,40}\?|conte-nos|diga-nos|o que ach\p{L}+ d[aeo]s?|(?:nosso|este|breve|um) (?:breve )?(?:inquérito|questionário)|como foi a (?:sua|tua))(?!\p{L})/iu,
  },
  pl: {
    rating:
      /(?<!\p{L})(?:oceń (?:nas|nasz\p{L}*|swoj\p{L}*|zakup\p{L}*)|(?:wystaw|zostaw|napisz|dodaj) (?:nam )?(?:opinię|ocenę|recenzję)|ile gwiazdek|polec\p{L}+ nas znajomym|(?:ankie\p{L}+|badani\p{L}+) (?:satysfakcji|zadowolenia))(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:(?:Twoja|Państwa|swoją) opini\p{L}+|ankie(?:ta|tę|cie|ty)|zadowolon\p{L}+ z [^.!?]{0,40}\?|jak oceniasz|podziel się (?:swoją )?opinią)(?!\p{L})/iu,
  },
  cs: {
    rating:
      /(?<!\p{L})(?:ohodnoťte (?:nás|náš|svůj|svou|nákup)|(?:napište|zanechte|přidejte) (?:nám )?(?:recenzi|hodnocení)|kolik hvězdiček|dotazník spokojenosti|průzkum spokojenosti)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:váš názor|byl\p{L}* jste spokojen\p{L}*|jak jste spokojen\p{L}*)(?!\p{L})/iu,
  },
  sv: {
    rating:
      /(?<!\p{L})(?:betygsätt (?:oss|vår\p{L}*|ditt|din|ert|köpet)|(?:lämna|skriv|ge)(?: oss)? (?:ett|en|din)(?: \p{L}+)? (?:omdöme|recension|betyg)|hur många stjärnor|hur sannolikt[^.!?]{0,60}rekommend\p{L}+|kundundersökning\p{L}*|nöjdhetsundersökning\p{L}*)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:hur nöjd|nöjd med (?:ditt|din|ert|vår) [^.!?]{0,40}\?|din åsikt|vad (?:du|ni) tycker|(?:vår|kort|denna) (?:korta )?enkät\p{L}*)(?!\p{L})/iu,
  },
  da: {
    rating:
      /(?<!\p{L})(?:bedøm (?:os|vores|dit|din|dit køb)|anmeld (?:os|dit køb)|(?:skriv|giv|efterlad)(?: os)? en(?: \p{L}+)? anmeldelse|hvor mange stjerner|hvor sandsynligt[^.!?]{0,60}anbefal\p{L}+|tilfredshedsundersøgelse\p{L}*|vurder (?:oss|din|ditt|kjøpet)|(?:skriv|gi|legg igjen)(?: oss)? en(?: \p{L}+)? (?:vurdering|omtale)|kundeundersøkelse\p{L}*)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:hvor tilfreds|hvor fornøyd|din mening|hvad (?:du|I) synes|hva du synes|(?:vores|vår|kort) (?:korte )?(?:spørgeskema|spørreundersøkelse|spørreskjema)\p{L}*)(?!\p{L})/iu,
  },
  fi: {
    rating:
      /(?<!\p{L})(?:arvioi (?:meidät|ostoksesi|tilauksesi|palvelumme)|(?:jätä|kirjoita|anna) (?:meille )?arvostelu\p{L}*|montako tähteä|kuinka todennäköisesti[^.!?]{0,60}suosittel\p{L}+|asiakastyytyväisyys\p{L}*)(?!\p{L})/iu,
    feedback:
      /(?<!\p{L})(?:kuinka tyytyväinen|mielipiteesi|(?:anna|antaa) palautetta|kysely(?:yn|ymme)|mitä mieltä olet)(?!\p{L})/iu,
  },
};

/** Where reviews are written and satisfaction is asked: the hosts and paths of such links. */
export const OPINION_LINKS =
  /\/(?:surveys?|nps|csat|umfragen?|feedback|rate-us|leave-a-review|write-?review)(?=[/?#)\s"'>]|$)|(?:surveymonkey|surveymonkey\.co|delighted|provenexpert|reviews)\.(?:com|io)\/|trustpilot\.com\/(?:evaluate|review)|g\.page\/[^\s)]{1,80}\/review|search\.google\.com\/local\/writereview|capterra\.com\/reviews\/new/iu;
