import type { StopLanguage } from './stop-language.ts';

const FR_LIST =
  "(?:(?:votre|vos|cette|cet|ce|ces|la|les|toutes?|tous) |l'){0,4}(?:listes?(?: (?:de diffusion|d'envoi|d'e-?mails?|de contacts?|de distribution))?|newsletters?|lettres? d'information|e-?mails?|mails?|courriels?|mailings?|base de donnees|fichiers?|envois|communications|messages)";

const FRENCH: StopLanguage = {
  name: 'French',
  open: [
    "bonjour|bonsoir|salut|madame|monsieur|merci de(?: bien vouloir)?|veuillez|svp|s'il (?:vous|te) plait",
    "je vous (?:prie|demande) de(?: bien vouloir)?|je (?:souhaite|voudrais|veux|desire)|j'aimerais|non,? merci|merci,? mais|(?:je ne suis )?pas interessee?|et|donc|de nouveau|encore une fois",
  ],
  ask: ['pouvez-vous|pourriez-vous|peux-tu|pourrais-tu'],
  core: [
    `(?:me |nous )?(?:desinscrire|desabonner|retirer|supprimer|enlever|rayer)(?: (?:mon (?:adresse|e-?mail|mail|nom)(?: (?:e-?mail|mail|electronique))?|mes coordonnees))? (?:de|du|des) ${FR_LIST}`,
    `(?:desinscrivez|desabonnez|retirez|supprimez|enlevez|rayez)(?:-moi|-nous| moi| mon (?:adresse|e-?mail|mail|nom)(?: (?:e-?mail|mail|electronique))?| mes coordonnees) (?:de|du|des) ${FR_LIST}`,
    '(?:me |nous )(?:desinscrire|desabonner)',
    '(?:desinscrivez|desabonnez)[- ](?:moi|nous)',
    "ne (?:m'|me |nous )(?:envoyez|ecrivez|contactez|sollicitez) plus(?: (?:rien|jamais|d'e-?mails?|de (?:mails?|messages?|courriels?|newsletters?|publicite)))?",
    "ne plus (?:m'|me |nous )(?:envoyer|ecrire|contacter|solliciter)(?: (?:d'e-?mails?|de (?:mails?|messages?|courriels?|newsletters?|publicite)))?",
    "(?:je ne (?:souhaite|veux|desire) )?(?:ne )?plus recevoir (?:(?:de|vos|ces|aucune?|votre) |d')?(?:vos )?(?:e-?mails?|mails?|messages?|newsletters?|courriels?|publicites?|communications)(?: de votre part)?",
    "(?:arretez|arreter|cessez|cesser) de (?:m'|me |nous )(?:envoyer|ecrire|contacter|spammer|harceler|solliciter)(?: (?:des|vos|ces|de) (?:e-?mails?|mails?|messages?))?",
    "plus (?:d'e-?mails?|de (?:mails?|messages?|newsletters?))",
  ],
  tail: [
    "svp|s'il (?:vous|te) plait|merci|immediatement|maintenant|des|car|parce|je|et|ou|cordialement|bien a vous|sincerement",
  ],
  bare: ['stop|desinscription|desabonnement|desinscrire|desabonner|unsubscribe'],
  hint: [
    "desinscri|desabonn|ne plus (?:recevoir|m'|me )|ne (?:m'|me )(?:envoy|ecriv|contact|sollicit)|(?:arret|cess)ez de|(?:retir|supprim|enlev)(?:er|ez).{0,30}(?:liste|fichier)",
  ],
  footer: [
    'pour (?:vous |se )?(?:desinscrire|desabonner|ne plus)|si vous ne (?:souhaitez|voulez|desirez)|vous recevez',
  ],
};

const ES_LIST =
  '(?:(?:su|sus|esta|este|estos|estas|la|el|los|las|tu|tus|vuestra|todas?|todos?) ){0,3}(?:listas?(?: de (?:correos?|distribucion|envios?|e-?mails?|contactos|difusion))?|newsletters?|boletin(?:es)?(?: informativos?)?|correos?(?: electronicos?)?|e-?mails?|mails?|base de datos|mensajes?|envios?|publicidad|comunicaciones)';

