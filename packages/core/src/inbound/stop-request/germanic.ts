import type { StopLanguage } from './stop-language.ts';

const EN_LIST =
  '(?:(?:this|your|the|all|any|these|those|such|further|future|more|of|mailing|e-?mail|mail|marketing|news|promotional|sales|contact|distribution|subscriber) ){0,6}(?:lists?|newsletters?|e-?mails?|mails?|messages?|mailings?|database|communications?|updates|campaigns?|spam|sequence)';

const ENGLISH: StopLanguage = {
  name: 'English',
  open: [
    "(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?: [\\p{L}.'-]{1,20}){0,3}",
    'please|pls|plz|kindly|just|also|and|so|ok|okay|then|again|sorry|now|immediately|once again|for the last time|seriously',
    'no,? thanks|no,? thank you|thanks,? but(?: no thanks)?|thank you,? but|(?:i am |i.m |we are |we.re )?not interested',
    'i(?: would|.d) (?:like|appreciate it if)(?: you)?(?: to)?|i want(?: you)? to|i wish to|i (?:have )?ask(?:ed)? you to|we (?:want|wish) to|you (?:can|may|should|must)',
  ],
  ask: ['(?:can|could|would|will)(?: you)?(?: please)?'],
  core: [
    `unsubscribe (?:me|us|my e-?mail(?: address)?|my address|this e-?mail(?: address)?)(?: from ${EN_LIST})?`,
    `unsubscribe(?: me)? from ${EN_LIST}`,
    `(?:remove|delete|take|drop|get|strike|cross) (?:me|us|my (?:e-?mail(?: address)?|name|address|contact(?: details| information)?)|this (?:e-?mail )?address) (?:from|off|out of)(?: of)? ${EN_LIST}`,
    'stop (?:e-?mailing|mailing|contacting|spamming|writing(?: to)?|messaging|pestering|bothering|harassing) (?:me|us)',
    `stop sending (?:me |us )?(?:${EN_LIST}|this|these|anything|stuff|junk|crap)`,
    'stop (?:these|this|the|your|all)(?: \\p{L}+){0,2} (?:e-?mails?|mails?|messages?|newsletters?|spam)',
    '(?:do not|don.t|dont|never) (?:ever )?(?:e-?mail|mail|contact|write to|write|message|spam) (?:me|us)(?: (?:again|any ?more|ever again|further))?',
    `(?:do not|don.t|dont|never) (?:ever )?send (?:me|us) (?:any(?:thing)?|more|further|your|these|this|such)(?: ${EN_LIST})?(?: (?:again|any ?more))?`,
    'no (?:more|further) (?:e-?mails?|mails?|messages?|newsletters?|spam)',
    `opt (?:me|us) out(?: of ${EN_LIST})?`,
    `opt out of ${EN_LIST}`,
    `(?:i|we) (?:no longer|do not|don.t|dont|never) (?:want|wish|need)(?: to (?:receive|get))? ${EN_LIST}(?: from you)?(?: any ?more)?`,
    `(?:i|we) (?:no longer|do not|don.t|dont|never) (?:want|wish) to (?:hear from you|be contacted|be e-?mailed|be on ${EN_LIST})(?: (?:again|any ?more))?`,
    '(?:leave (?:me|us) alone)',
    `cancel my (?:newsletter subscription|subscription to ${EN_LIST})`,
  ],
  tail: [
    'please|pls|thanks|thank you|thx|immediately|now|asap|today|at once|right away|again|any ?more|for good|permanently',
    'as|because|since|i|i.m|we|my|or|and|until further notice|effective immediately|regards|cheers|best',
  ],
  bare: [
    'unsubscribe|unsub|stop|remove|remove me|opt[ -]?out|stop it|stop this|take me off|stopall',
  ],
  hint: [
    'unsubscri|opt(?:ed|ing)?[- ]out|remove (?:me|us|my)|take (?:me|us) off|leave (?:me|us) alone',
    'stop (?:e-?mail|mail|sending|contacting|writing|spamm|messag)|no (?:more|further) (?:e-?mail|mails|message)',
    '(?:do not|don.t|dont|never) (?:e-?mail|contact|write|message) (?:to )?(?:me|us)',
    '(?:no longer|do not|don.t|dont) (?:want|wish)(?: to)? (?:receive|get|hear|be contacted)',
  ],
  footer: [
    'to (?:unsubscribe|opt out|stop receiving)|if you (?:no longer|do not|don.t|would prefer|prefer|wish|want)|you can unsubscribe|you are receiving|you received this',
  ],
};

