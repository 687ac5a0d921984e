/** Up to three of "the", "your", "Acme's", "Mia,". */
const WHOSE = "(?:(?:an?|the|our|your|just|only) |\\p{Lu}[\\p{L}.]*(?:[’'ʼ]s)?,? ){0,3}";
/** An assistant; no engineer, and no product of a team. */
const ASSISTANT =
  '(?:(?:AI|A\\.I\\.|virtual|automated|digital)(?:[- ](?:powered|based))?[- ](?:\\p{Ll}+ )?(?:assistant|agent|bot)|chatbot|bot)(?!\\p{L}|[- ](?:develop|engineer|expert|manager|special|research|team|user|platform|product|consult))';
const AI = '(?:(?:AI|A\\.I\\.)(?![- ]?(?!of|at|from|and)\\p{L})|artificial intelligence)';
const BY =
  '(?:written|sent|drafted|answered|generated|composed|created|prepared)(?: automatically)? (?:by|with)';
const KI =
  '(?:KI|AI)-(?:Assisten|Agent|Bot)|Chatbot|virtuell\\p{L}* Assisten|(?<!\\p{L})KI(?![-\\p{L}])|künstlicher Intelligenz';
const DONE = '(?:erstellt|verfasst|geschrieben|gesendet|beantwortet|generiert|formuliert)';
const IA =
  "(?:(?:assistant|agent)e? (?:IA|virtuel|automatis|d[’']IA)|(?<!\\p{L})IA(?!\\p{L})|intelligence artificielle)";
const IA_IBERIAN =
  '(?:(?:asistente|assistente|agente|bot) (?:de IA|com IA|con IA|di IA|IA|AI|virtual)|(?<!\\p{L})IA(?!\\p{L})|inteligencia artificial|inteligência artificial|intelligenza artificiale)';
const NL_AI =
  '(?:AI-(?:assistent|agent)|virtuele assistent|chatbot|kunstmatige intelligentie|(?<!\\p{L})AI(?![-\\p{L}]))';

/**
 * The writer says of itself, or of this message, that it is a machine; a sentence each. "Our new AI
 * assistant sorts your invoices" says it of a product (AI Act art. 50(1): that the person interacts
 * with an AI system).
 */
const SAYS = [
  `(?<!\\p{L})I(?: am|[’'ʼ]m) ${WHOSE}(?:${ASSISTANT}|${AI}|artificial intelligence|(?:automated|machine)(?!\\p{L}| \\p{L}))`,
  `^(?:this is|you are (?:talking|writing|chatting) (?:to|with)) ${WHOSE}${ASSISTANT}(?= (?:of|at|from|here|speaking|writing)|[,;:]|$)`,
  `^as ${WHOSE}(?:${ASSISTANT}|${AI}),? I(?!\\p{L})`,
  `(?<!\\p{L})this (?:\\p{Ll}+ )?(?:message|e-?mail|answer|reply|response|note|text) (?:was|is|has been|comes) (?:${BY}|from) ${WHOSE}(?:${ASSISTANT}|${AI})`,
  `^${BY} ${WHOSE}(?:${ASSISTANT}|${AI})`,
  `(?<!\\p{L})ich bin (?:(?:ein|eine|der|die|Ihr|Ihre|dein|deine|nur|unser) |\\p{Lu}\\p{L}*,? ){0,3}(?:${KI})`,
  `(?<!\\p{L})(?:hier|es) (?:schreibt|antwortet) (?:(?:Ihnen|dir|ein|eine|der|die) ){0,2}(?:${KI})`,
  `(?<!\\p{L})diese[rs]? (?:E-?Mail|Mail|Nachricht|Antwort|Text|Schreiben) (?:wurde|wird|ist|stammt|kommt) (?:(?:von|mit|mithilfe|durch) [^,;]{0,40}(?:${KI})|(?:automatisch|maschinell) ${DONE})`,
  `^(?:(?:automatisch|maschinell) ${DONE}|${DONE} (?:von|mit|durch) [^,;]{0,40}(?:${KI}))`,
  `(?<!\\p{L})je suis (?:(?:une?|la|le|votre) |l[’'])${IA}`,
  `(?<!\\p{L})(?:ce|cette) (?:message|réponse|e-?mail|courriel) (?:a été|est) \\p{Ll}+ (?:automatiquement )?(?:par|avec) [^,;]{0,30}${IA}`,
  `^(?:rédigé|écrit|généré|envoyé)e? par [^,;]{0,30}${IA}`,
  `(?<!\\p{L})(?:soy|sou|sono) (?:(?:el|la|una?|o|a|uma?|il|lo) |l[’'])?${IA_IBERIAN}`,
  `(?<!\\p{L})(?:este|esta|quest[oa]) (?:mensaje|correo|respuesta|mensagem|resposta|e-?mail|messaggio|risposta) (?:fue|foi|ha sido|è stat[oa]) \\p{Ll}+ (?:por|con|com|da|dall[’']) ?[^,;]{0,30}${IA_IBERIAN}`,
  `(?<!\\p{L})ik ben (?:(?:een|de|uw|je|jouw) )?${NL_AI}`,
  `(?<!\\p{L})(?:dit|deze) (?:antwoord|bericht|e-?mail|mail) (?:is|werd|komt) (?:\\p{Ll}+ )?(?:door|met|van) [^,;]{0,30}${NL_AI}`,
].map((pattern) => new RegExp(pattern, 'u'));

/** "Mia, AI assistant at Acme", alone on one of the last lines. */
const SIGNATURE = new RegExp(
  `^(?:(?:an?|the|your) |\\p{Lu}[\\p{L}.]*(?:[’'ʼ]s)?,? ){0,3}(?:${ASSISTANT}|KI-Assistent(?:in)?)(?:,? (?:of|at|for|from|von|bei|der) [^.!?]{1,40}|, [^.!?]{1,40})?$`,
  'u',
);
const LAST_LINES = 4;

/** Whether a rendered text says that a machine wrote it; what it quotes is somebody else's word. */
export function saysMachineWrites(text: string): boolean {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*>/.test(line))
    .map((line) => line.replace(/^[\s\P{L}]+/u, '').trim())
    .filter((line) => line !== '');
  if (lines.slice(-LAST_LINES).some((line) => SIGNATURE.test(line))) return true;
  return lines
    .join('\n')
    .split(/[.!?]\s|\n(?=\p{Lu})/u)
    .map(toSentence)
    .some((sentence) => SAYS.some((pattern) => pattern.test(sentence)));
}

/** One line; "Written" as "written", so that names are told by their capital. */
function toSentence(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return words.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());
}
