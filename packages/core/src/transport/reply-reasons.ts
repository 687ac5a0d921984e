/** What a refusal says about: decides whether it may ever count against the address. */
export type ReplyFamily = 'address' | 'mailbox' | 'message' | 'infrastructure' | 'transport';

/** What is known of each reason. */
export interface ReplyReasonInfo {
  readonly family: ReplyFamily;
  /** Completes "The server refused it: …"; our words, never the server's. */
  readonly phrase: string;
}

const row = (family: ReplyFamily, phrase: string): ReplyReasonInfo => ({ family, phrase });

/**
 * Why a server refuses. The names are those of sisimai 5 (an open bounce classifier) with
 * underscores, so that results can be compared; the families are what follows from them: only
 * `address` may suppress at once, `mailbox` counts towards it, the others never do.
 */
export const REPLY_REASONS = {
  user_unknown: row('address', 'there is no such mailbox'),
  host_unknown: row('address', 'there is no such mail domain'),
  has_moved: row('address', 'the mailbox has moved or changed hands'),
  not_accept: row('address', 'the domain takes no mail'),
  mailbox_full: row('mailbox', 'the mailbox is full'),
  suspend: row('mailbox', 'the mailbox is disabled or inactive'),
  filtered: row('mailbox', 'the mailbox does not take this mail'),
  exceed_limit: row('mailbox', 'the message exceeds a limit of the mailbox'),
  mesg_too_big: row('message', 'the message is too big'),
  content_error: row('message', 'the message is malformed'),
  spam_detected: row('message', 'the message was taken for spam'),
  virus_detected: row('message', 'the message was taken for malware'),
  policy_violation: row('message', 'the message breaks a policy of the recipient'),
  not_compliant_rfc: row('message', 'the message breaks a mail standard'),
  syntax_error: row('message', 'the server did not understand a command'),
  auth_failure: row('infrastructure', 'SPF, DKIM or DMARC failed'),
  bad_reputation: row('infrastructure', 'the sender has a bad reputation'),
  blocked: row('infrastructure', 'the sender is blocked'),
  rejected: row('infrastructure', 'the sender was rejected'),
  require_ptr: row('infrastructure', 'the sending address has no matching reverse name'),
  no_relaying: row('infrastructure', 'the server does not relay for this sender'),
  security_error: row('infrastructure', 'the server asks for other credentials or encryption'),
  failed_starttls: row('infrastructure', 'the server insists on encryption that failed'),
  speeding: row('infrastructure', 'the sender was too fast'),
  too_many_conn: row('infrastructure', 'the sender had too many connections'),
  network_error: row('transport', 'the network failed'),
  system_error: row('transport', 'the server had a fault'),
  system_full: row('transport', 'the server has no room'),
  mailer_error: row('transport', 'the mail software had a fault'),
  expired: row('transport', 'the server gave up after its own retries'),
  on_hold: row('transport', 'the server asks to come back later'),
  undefined: row('transport', 'the server gave no reason that is understood'),
} as const satisfies Record<string, ReplyReasonInfo>;

/** A key of {@link REPLY_REASONS}. */
export type ReplyReason = keyof typeof REPLY_REASONS;
