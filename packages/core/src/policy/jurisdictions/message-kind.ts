import type { ContentFacts } from '../facts.ts';
import { asksOpinion } from './asks-opinion.ts';
import { saysMachineWrites } from './says-machine-writes.ts';

const SURVEY = ['survey', 'review', 'review_request', 'feedback', 'feedback_request', 'nps'];
/** In a longer name, "survey-2026" or "post_purchase_nps": "code_review" asks for nothing. */
const SURVEY_PART =
  /(?:^|_)(?:surveys?|nps|csat|review_requests?|feedback_requests?|rate_us|umfragen?|bewertung(?:en|sanfrage)?)(?:_|$)/;
const CONSENT_REQUEST = ['consent_request', 'opt_in_request'];

/** What a survey is known by. */
export type SurveyFacts = Pick<
  ContentFacts,
  'category' | 'topic' | 'tags' | 'template' | 'subject' | 'body'
>;

/**
 * Whether it asks for an opinion: a survey, a review, feedback. Its topic, a tag or the template can
 * say so, and so do its words: leaving a label out makes nothing looser (P3).
 */
export function isSurvey(content: SurveyFacts): boolean {
  const names = [content.topic, content.template?.id, ...content.tags].map(toName);
  if (names.some((name) => SURVEY.includes(name) || SURVEY_PART.test(name))) return true;
  return asksOpinion(content.subject, content.body) !== 'none';
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
  return disclosed === true || saysMachineWrites(text);
}

function toName(name = ''): string {
  return name.toLowerCase().replace(/[-. ]/g, '_');
}

function isAbout({ topic, tags }: Pick<ContentFacts, 'topic' | 'tags'>, names: string[]): boolean {
  return [topic, ...tags].some((name) => names.includes(toName(name)));
}
