import type { ContentFacts } from '../facts.ts';

const SURVEY = ['survey', 'review', 'review_request', 'feedback', 'feedback_request', 'nps'];
const CONSENT_REQUEST = ['consent_request', 'opt_in_request'];

/**
 * How a text says that a machine wrote it, in the languages of the packs. A text about a product
 * with AI does not; "j'ai" even less.
 */
const DISCLOSURE = new RegExp(
  [
    '(?:AI|A\\.I\\.|[Vv]irtual|[Aa]utomated|[Dd]igital)[- ](?:assistant|agent|bot)\\b|\\bchatbot\\b',
    '(?:written|sent|drafted|answered|generated|composed|created|prepared) (?:by|with)(?: an?| the| our)? (?:AI|artificial intelligence)\\b',
    "\\bI(?: am|[’'ʼ]m) (?:an? )?(?:AI|artificial intelligence|automated|bot|machine)\\b",
    '\\b(?:KI|AI)-(?:Assisten|Agent|assisten|agent)|\\bvon einer KI\\b|\\b(?:mit|durch|von) künstlicher Intelligenz|automatisch (?:erstellt|verfasst|beantwortet)|virtuell\\w* Assisten',
    '(?:assistante?|agent)e? (?:IA|virtuel|automatisé)|par une IA\\b|par intelligence artificielle',
    '(?:asistente|assistente) (?:de IA|IA|virtual|virtuale)\\b|con inteligencia artificial|con intelligenza artificiale|com inteligência artificial|kunstmatige intelligentie|virtuele assistent',
  ].join('|'),
  'u',
);

/** Whether it asks for an opinion, by its topic and tags: a survey, a review, feedback. */
export function isSurvey(content: Pick<ContentFacts, 'topic' | 'tags'>): boolean {
  return isAbout(content, SURVEY);
}

/** Whether it asks for consent: by the link that only core puts there, or by its topic and tags. */
export function isAboutConsent(
  content: Pick<ContentFacts, 'topic' | 'tags' | 'asksToConfirm'>,
): boolean {
  return content.asksToConfirm === true || isAbout(content, CONSENT_REQUEST);
}

/** Whether the mailbox or the text says that a machine wrote it. */
export function isDisclosed({
  text,
  disclosed,
}: Pick<ContentFacts, 'text' | 'disclosed'>): boolean {
  return disclosed === true || DISCLOSURE.test(text);
}

function isAbout({ topic, tags }: Pick<ContentFacts, 'topic' | 'tags'>, names: string[]): boolean {
  return [topic ?? '', ...tags].some((name) =>
    names.includes(name.toLowerCase().replaceAll('-', '_')),
  );
}
