import { toPlainWords, toProseLines } from '../../compose/prose-lines.ts';
import { rememberReading } from '../../compose/remember-reading.ts';
import { OPINION_LINKS, OPINION_WORDS } from './opinion-words.ts';

/** What a text asks for: `rating` in so many words, or with words that people use among each other, too. */
export type AskedOpinion = 'rating' | 'feedback' | 'none';

const RATINGS = Object.values(OPINION_WORDS).map(({ rating }) => rating);
const FEEDBACK = Object.values(OPINION_WORDS).map(({ feedback }) => feedback);
/** Three and more to click on. */
const STARS = /(?:[★☆⭐🌟](?:\s|\ufe0f)*){3}/u;

/** Whether a subject and a body (Markdown) ask for a review, a rating or satisfaction. */
export const asksOpinion = rememberReading((subject, body): AskedOpinion => {
  const lines = toProseLines(body).map(({ text }) => text);
  const text = [toPlainWords(subject), lines.join(' ')].join('\n');
  if (STARS.test(text) || RATINGS.some((pattern) => pattern.test(text))) return 'rating';
  if (FEEDBACK.some((pattern) => pattern.test(text))) return 'feedback';
  return OPINION_LINKS.test(body) ? 'feedback' : 'none';
});