const DE_LIST =
  '(?:(?:dem|den|der|diesem|diesen|dieser|ihrem|ihren|ihrer|eurem|euren|eurer|deinem|deinen|deiner|allen|jedem|weiteren|samtlichen) ){0,3}(?:newsletter[ns]?|verteiler[ns]?|(?:e-?)?mail-?verteiler[ns]?|mailing-?listen?|(?:e-?mail-?)?listen?|adressliste|datenbank|kartei|mails?|e-?mails?|werbung)';
const DE_MAIL = '(?:e-?mails?|mails?|newsletter|werbung|werbemails?|nachrichten)';

const GERMAN: StopLanguage = {
  name: 'German',
  open: [
    '(?:hallo|hi|moin|guten (?:tag|morgen|abend)|liebes?r?|sehr geehrter?s?)(?: [\\p{L}.-]{1,20}){0,3}',
    'bitte|und|also|hiermit|nochmals|erneut|sofort|umgehend|nein,? danke|danke,? aber|(?:ich habe |wir haben )?kein interesse',
    'ich bitte (?:sie )?(?:darum,?)?|ich mochte(?: sie bitten)?,?|ich will|ich fordere sie auf',
  ],
  ask: ['konn(?:en|ten) sie|konnt ihr|konntet ihr|kannst du|konntest du|wurden sie|wurdet ihr'],
  core: [
    `(?:melden sie|meldet|melde?) (?:mich|uns)(?: bitte)?(?: sofort| umgehend)?(?: (?:von|vom|aus) ${DE_LIST})? ab`,
    `(?:tragen sie|tragt|trage?) (?:mich|uns)(?: bitte)?(?: (?:von|vom|aus) ${DE_LIST})? aus`,
    `(?:mich|uns)(?: bitte)? (?:von|vom|aus) ${DE_LIST} (?:abmelden|austragen|entfernen|loschen|streichen|nehmen|abzumelden|auszutragen|zu (?:entfernen|loschen|streichen|nehmen))`,
    '(?:mich|uns)(?: bitte)? (?:abmelden|austragen|abzumelden|auszutragen)',
    `(?:nehmen sie|nehmt|nimm|streichen sie|streicht|streiche?|loschen sie|loscht|losche?|entfernen sie|entfernt|entferne?) (?:mich|uns|meine (?:e-?mail-?)?adresse|meine (?:daten|e-?mail))(?: bitte)?(?: sofort| umgehend)? (?:aus|von|vom) ${DE_LIST}(?: heraus| raus)?`,
    `(?:schicken sie|schickt|schicke?|senden sie|sendet|sende?) (?:mir|uns)(?: bitte)? keine (?:weiteren )?${DE_MAIL}(?: mehr)?(?: zu)?`,
    `(?:mir|uns)(?: bitte)? keine (?:weiteren )?${DE_MAIL}(?: mehr)?(?: zu)? (?:schicken|senden|zusenden)`,
    '(?:schreiben sie|schreibt|schreibe?) (?:mir|uns)(?: bitte)? (?:nicht mehr|nie wieder|keine (?:e-?mails?|mails?) mehr)',
    '(?:kontaktieren sie|kontaktiert|kontaktiere) (?:mich|uns)(?: bitte)? (?:nicht mehr|nicht weiter|nie wieder)',
    `keine (?:weiteren )?${DE_MAIL}(?: mehr)?(?: von ihnen)?`,
    `(?:ich|wir) (?:mochten?|wollen|will|wunschen?)(?: (?:in zukunft|kunftig|ab sofort|von ihnen|von euch|bitte)){0,2} keine (?:weiteren )?${DE_MAIL}(?: mehr)?(?: von ihnen| von euch)?(?: (?:erhalten|bekommen))?`,
    `(?:ich|wir) (?:mochten?|wollen|will) (?:mich|uns) (?:von|vom|aus) ${DE_LIST} (?:abmelden|austragen)`,
    '(?:ich )?widerspreche (?:ich )?(?:hiermit )?der (?:nutzung|verwendung|verarbeitung) meiner (?:daten|e-?mail-?adresse) (?:zu|fur) werbezwecken?',
    '(?:den |ihren |euren |diesen )?newsletter (?:bitte )?(?:abbestellen|abmelden|kundigen)',
    '(?:ich |hiermit )?(?:bestelle|melde) (?:ich )?(?:hiermit )?(?:den |ihren |euren )?newsletter ab',
  ],
  tail: [
    'bitte|danke|vielen dank|sofort|umgehend|mehr|da|weil|denn|ich|wir|und|oder|mfg|gru(?:ss|ß)e?|mit freundlichen',
  ],
  bare: [
    'abmelden|abmeldung|abbestellen|abbestellung|stopp?|austragen|newsletter abbestellen|unsubscribe',
  ],
  hint: [
    'abmeld|abbestell|austrag(?:en|ung)|(?:aus|vom|von) (?:\\p{L}+ ){0,2}verteiler|(?:melde|trage?) (?:mich|uns) .{0,30}(?:ab|aus)',
    `keine (?:weiteren )?${DE_MAIL}|nicht mehr (?:schreiben|kontaktieren|anschreiben)|widerspreche|unterlassen sie`,
  ],
  footer: [
    'um sich (?:ab|aus)|wenn sie (?:keine|sich|diesen)|falls sie (?:keine|sich|diesen)|sie erhalten diese|hier abmelden|newsletter abbestellen:?$',
  ],
};

