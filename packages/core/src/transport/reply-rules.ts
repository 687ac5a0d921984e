import type { ReplyReason } from './reply-reasons.ts';

/** One line of the table: all conditions that it has must hold. */
export interface ReplyRule {
  readonly reason: ReplyReason;
  /** Basic codes (RFC 5321 §4.2.3). */
  readonly codes?: readonly number[];
  /** The enhanced code without its class: `1.1` is 4.1.1 and 5.1.1 (RFC 3463 §2). */
  readonly detail?: RegExp;
  readonly text?: RegExp;
  /** Where the reply came from: `recipient` at RCPT or after, where it can be about the address. */
  readonly at?: 'recipient' | 'content';
  /** Overrides what the code's first digit says. */
  readonly class?: 'transient';
  /** Evidence enough to stop writing to the address at once. */
  readonly permanentAddress?: true;
  /** Where this is known from. */
  readonly source: string;
}

const REGISTRY = 'IANA SMTP Enhanced Status Codes; RFC 3463 §3';
const MICROSOFT = 'Exchange Online NDR list; sisimai rhost/microsoft';
const GOOGLE = 'Gmail SMTP error reference; sisimai rhost/google';
const FIELD = 'wording seen in sisimai set-of-emails';

/**
 * Tried in order, the first that fits decides. Those that speak of the sender's reputation stand
 * before those that speak of the recipient: a listing of our address with a blocklist must never
 * make every recipient look dead.
 */
