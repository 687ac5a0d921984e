import { MailwardenError } from '../errors/mailwarden-error.ts';

/** What a suppression covers: all mail, all marketing, or marketing on one topic. */
export type SuppressionScope = 'all' | 'marketing' | `topic:${string}`;

const TOPIC_ID = /^[a-z0-9_.-]{1,64}$/;

/** Checks the syntax of a scope. Throws `ARGUMENT_INVALID` listing the forms. */
export function parseScope(text: string): SuppressionScope {
  if (text === 'all' || text === 'marketing') return text;
  const topic = text.startsWith('topic:') ? text.slice('topic:'.length) : '';
  if (TOPIC_ID.test(topic)) return `topic:${topic}`;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail:
      'scope is "all", "marketing" or "topic:ID" with an ID of 1–64 characters of a–z 0–9 _ . -, ' +
      `not ${JSON.stringify(text.slice(0, 80))}.`,
    fields: { argument: 'scope' },
  });
}
