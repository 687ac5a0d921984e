import type { ContentFacts } from '../facts.ts';

const SURVEY = ['survey', 'review', 'review_request', 'feedback', 'feedback_request', 'nps'];
const CONSENT_REQUEST = ['consent_request', 'opt_in_request'];

/** What operators and templates write when a machine is the author; no other words are looked for. */
const DISCLOSURE =
  /\b(?:ai|a\.i\.|artificial intelligence|automated (?:assistant|agent)|virtual assistant|chatbot|ki-(?:assistent|agent)\w*|künstliche intelligenz|intelligence artificielle|inteligencia artificial|intelligenza artificiale)\b/iu;

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

/** Whether the text says that a machine wrote it. */
export function isDisclosed({ text }: Pick<ContentFacts, 'text'>): boolean {
  return DISCLOSURE.test(text);
}

function isAbout({ topic, tags }: Pick<ContentFacts, 'topic' | 'tags'>, names: string[]): boolean {
  return [topic ?? '', ...tags].some((name) =>
    names.includes(name.toLowerCase().replaceAll('-', '_')),
  );
}
