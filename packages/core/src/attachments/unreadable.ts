import { MailwardenError } from '../errors/mailwarden-error.ts';

/** Why an attachment gives no text. */
export type ReadProblem =
  /** A form that is not read: pictures, archives, programs, other documents. */
  | 'not_supported'
  /** Name, media type and bytes do not say the same. */
  | 'mismatch'
  | 'too_large'
  /** Protected by a password. */
  | 'encrypted'
  /** Not what its form prescribes. */
  | 'damaged'
  /** Reading took more time or memory than one file may. */
  | 'too_costly'
  /** It holds no text: empty, or pictures of text. */
  | 'no_text'
  /** Its content was deleted, by retention or for a person. */
  | 'deleted';

/** Says what was expected and what came. */
export function unreadable(problem: ReadProblem, detail: string): MailwardenError {
  return new MailwardenError('ATTACHMENT_UNREADABLE', { detail, fields: { problem, detail } });
}
