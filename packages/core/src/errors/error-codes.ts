import { ATTACHMENT_CODES } from './attachment-codes.ts';
import { type ErrorCodeInfo, row } from './error-row.ts';
import { PEOPLE_CODES } from './people-codes.ts';
import { WEBHOOK_CODES } from './webhook-codes.ts';

export type { ErrorCodeInfo };

/** The one table of error codes. Docs and adapters are tested against it. */
export const ERROR_CODES = {
  OPTION_INVALID: row(
    'An option has a value that cannot be used.',
    500,
    false,
    'Correct the option named in the message.',
  ),
  OPTION_UNKNOWN: row(
    'An option has a name that does not exist.',
    500,
    false,
    'Use one of the names that the message lists.',
  ),
  POLICY_INVALID: row(
    'The policy file cannot be used.',
    500,
    false,
    'Correct the lines that the message names; `mailwarden policy check` lists them all.',
  ),
  KEYS_REQUIRED: row(
    'Mailwarden needs at least one secret key of 32 characters or more.',
    500,
    false,
    'Set keys: [{ id, secret }] from your secret store; there is no default.',
  ),
  KEY_MISMATCH: row(
    'The keys are not those that this database was started with.',
    500,
    false,
    'Start with every key that was ever used; suppression depends on them.',
  ),
  DATABASE_UNREADABLE: row(
    'The database could not be opened.',
    500,
    false,
    'Check that the file is a Mailwarden database and may be read and written.',
  ),
  PACKAGE_MISSING: row(
    'An optional package is not installed.',
    500,
    false,
    'Install the package named in the message.',
  ),
  SCHEMA_NEWER: row(
    'The database was written by a newer Mailwarden.',
    500,
    false,
    'Upgrade the package; an older one could break what the newer one promised.',
  ),
  SCHEMA_OUTDATED: row(
    'The database schema is older than this package.',
    500,
    false,
    "Start once with migrate: 'auto', or run the migrations yourself.",
  ),
  STORAGE_UNAVAILABLE: row(
    'The database did not answer.',
    503,
    true,
    'Nothing was decided and nothing was lost; try again.',
  ),
  STOPPED: row('This Mailwarden has been stopped.', 503, false, 'Create a new one.'),
  MONITOR_LISTENER_REQUIRED: row(
    'A monitored mailbox needs somebody who is told.',
    500,
    false,
    'Pass onEvent, or choose another mode.',
  ),
  LEASE_TOO_SHORT: row(
    'A worker has to hold a delivery for longer than a send can take.',
    500,
    false,
    'Raise dispatch.lease, or lower the sendTimeout of the transport.',
  ),
  MAILBOX_UNKNOWN: row(
    'There is no such mailbox here.',
    404,
    false,
    'Use one of the mailboxes that the message lists.',
  ),
  MAILBOX_REQUIRED: row(
    'The call must say which mailbox it means.',
    400,
    false,
    'Name one of the mailboxes that the message lists.',
  ),
  MESSAGE_NOT_FOUND: row(
    'There is no such message for this caller.',
    404,
    false,
    'Take the id from a send result, check_inbox or list_pending.',
  ),
  RAW_MAIL_NOT_KEPT: row(
    'The message is not kept as it came.',
    410,
    false,
    'Read its text; retention says how long raw mail is kept.',
  ),
  THREAD_NOT_FOUND: row(
    'There is no such thread for this caller.',
    404,
    false,
    'Take the thread_id from read_email.',
  ),
  CONTACT_NOT_FOUND: row(
    'There is no such contact.',
    404,
    false,
    'Take the contact_id from manage_contacts, or give an address.',
  ),
  CONSENT_NOT_FOUND: row(
    'There is no such consent, or it has been confirmed.',
    404,
    false,
    'List the reported consents and use an id from there.',
  ),
  TASK_NOT_FOUND: row(
    'There is no such task.',
    404,
    false,
    'List the open tasks and use an id from there.',
  ),
  TEMPLATE_UNKNOWN: row(
    'There is no such template.',
    404,
    false,
    'Use one of the templates that the message lists.',
  ),
  TEMPLATE_CHANGED: row(
    'The template is not the one that was shown.',
    409,
    false,
    'Show it again and approve the hash that it has then.',
  ),
  TEMPLATE_VARIABLES: row(
    'The variables do not fit the template.',
    400,
    false,
    'Give exactly the variables that the message lists.',
  ),
  ARGUMENT_INVALID: row(
    'An argument has a value that cannot be used.',
    400,
    false,
    'Correct the argument named in the message.',
  ),
  ARGUMENT_UNKNOWN: row(
    'An argument has a name that does not exist.',
    400,
    false,
    'Use one of the names that the message lists.',
  ),
  TOOL_UNKNOWN: row(
    'There is no such tool.',
    404,
    false,
    'Use one of the tools that the message lists.',
  ),
  CALL_ABORTED: row(
    'The call was given up before anything was done.',
    499,
    true,
    'Make the call again if it is still wanted.',
  ),
  ADDRESS_INVALID: row(
    'An email address is malformed.',
    400,
    false,
    'Give addresses as name@example.com.',
  ),
  HEADER_INVALID: row(
    'A header field has a name or value that may not go on the wire.',
    400,
    false,
    'Give "Name: value" on one line without control characters.',
  ),
  BODY_TOO_LARGE: row(
    'The message is larger than allowed.',
    413,
    false,
    'Shorten it, or raise maxBodyBytes.',
  ),
  NOT_PERMITTED: row(
    'This principal may not do that.',
    403,
    false,
    'Ask a person; an agent cannot approve, unsuppress or loosen.',
  ),
  OWN_MESSAGE: row(
    'The author of a message may not decide on it.',
    403,
    false,
    'Another reviewer has to decide.',
  ),
  NOT_PENDING: row(
    'The message is not waiting for a decision.',
    409,
    false,
    'Look at its current status; somebody may have decided already.',
  ),
  REVISION_CONFLICT: row(
    'The message changed since it was shown.',
    409,
    false,
    'Look at the current revision and decide on that.',
  ),
  GROUP_NOT_FOUND: row(
    'There is no such group for this caller, or nothing of it waits any more.',
    404,
    false,
    'List the groups and use an id from there.',
  ),
  REASON_REQUIRED: row(
    'This decision needs a reason.',
    400,
    false,
    'Say why in one sentence; the agent reads it.',
  ),
  MODE_ABOVE_CEILING: row(
    'The mode is looser than the ceiling that the code sets.',
    403,
    false,
    'Raise the ceiling in the configuration first.',
  ),
  LIFT_NOT_ALLOWED: row(
    'This suppression cannot be lifted.',
    403,
    false,
    'An unsubscribe or complaint needs a newer opt-in by the person.',
  ),
  ...PEOPLE_CODES,
  IDEMPOTENCY_CONFLICT: row(
    'This idempotency key was used for another message.',
    409,
    false,
    'Use a new key for new content, or the same content for this key.',
  ),
  REVISION_ROUNDS: row(
    'A draft may be revised five times.',
    409,
    false,
    'Let a person write this one.',
  ),
  NOT_CANCELLABLE: row(
    'The message can no longer be cancelled.',
    409,
    false,
    'Look at its current status.',
  ),
  DERIVED_TAG: row(
    'This tag follows from facts and cannot be set or removed.',
    400,
    false,
    'Use another tag; to suppress a contact use suppress_contact.',
  ),
  SMTP_UNAVAILABLE: row(
    'The SMTP server could not be used.',
    502,
    true,
    'Check address, TLS and credentials; the mail stays queued.',
  ),
  INBOX_UNAVAILABLE: row(
    'The IMAP server could not be used.',
    502,
    true,
    'Check address and credentials; the next sync starts where this one ended.',
  ),
  ACCESS_TOKEN_UNAVAILABLE: row(
    'The callback for access tokens gave none.',
    502,
    true,
    'Check the authorization server; the callback is asked again at the next log-in.',
  ),
  TOKEN_INVALID: row(
    'The link is not valid.',
    404,
    false,
    'Use the link as it stands in the mail.',
  ),
  ...ATTACHMENT_CODES,
  ...WEBHOOK_CODES,
  NOT_FOUND: row('There is nothing at this address.', 404, false, 'Check the path.'),
  INTERNAL: row('Something went wrong here.', 500, false, 'Report it with the code and the time.'),
} as const satisfies Record<string, ErrorCodeInfo>;

/** A key of {@link ERROR_CODES}. */
export type ErrorCode = keyof typeof ERROR_CODES;
