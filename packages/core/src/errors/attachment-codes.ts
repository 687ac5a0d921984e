import { type ErrorCodeInfo, row } from './error-row.ts';

/** Codes about reading the text of an attachment. */
export const ATTACHMENT_CODES = {
  ATTACHMENT_NOT_FOUND: row(
    'This message has no such attachment.',
    404,
    false,
    'Use an id that read_email lists under attachments.',
  ),
  ATTACHMENT_UNREADABLE: row(
    'No text can be read from this attachment.',
    422,
    false,
    'Ask the sender for the text itself, or a person to open the file.',
  ),
  ATTACHMENT_READER_FAILED: row(
    'The process that reads documents did not start.',
    500,
    false,
    'Keep @mailwarden/core outside of a bundle, and let this process start Node.',
  ),
  ATTACHMENTS_BUSY: row(
    'Too many attachments are being read at once.',
    503,
    true,
    'Try again in a few seconds.',
  ),
} as const satisfies Record<string, ErrorCodeInfo>;
