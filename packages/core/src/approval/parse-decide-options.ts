import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { DecideOptions } from '../operations/inputs.ts';
import { refuseUnknown, toText } from '../operations/parse-arguments.ts';

/**
 * Understands what came with a decision; a review page may pass on what a browser sent. Throws
 * `ARGUMENT_INVALID` or `ARGUMENT_UNKNOWN`.
 */
export function parseDecideOptions(options: DecideOptions): DecideOptions {
  refuseUnknown(
    options,
    ['reason', 'revision', 'review', 'edit', 'category', 'remember'],
    'decide',
  );
  const { revision, edit, category, remember } = options;
  if (category !== undefined && category !== 'conversational') {
    throw invalid('category', 'conversational');
  }
  if (revision !== undefined && !Number.isSafeInteger(revision)) {
    throw invalid('revision', 'a whole number');
  }
  const reason = toText(options.reason, 'reason');
  const review = toText(options.review, 'review');
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(review === undefined ? {} : { review }),
    ...(revision === undefined ? {} : { revision }),
    ...(edit === undefined ? {} : { edit: parseEdit(edit) }),
    ...(category === undefined ? {} : { category }),
    ...(remember === undefined ? {} : { remember }),
  };
}

/** Empty text stays what it is: to a person it means empty, and is refused later. */
function parseEdit(edit: NonNullable<DecideOptions['edit']>): NonNullable<DecideOptions['edit']> {
  refuseUnknown(edit, ['subject', 'body'], 'edit');
  const { subject, body } = edit;
  for (const [name, value] of Object.entries({ subject, body })) {
    if (value === undefined) continue;
    if (typeof value !== 'string') throw invalid(`edit.${name}`, 'text');
    toText(value, `edit.${name}`);
  }
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(body === undefined ? {} : { body }),
  };
}

function invalid(argument: string, expected: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${argument} has to be ${expected}.`,
    fields: { argument },
  });
}