const NL_LIST =
  '(?:(?:de|het|deze|dit|uw|je|jullie|alle) ){0,3}(?:mailinglijst(?:en)?|maillijst|lijst(?:en)?|nieuwsbrie(?:f|ven)|e-?maillijst|verzendlijst|adressenlijst|mailinglist|database|bestand(?:en)?|e-?mails?|mails?|mailings?|berichten|reclame)';

const DUTCH: StopLanguage = {
  name: 'Dutch',
  open: [
    '(?:hallo|hoi|dag|beste|geachte|goede(?:morgen|middag|navond|ndag))(?: [\\p{L}.-]{1,20}){0,3}',
    'graag|gelieve|a\\.?u\\.?b\\.?|alstublieft|alsjeblieft|svp|en|dus|nogmaals|nee,? (?:bedankt|dank u)|bedankt,? maar|(?:ik heb )?geen interesse',
    'ik wil(?: graag)?|ik zou(?: graag)?|ik verzoek u(?: om)?',
  ],
  ask: ['wilt u|wil je|willen jullie|kunt u|kun je|kan je|kunnen jullie|zou(?:dt)? u|zou je'],
  core: [
    `(?:schrijf|meld|schrijft|meldt) (?:mij|me|ons)(?: (?:aub|alstublieft|alsjeblieft|graag|direct))?(?: (?:van|uit|voor) ${NL_LIST})? (?:uit|af)(?: (?:van|voor|uit) ${NL_LIST})?`,
    `(?:mij|me|ons)(?: (?:aub|graag|alstublieft))? (?:(?:van|uit|voor) ${NL_LIST} )?(?:uitschrijven|afmelden|uit te schrijven|af te melden)(?: (?:van|uit|voor) ${NL_LIST})?`,
    `(?:mij|me|ons)(?: (?:aub|graag))? (?:van|uit) ${NL_LIST} (?:te )?(?:verwijderen|schrappen|halen)`,
    `(?:verwijder|haal|schrap|verwijdert) (?:mij|me|ons|mijn (?:e-?mail(?:adres)?|adres|gegevens|naam))(?: (?:aub|graag))? (?:van|uit) ${NL_LIST}(?: af)?`,
    `stuur (?:mij|me|ons)(?: (?:aub|alsjeblieft|alstublieft))? geen ${NL_LIST}(?: meer)?`,
    '(?:mail|e-?mail|contacteer|benader) (?:mij|me|ons)(?: (?:aub|alsjeblieft|alstublieft))? (?:niet|nooit) meer',
    `(?:stop|stopt|hou op) met (?:(?:mij|me|ons) )?(?:(?:te )?(?:mailen|e-?mailen|contacteren|spammen)|het sturen van ${NL_LIST}|${NL_LIST} (?:te )?sturen)`,
    'geen (?:e-?mails?|mails?|nieuwsbrieven|reclame|berichten) meer(?: (?:sturen|a\\.?u\\.?b\\.?))?',
    `(?:ik|wij|we) (?:wil|willen|wens|wensen)(?: graag)? geen ${NL_LIST}(?: meer)?(?: van (?:u|jullie|je))?(?: (?:te )?(?:ontvangen|krijgen))?`,
  ],
  tail: [
    'a\\.?u\\.?b\\.?|alstublieft|alsjeblieft|graag|bedankt|dank|direct|nu|omdat|want|ik|en|of|mvg|groet(?:en|jes)?|met vriendelijke',
  ],
  bare: ['uitschrijven|afmelden|stop|uitschrijving|afmelding'],
  hint: [
    'uitschrijf|uitschrijv|afmeld|(?:meld|schrijf) (?:mij|me|ons) .{0,25}(?:uit|af)|geen (?:e-?mails?|mails?|nieuwsbrie\\p{L}+|reclame).{0,12} meer',
    'niet meer (?:mailen|benaderen)|stop met (?:mail|e-?mail|het sturen|sturen)',
  ],
  footer: ['om (?:u|je) (?:uit|af)|wilt u (?:zich|geen|deze)|u ontvangt deze|als u geen'],
};