export const REPLY_RULES: readonly ReplyRule[] = [
  // About this session: the same message may well go through with better credentials.
  {
    reason: 'security_error',
    codes: [454, 530, 534, 535, 538],
    class: 'transient',
    source: 'RFC 4954 §4, §6; RFC 3207 §4',
  },
  { reason: 'mailer_error', codes: [503], class: 'transient', source: 'RFC 5321 §4.2.4' },

  // Providers whose codes mean something of their own.
  {
    reason: 'user_unknown',
    detail: /^4\.1$/,
    text: /recipient address rejected: access denied/i,
    at: 'recipient',
    permanentAddress: true,
    source: `${MICROSOFT}: directory-based edge blocking`,
  },
  { reason: 'bad_reputation', detail: /^7\.(?:511|60[6-9]|6[1-4]\d)$/, source: MICROSOFT },
  { reason: 'speeding', detail: /^7\.(?:5\d\d|6\d\d|7[0-4]\d|8[5-9]\d)$/, source: MICROSOFT },
  {
    reason: 'suspend',
    detail: /^2\.2$/,
    text: /inactive|OverQuotaPerm/i,
    codes: [552, 550],
    at: 'recipient',
    permanentAddress: true,
    source: `${GOOGLE}: OverQuotaPerm`,
  },
  {
    reason: 'user_unknown',
    detail: /^5\.0$/,
    text: /mailbox unavailable/i,
    at: 'recipient',
    permanentAddress: true,
    source: MICROSOFT,
  },
  {
    reason: 'user_unknown',
    detail: /^1\.10$/,
    text: /recipient ?not ?found/i,
    at: 'recipient',
    permanentAddress: true,
    source: MICROSOFT,
  },

  // About the sender, whatever the code beside it says.
  {
    reason: 'bad_reputation',
    text: /\b(?:spamhaus|barracuda|spamcop|dnsbl|rbl|S3140|S3150)\b|block ?list|black ?list|blocked using|(?:poor|bad|low|very low) reputation/i,
    source: `${FIELD}; hyvor/relay 258`,
  },
  { reason: 'require_ptr', detail: /^7\.25$/, source: 'RFC 7372 §3.3' },
  { reason: 'require_ptr', text: /reverse dns|\brdns\b|\bPTR record/i, source: FIELD },
  { reason: 'auth_failure', detail: /^7\.(?:2[0-46]|29|3[01])$/, source: 'RFC 7372; RFC 8617' },
  {
    reason: 'auth_failure',
    text: /\b(?:spf|dkim|dmarc)\b.{0,80}(?:fail|not pass|reject|unauth)|unauthenticated (?:e-?mail|sender)/i,
    source: FIELD,
  },
  {
    reason: 'too_many_conn',
    text: /too many (?:concurrent |simultaneous )?(?:smtp )?(?:connections|sessions)/i,
    source: FIELD,
  },
  { reason: 'speeding', detail: /^7\.28$/, source: REGISTRY },
  {
    reason: 'exceed_limit',
    detail: /^2\.1$/,
    text: /\brate\b|too quickly/i,
    at: 'recipient',
    source: GOOGLE,
  },
  {
    reason: 'speeding',
    text: /rate.?limit|throttl|too (?:fast|many (?:messages|e-?mails|recipients))|unusual rate/i,
    source: FIELD,
  },
  {
    reason: 'no_relaying',
    text: /relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited)|unable to relay/i,
    source: FIELD,
  },
  {
    reason: 'rejected',
    text: /sender (?:address |domain )?(?:rejected|denied|refused)/i,
    source: FIELD,
  },
  { reason: 'rejected', detail: /^1\.[78]$|^7\.27$/, source: 'RFC 3463 §3.2; RFC 7505 §4.2' },

  // About the message.
  { reason: 'message_too_big', detail: /^(?:3\.4|2\.3)$/, source: REGISTRY },
  { reason: 'virus_detected', text: /\b(?:virus|malware|infected)\b/i, source: FIELD },
  {
    reason: 'not_compliant_rfc',
    text: /\bRFC.?(?:2822|5321|5322|822)|not RFC|missing .{0,20}header|multiple from/i,
    source: GOOGLE,
  },
  { reason: 'spam_detected', text: /\bspam\b|unsolicited|\bjunk\b|bulk mail/i, source: FIELD },
  { reason: 'content_error', detail: /^6\./, source: REGISTRY },

  // About the mailbox.
  { reason: 'mailbox_full', detail: /^2\.2$/, at: 'recipient', source: REGISTRY },
  {
    reason: 'mailbox_full',
    text: /over ?quota|quota exceeded|(?:mailbox|inbox) (?:is )?full|out of storage/i,
    at: 'recipient',
    source: FIELD,
  },
  {
    reason: 'suspend',
    detail: /^(?:7\.13|2\.1)$/,
    text: /disabled|suspended|inactive|deactivated/i,
    at: 'recipient',
    source: GOOGLE,
  },
  { reason: 'suspend', detail: /^7\.13$/, at: 'recipient', source: REGISTRY },
  {
    reason: 'suspend',
    detail: /^2\.1$/,
    codes: [421, 450, 451, 452],
    at: 'recipient',
    source: GOOGLE,
  },
  { reason: 'filtered', detail: /^2\.[014]$/, at: 'recipient', source: GOOGLE },

  // About the address.
  {
    reason: 'has_moved',
    detail: /^(?:1\.6|7\.1[78])$/,
    at: 'recipient',
    permanentAddress: true,
    source: `${REGISTRY}; RFC 7293 §14`,
  },
  {
    reason: 'not_accept',
    detail: /^1\.10$/,
    at: 'recipient',
    permanentAddress: true,
    source: 'RFC 7505 §4.2',
  },
  {
    reason: 'not_accept',
    codes: [556, 521],
    at: 'recipient',
    permanentAddress: true,
    source: 'RFC 7504 §3; RFC 7505',
  },
  {
    reason: 'user_unknown',
    detail: /^1\.[013]$/,
    at: 'recipient',
    permanentAddress: true,
    source: REGISTRY,
  },
  { reason: 'host_unknown', detail: /^(?:1\.2|4\.4)$/, at: 'recipient', source: REGISTRY },
  {
    reason: 'user_unknown',
    // x.7.z never means it, whatever the words: Gmail, postal 266, hyvor/relay 258.
    detail: /^(?!7\.)/,
    text: /(?:user|mailbox|recipient|account) (?:is )?(?:unknown|not found|does(?: not|n't) exist)|no such (?:user|mailbox|recipient|account|address)|unknown (?:user|recipient|mailbox)|invalid (?:recipient|mailbox)/i,
    at: 'recipient',
    permanentAddress: true,
    source: FIELD,
  },

  // What is left of the enhanced codes.
  { reason: 'on_hold', text: /gr[ae]y-?list/i, source: FIELD },
  { reason: 'policy_violation', text: /\bpolicy\b/i, at: 'content', source: FIELD },
  { reason: 'rejected', detail: /^7\.1$/, source: `${REGISTRY}; overloaded: ${GOOGLE}` },
  { reason: 'security_error', detail: /^7\./, source: REGISTRY },
  { reason: 'expired', detail: /^4\.7$/, source: REGISTRY },
  { reason: 'system_full', detail: /^3\.1$/, source: REGISTRY },
  { reason: 'network_error', detail: /^4\./, source: REGISTRY },
  { reason: 'system_error', detail: /^3\./, source: REGISTRY },
  { reason: 'mailer_error', detail: /^5\./, source: REGISTRY },

  // No enhanced code that says anything: the basic code alone.
  {
    reason: 'message_too_big',
    codes: [552],
    at: 'content',
    source: 'RFC 5321 §4.2.2; RFC 1870 §6',
  },
  { reason: 'mailbox_full', codes: [552], at: 'recipient', source: 'RFC 5321 §4.2.2' },
  {
    reason: 'filtered',
    codes: [550, 551, 553],
    at: 'recipient',
    source: 'no evidence against the address: postal 266',
  },
  { reason: 'syntax_error', codes: [500, 501, 502, 504, 555], source: 'RFC 5321 §4.2.4' },
  { reason: 'on_hold', codes: [450], source: 'RFC 5321 §4.2.2' },
  { reason: 'system_error', codes: [421, 451], source: 'RFC 5321 §4.2.2' },
  { reason: 'system_full', codes: [452], source: 'RFC 5321 §4.2.2' },
  { reason: 'rejected', codes: [550, 553, 554], source: 'RFC 5321 §4.2.2' },
];