const SPANISH: StopLanguage = {
  name: 'Spanish',
  open: [
    '(?:hola|buenos dias|buenas(?: tardes| noches)?|estimad[oa]s?)(?: [\\p{L}.-]{1,20}){0,3}',
    'por favor|favor de|(?:le|les|os) ruego(?: que)?|solicito(?: que)?|quiero|quisiera|me gustaria|deseo|y|ya|de nuevo|otra vez|no,? gracias|gracias,? pero|no me interesa|no estoy interesad[oa]',
  ],
  ask: ['pueden|podrian|puede|podria|puedes|podrias|me pueden|me podrian'],
  core: [
    `(?:darme|denme|dame|deme|darnos|dennos|me den|me de|nos den) de baja(?: (?:de|del|en) ${ES_LIST})?`,
    `(?:la |mi )?baja (?:de|del|en) ${ES_LIST}`,
    `(?:eliminen|elimine|elimina|eliminar|borren|borre|borra|borrar|quiten|quite|quita|quitar|saquen|saque|saca|sacar|retiren|retire)(?:me|nos)? (?:(?:mi (?:correo|direccion|e-?mail|mail|nombre)(?: electronico)?|mis datos) )?(?:de|del) ${ES_LIST}`,
    'no (?:me|nos) (?:envien|envie|envies|manden|mande|mandes|escriban|escriba|escribas|contacten|contacte|contactes)(?: (?:mas|nunca mas|de nuevo))?(?: (?:correos?|e-?mails?|mails?|mensajes?|publicidad|nada|informacion))?(?: mas)?',
    `(?:dejen|deje|deja|paren|dejad) de (?:enviarme|mandarme|escribirme|contactarme|enviarnos|mandarnos|escribirnos|molestarme)(?: (?:mas )?${ES_LIST})?`,
    `no (?:quiero|deseo|queremos|deseamos)(?: (?:recibir|seguir recibiendo))?(?: mas)? ${ES_LIST}`,
    'no mas (?:correos?|e-?mails?|mensajes)',
  ],
  tail: [
    'por favor|gracias|muchas gracias|ya|ahora|inmediatamente|porque|pues|yo|y|o|saludos|un saludo|atentamente|nunca mas|mas',
  ],
  bare: ['baja|stop|darme de baja|desuscribir(?:me|se)?|cancelar suscripcion|unsubscribe'],
  hint: [
    'de baja|desuscri|no (?:me|nos) (?:envi|mand|escrib|contact)|no (?:quiero|deseo) (?:recibir|seguir|mas)|cancelar (?:la |mi )?suscripcion|(?:deje|dejen|deja|dejad) de (?:enviar|mandar|escribir)',
  ],
  footer: [
    'para darse de baja|si no (?:desea|quiere|deseas|quieres)|ha recibido|recibe este|darse de baja',
  ],
};

const IT_LIST =
  "(?:(?:la|le|il|lo|gli|i|questa|questo|queste|questi|vostra|vostre|vostro|vostri|sua|tua|tutte|tutti) |l'){0,4}(?:mailing ?list|lista(?: (?:di distribuzione|contatti|e-?mail))?|liste|newsletter|e-?mail|mail|messaggi|comunicazioni|database|archivio|pubblicita|indirizzario)";

const ITALIAN: StopLanguage = {
  name: 'Italian',
  open: [
    '(?:buongiorno|buonasera|salve|ciao|gentil[ei]|egregi[oa]?|spett\\.?le)(?: [\\p{L}.-]{1,20}){0,3}',
    'per favore|per cortesia|cortesemente|prego(?: di)?|(?:vi|la|le|ti) (?:prego|chiedo)(?: di)?|chiedo(?: di)?|vorrei|voglio|desidero|no,? grazie|grazie,? ma|non (?:mi interessa|sono interessat[oa])|e|quindi',
  ],
  ask: ['potete|potreste|puo|potrebbe|puoi|potresti'],
  core: [
    `(?:cancellatemi|cancellami|cancellarmi|mi cancelli|toglietemi|toglimi|togliermi|mi tolga|rimuovetemi|rimuovimi|rimuovermi|mi rimuova|eliminatemi|eliminami|eliminarmi|disiscrivetemi|disiscrivermi|disiscrivimi) (?:da|dal|dalla|dalle|dai|dall')\\s?${IT_LIST}`,
    '(?:disiscrivetemi|disiscrivermi|disiscrivimi|cancellatemi|cancellarmi)',
    `(?:cancellate|cancellare|rimuovete|rimuovere|eliminate|eliminare|togliete|togliere) (?:il mio (?:indirizzo|nome|contatto)(?: e-?mail)?|la mia (?:e-?mail|mail)) (?:da|dal|dalla|dalle|dai|dall')\\s?${IT_LIST}`,
    '(?:non (?:mandatemi|inviatemi|scrivetemi|contattatemi|mandarmi|inviarmi|scrivermi|contattarmi)|non mi (?:mandate|inviate|scrivete|contattate|scriva|mandi|invii|contatti)) (?:piu|altre|altri|ulteriori)(?: (?:e-?mail|mail|messaggi|niente|nulla|comunicazioni|pubblicita|newsletter))?',
    '(?:smettetela|smettete|smettila|smetti|smetta) di (?:mandarmi|inviarmi|scrivermi|contattarmi)(?: (?:queste|questi|altre|le vostre))?(?: (?:e-?mail|mail|messaggi|newsletter))?',
    'non (?:voglio|desidero|vorrei|intendo) (?:piu )?ricevere (?:piu )?(?:(?:le|altre|vostre|queste|ulteriori|questi) ){0,2}(?:e-?mail|mail|messaggi|newsletter|comunicazioni|pubblicita)(?: da voi)?',
    'basta (?:e-?mail|mail|newsletter)',
  ],
  tail: [
    'per favore|grazie|subito|immediatamente|perche|in quanto|non|io|e|o|saluti|cordiali|distinti',
  ],
  bare: [
    'cancellami|cancellatemi|disiscrivi(?:mi|ti)?|disiscrizione|disiscrivetemi|stop|basta|unsubscribe',
  ],
  hint: [
    'disiscri|cancella(?:re|zione|temi|mi)|non (?:voglio|desidero).{0,10}ricevere|rimuov(?:ete|ere|i)(?:mi)|toglietemi|toglimi|smett(?:ete|etela|ila)|non (?:scriv|mand|invia|contatt)\\p{L}+ piu|non mi (?:scriv|mand|invi|contatt)',
  ],
  footer: [
    'per (?:cancellar|disiscriver|annullare)|se non (?:desidera|desideri|vuoi|vuole|volete)|ricevi questa|hai ricevuto',
  ],
};