const SV_LIST =
  '(?:(?:er|din|ert|denna|den|det|detta|era|dessa|alla) ){0,3}(?:mejllistan?|maillistan?|e-?postlistan?|sandlistan?|listan?|listor|nyhetsbrev(?:et)?|utskick(?:et|en)?|mejl(?:en)?|mail(?:en)?|e-?post(?:meddelanden)?|register|databas|reklam|meddelanden)';
const SV_MAIL = '(?:mejl|mail|e-?post|nyhetsbrev|reklam|meddelanden|utskick)';

const SWEDISH: StopLanguage = {
  name: 'Swedish',
  open: [
    '(?:hej|hejsan|god ?(?:morgon|dag|kvall))(?: [\\p{L}.-]{1,20}){0,2}',
    'vanligen|snalla|och|sa|var god|tack,? men|nej,? tack|(?:jag ar )?inte intresserad|jag vill(?: att ni)?|jag skulle vilja|jag onskar|jag ber er',
  ],
  ask: ['kan (?:ni|du)|kunde ni|skulle ni kunna|kan jag'],
  core: [
    `(?:avregistrera|avanmala?|avprenumerera|ta bort|tar bort|stryka?|plocka bort) (?:mig|oss|min (?:e-?post(?:adress)?|mejl(?:adress)?|mail(?:adress)?|adress)) (?:fran|ur) ${SV_LIST}`,
    '(?:avregistrera|avanmala?|avprenumerera) (?:mig|oss)',
    `avsluta (?:min )?prenumeration(?:en)? (?:pa|av) ${SV_LIST}`,
    `sluta (?:att )?(?:skicka|maila|mejla|kontakta|spamma)(?: (?:mig|oss|till mig|till oss))?(?: (?:(?:mer|fler|era|dessa|ert) )?${SV_MAIL})?`,
    `(?:skicka|maila|mejla|kontakta) (?:mig |oss )?(?:inte|aldrig)(?: (?:mig|oss))?(?: (?:mer|mera|igen|fler|langre)){1,2}(?: ${SV_MAIL})?`,
    `(?:inga|inte) (?:fler|mer) ${SV_MAIL}`,
    `(?:jag|vi) vill (?:inte|ej) (?:langre )?(?:ha|fa|ta emot)(?: (?:fler|mer|nagra))? ${SV_LIST}(?: (?:fran er|langre|mer))*`,
  ],
  tail: ['tack|snalla|genast|omedelbart|nu|eftersom|for|jag|och|eller|mvh|halsningar|med vanliga'],
  bare: ['avregistrera|avregistrering|avanmalan|avanmal|avprenumerera|stopp?'],
  hint: [
    `avregistrer|avanmal|avprenumerer|sluta (?:skicka|maila|mejla)|vill (?:inte|ej) .{0,15}${SV_MAIL}|ing(?:a|et) (?:fler|mer) ${SV_MAIL}|ta bort mig`,
  ],
  footer: ['for att (?:avregistrera|avsluta|avanmala)|vill du inte|om du inte|du far detta'],
};

/** English, German, Dutch and Swedish. */
export const GERMANIC: readonly StopLanguage[] = [ENGLISH, GERMAN, DUTCH, SWEDISH];
