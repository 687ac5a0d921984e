import { MailwardenError } from '../errors/mailwarden-error.ts';

/** Tags that follow from facts: read-only (architecture.md §11). */
export const DERIVED_TAGS: readonly string[] = ['unsubscribed', 'bounced', 'complained'];

/** Tags of one call. */
export const MAX_TAGS = 50;

const TAG = /^[a-z0-9][a-z0-9_.:-]{0,63}$/;

/** Lower-cases and checks tags; throws `ARGUMENT_INVALID` or `DERIVED_TAG`. */
export function parseTags(values: readonly string[]): readonly string[] {
  const tags = [...new Set(values.map((value) => value.trim().toLowerCase()))];
  if (tags.length > MAX_TAGS) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `One call takes at most ${MAX_TAGS} tags; got ${tags.length}.`,
      fields: { argument: 'tags' },
    });
  }
  const malformed = tags.find((tag) => !TAG.test(tag));
  if (malformed !== undefined) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `A tag has 1 to 64 characters of a-z, 0-9 and _ . : - ; got ${JSON.stringify(malformed.slice(0, 80))}.`,
      fields: { argument: 'tags' },
    });
  }
  const derived = tags.find((tag) => DERIVED_TAGS.includes(tag));
  if (derived !== undefined) throw new MailwardenError('DERIVED_TAG', { detail: `"${derived}".` });
  return tags;
}