const PT_LIST =
  '(?:(?:a|o|as|os|esta|este|estas|estes|essa|esse|sua|seu|suas|seus|vossa|vosso|todas?|todos?) ){0,3}(?:listas?(?: de (?:e-?mails?|distribuicao|contatos?|contactos?|envio|correio|mailing))?|newsletters?|boletim|boletins|e-?mails?|mensagens?|mensagem|mailings?|base de dados|cadastro|publicidade|comunicacoes)';

const PORTUGUESE: StopLanguage = {
  name: 'Portuguese',
  open: [
    '(?:ola|oi|bom dia|boa (?:tarde|noite)|prezad[oa]s?|car[oa]s?)(?: [\\p{L}.-]{1,20}){0,3}',
    'por favor|por gentileza|favor|gentileza|solicito(?: que)?|peco(?: que)?|quero|queria|gostaria de|desejo|e|ja|nao,? obrigad[oa]|obrigad[oa],? mas|nao tenho interesse',
  ],
  ask: ['podem|poderiam|pode|poderia|podes'],
  core: [
    `(?:me )?(?:removam?|retirem?|descadastrem?|excluam?|tirem?|apaguem?|remover|retirar|excluir|descadastrar)(?:-me)?(?: (?:o )?meu (?:e-?mail|nome|endereco|contato|contacto)(?: de e-?mail)?)? (?:da|do|das|dos|desta|deste|dessa|desse|de) ${PT_LIST}`,
    '(?:me descadastrem?|descadastrem?-me|descadastrar-me|me descadastrar)',
    `(?:cancelar|cancelem?|anular|anulem?) (?:a )?(?:minha )?(?:inscricao|subscricao|assinatura) (?:da|do|de|na|no|desta|deste) ${PT_LIST}`,
    `nao (?:me |nos )?(?:enviem?|mandem?|escrevam?|contatem?|contactem?)(?:-me)? mais(?: (?:nada|${PT_LIST}))?`,
    `nao (?:quero|desejo|queremos)(?: mais)? receber(?: mais)? ${PT_LIST}`,
    `(?:parem|pare|deixem|deixe) de (?:me )?(?:enviar|mandar|escrever|contatar|contactar)(?:-me)?(?: (?:mais )?${PT_LIST})?`,
    'nao quero mais (?:e-?mails?|mensagens)',
  ],
  tail: [
    'por favor|obrigad[oa]|grat[oa]|imediatamente|agora|ja|pois|porque|eu|e|ou|cumprimentos|atenciosamente|mais',
  ],
  bare: [
    'descadastrar|descadastro|remover|sair|stop|parar|cancelar inscricao|anular subscricao|unsubscribe',
  ],
  hint: [
    'descadastr|nao (?:quero|desejo).{0,12}receber|nao (?:me )?(?:envie|mande|escreva)|(?:pare|parem|deixe|deixem) de (?:me )?(?:enviar|mandar|escrever)|(?:cancelar|anular) (?:a )?(?:minha )?(?:inscricao|subscricao)|(?:remov|retir)\\p{L}+.{0,25}lista',
  ],
  footer: [
    'para (?:cancelar|se descadastrar|deixar de|anular)|se nao (?:deseja|quer|quiser|desejar)|voce recebeu|recebeu este',
  ],
};

/** French, Spanish, Italian and Portuguese. */
export const ROMANCE: readonly StopLanguage[] = [FRENCH, SPANISH, ITALIAN, PORTUGUESE];
