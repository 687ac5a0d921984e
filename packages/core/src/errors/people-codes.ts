import { type ErrorCodeInfo, row } from './error-row.ts';

/** Codes about who must not be written to, and whose data is gone. */
export const PEOPLE_CODES = {
  PERSON_ERASED: row(
    'This person had their data erased, so nothing new about them is recorded.',
    409,
    false,
    'Leave them out; they stay suppressed.',
  ),
  OPT_IN_EXPIRED: row(
    'The confirmation link is too old.',
    410,
    false,
    'Sign up again; a new link is sent then.',
  ),
  IMPORT_INVALID: row(
    'A list to import is CSV or JSON with columns that are known.',
    400,
    false,
    'Correct the file, or name its format.',
  ),
  IMPORT_ROW_INVALID: row(
    'This row cannot be read.',
    400,
    false,
    'Correct the row and import the file again; what is there already stays as it is.',
  ),
  JOURNAL_UNAVAILABLE: row(
    'The suppression journal could not be read or written.',
    503,
    true,
    'The suppression itself is stored; try again when the journal can be written.',
  ),
  JOURNAL_DAMAGED: row(
    'The suppression journal is not what was written.',
    500,
    false,
    'Put back the journal that belongs to this database; do not edit it.',
  ),
  ERASURE_INCOMPLETE: row(
    'Some rows of a person who is to be erased could not be read or changed.',
    500,
    true,
    'Repair the rows that the message names; until then the erasure is tried again every hour.',
  ),
  RESTORE_UNACKNOWLEDGED: row(
    'The database looks restored, so every mailbox is paused.',
    503,
    false,
    'Check what waits, then call system().acknowledgeRestore().',
  ),
} as const satisfies Record<string, ErrorCodeInfo>;
