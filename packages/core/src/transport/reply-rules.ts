import { GATEWAY_RULES } from './gateway-rules.ts';
import * as message from './phrases/about-message.ts';
import * as recipient from './phrases/about-recipient.ts';
import * as sender from './phrases/about-sender.ts';
import * as transport from './phrases/about-transport.ts';
import { PROVIDER_RULES } from './provider-rules.ts';
import type { ReplyReason } from './reply-reasons.ts';
import type { ReplyRule } from './reply-rule.ts';

const FIELD = 'wording of servers, see phrases/; sisimai set-of-emails';
const REGISTRY = 'IANA SMTP Enhanced Status Codes; RFC 3463 §3';

/** Codes that say so little that words after them decide. */
const VAGUE: readonly (ReplyReason | '')[] = [
  '',
  ...(['on_hold', 'system_error', 'security_error', 'expired'] as const),
  ...(['network_error', 'host_unknown', 'user_unknown', 'blocked'] as const),
];

/** Said of the session, whatever code of the recipient's stands beside it. */
const NEEDS_LOGIN = /authenti(?:fi)?cation (?:is )?required/i;

const says = (reason: ReplyReason, text: RegExp): ReplyRule => ({ reason, text, source: FIELD });
const vaguely = (reason: ReplyReason, text: RegExp): ReplyRule => ({
  ...says(reason, text),
  status: VAGUE,
});
const status = (reason: ReplyReason): ReplyRule => ({
  reason,
  status: [reason],
  source: REGISTRY,
});

const hinted = (reason: ReplyReason): ReplyRule => ({
  reason,
  hint: [reason],
  source: 'the words of the reporting program, see inbound/delivery-status/dialects',
});

/** What the reporting program said in words of its own, and nobody says better. */
const BY_PROGRAM: readonly ReplyRule[] = (
  [
    ...(['mailbox_full', 'mesg_too_big', 'exceed_limit', 'suspend', 'filtered'] as const),
    ...(['rejected', 'blocked', 'no_relaying', 'not_accept', 'content_error'] as const),
    ...(['syntax_error', 'system_full', 'mailer_error', 'failed_starttls'] as const),
    ...(['spam_detected', 'virus_detected', 'policy_violation', 'not_compliant_rfc'] as const),
  ] as const
).map(hinted);

/** Before anything that speaks of the recipient: it is the sender, whatever code stands beside it. */
const ABOUT_LISTS: readonly ReplyRule[] = [
  // The sender has guessed too often: no word on the one that stands beside it.
  says(
    'blocked',
    /too many (?:invalid|unknown|bad|non-?existent) (?:recipients|users|address|mailbox|rcpt)/i,
  ),
  says('policy_violation', /not subscribed to (?:this|that|the) (?:group|list)/i),
  says(
    'spam_detected',
    /black ?listed url|using spam pattern|failed (?:several|multiple) anti-?spam|url in this e-?mail .{0,120}is listed|\bs?uribl\b|\bsurbl\b/i,
  ),
  {
    ...says(
      'rejected',
      /(?:sender|your e-?mail address|your domain|mail ?from domain) .{0,80}(?:black ?list|listed in spamhaus)|badmailfrom|address that has been black ?listed/i,
    ),
    unless: [/(?:client host|ip address) .{0,60}blocked using/i],
  },
  { ...says('rejected', /^(?:\S{1,12} ){0,2}access denied\W{0,3}(?:\(in reply|$)/i), at: 'mail' },
  {
    ...says('blocked', sender.LISTED),
    unless: [sender.AUTH_FAILURE, recipient.MAILBOX_FULL, /account or domain may not exist/i],
  },
];

/** The order of the field's open classifier: the specific before the general. */
const BY_WORDS: readonly ReplyRule[] = [
  status('mailbox_full'),
  says('mailbox_full', recipient.MAILBOX_FULL),
  status('mesg_too_big'),
  status('exceed_limit'),
  says('mesg_too_big', message.TOO_BIG),
  says('exceed_limit', message.OVER_LIMIT),
  { ...says('suspend', recipient.SUSPENDED), unless: [/outgoing mail suspension|\bip\b/i] },
  says('has_moved', recipient.HAS_MOVED),
  status('has_moved'),
  { ...says('no_relaying', sender.NO_RELAYING), unless: [/\(#5\.1\.1\)|don.t authenticate/i] },
  status('auth_failure'),
  says('auth_failure', sender.AUTH_FAILURE),
  {
    reason: 'not_accept',
    text: recipient.TAKES_NO_MAIL,
    unless: [/sender/i],
    source: 'RFC 7505 §4',
  },
  { reason: 'not_accept', codes: [556], source: 'RFC 7504 §3' },
  hinted('user_unknown'),
  {
    ...status('user_unknown'),
    unless: [sender.SENDER_REJECTED, sender.REQUIRE_PTR, message.SPAM, NEEDS_LOGIN],
  },
  {
    // No step and no enhanced code: not a carrier's filter but a program's own account of it.
    ...says('user_unknown', recipient.USER_UNKNOWN),
    at: 'unknown',
    detail: /^$/,
    unless: [sender.SENDER_REJECTED, message.SPAM, recipient.HOST_UNKNOWN, recipient.FILTERED],
  },
  {
    ...says('user_unknown', recipient.USER_UNKNOWN),
    at: 'rcpt',
    unless: [sender.SENDER_CALLOUT, message.SPAM],
  },
  { ...says('filtered', recipient.FILTERED), at: 'content' },
  { ...says('filtered', recipient.USER_UNKNOWN), status: ['filtered'] },
  {
    ...says('filtered', recipient.USER_UNKNOWN),
    at: 'content',
    unless: [sender.SENDER_REJECTED, message.SPAM, recipient.HOST_UNKNOWN],
  },
  status('require_ptr'),
  says('require_ptr', sender.REQUIRE_PTR),
  says('not_compliant_rfc', message.NOT_COMPLIANT),
  says('bad_reputation', sender.BAD_REPUTATION),
  { ...status('content_error'), unless: [message.SPAM, message.VIRUS] },
  says('content_error', message.MALFORMED),
  status('rejected'),
  { ...vaguely('rejected', sender.SENDER_REJECTED), unless: [message.SPAM] },
  {
    ...says('network_error', transport.NETWORK),
    status: ['', 'network_error', 'system_error'],
    unless: [/aliasing.forwarding|would create a mail loop|in the queue too long/i],
  },
  hinted('host_unknown'),
  { ...status('host_unknown'), unless: [transport.NETWORK] },
  { ...says('host_unknown', recipient.HOST_UNKNOWN), unless: [transport.NETWORK] },
  { ...says('spam_detected', message.SPAM), at: 'content', unless: [/virus or spam/i] },
  status('too_many_conn'),
  says('too_many_conn', sender.TOO_MANY_CONN),
  says('speeding', sender.SPEEDING),
  { ...says('blocked', sender.BLOCKED), unless: [message.SPAM, transport.EXPIRED] },
];

/** Where the code says nothing that holds. */
const BY_VAGUE_WORDS: readonly ReplyRule[] = [
  hinted('network_error'),
  hinted('expired'),
  hinted('system_error'),
  hinted('security_error'),
  { ...vaguely('spam_detected', message.SPAM), unless: [/virus or spam/i] },
  vaguely('virus_detected', message.VIRUS),
  vaguely('policy_violation', message.POLICY),
  vaguely('system_error', transport.SYSTEM_FAULT),
  {
    ...vaguely('network_error', transport.NETWORK),
    unless: [/aliasing.forwarding|in the queue too long/i],
  },
  vaguely('system_full', transport.SYSTEM_FULL),
  vaguely('expired', transport.EXPIRED),
  vaguely('failed_starttls', sender.FAILED_STARTTLS),
  vaguely('security_error', sender.SECURITY_ERROR),
  vaguely('mailer_error', transport.MAILER_FAULT),
  vaguely('blocked', sender.BLOCKED),
  vaguely('filtered', recipient.FILTERED),
];

const BY_STATUS: readonly ReplyRule[] = (
  [
    ...(['blocked', 'suspend', 'filtered', 'has_moved', 'not_accept', 'speeding'] as const),
    ...(['system_full', 'system_error', 'network_error', 'expired', 'syntax_error'] as const),
    ...(['security_error', 'user_unknown'] as const),
  ] as const
).map(status);

/** No words and no enhanced code that say anything: the basic code, as far as it goes. */
const BY_CODE: readonly ReplyRule[] = [
  { reason: 'content_error', detail: /^6\./, source: REGISTRY },
  { reason: 'security_error', detail: /^7\./, source: REGISTRY },
  { reason: 'suspend', codes: [525], source: 'RFC 5248 §2.4; RFC 4954' },
  { reason: 'not_accept', codes: [521, 556], source: 'RFC 7504 §3' },
  { reason: 'blocked', codes: [0, 550, 553, 554], at: 'connect', source: 'RFC 5321 §3.1' },
  { reason: 'rejected', codes: [550, 553, 554], at: 'mail', source: 'RFC 5321 §4.2.2' },
  { reason: 'mailbox_full', codes: [552], at: 'rcpt', source: 'RFC 5321 §4.2.2' },
  {
    reason: 'filtered',
    codes: [550, 551, 553],
    at: 'rcpt',
    source: 'no evidence against the address: postal 266',
  },
  { reason: 'mesg_too_big', codes: [552], at: 'dialogue', source: 'RFC 1870 §6' },
  { reason: 'system_error', codes: [421, 451], at: 'dialogue', source: 'RFC 5321 §4.2.2' },
  { reason: 'system_full', codes: [452], at: 'dialogue', source: 'RFC 5321 §4.2.2' },
  {
    reason: 'syntax_error',
    codes: [500, 501, 502, 503, 504, 505, 506, 507, 555],
    source: 'RFC 5321 §4.2.4',
  },
  { reason: 'security_error', codes: [530, 534, 535, 538], source: 'RFC 4954 §6' },
  { reason: 'network_error', detail: /^4\./, source: REGISTRY },
  { reason: 'system_error', detail: /^3\./, source: REGISTRY },
  { reason: 'mailer_error', detail: /^5\./, source: REGISTRY },
  {
    reason: 'on_hold',
    codes: [421, 450, 451, 452, 550, 551, 552, 553, 554, 571],
    source: 'RFC 5321 §4.2.2: a code and no reason',
  },
];

/** Whatever the words beside them are: the next session may be let in. */
const OF_LOGIN = {
  codes: [454, 530, 534, 535, 538],
  at: 'dialogue',
  class: 'transient',
} as const;

/**
 * Tried in order, the first that fits decides; for answers in the SMTP dialogue and for reports of
 * other servers alike. What speaks of the sender's reputation stands before what speaks of the
 * recipient: a listing of our address with a blocklist must never make every recipient look dead.
 */
export const REPLY_RULES: readonly ReplyRule[] = [
  // About this session: the same message may well go through with better credentials.
  { ...says('failed_starttls', sender.FAILED_STARTTLS), ...OF_LOGIN },
  { ...says('blocked', sender.LISTED), ...OF_LOGIN },
  { ...says('speeding', sender.SPEEDING), ...OF_LOGIN },
  {
    reason: 'security_error',
    ...OF_LOGIN,
    source: 'RFC 4954 §4, §6; RFC 3207 §4',
  },
  {
    ...says('no_relaying', sender.NO_RELAYING),
    codes: [503],
    at: 'dialogue',
    class: 'transient',
  },
  {
    reason: 'syntax_error',
    codes: [503],
    at: 'dialogue',
    class: 'transient',
    source: 'RFC 5321 §4.2.4: our own sequence of commands',
  },
  ...BY_PROGRAM,
  ...GATEWAY_RULES,
  ...PROVIDER_RULES,
  ...ABOUT_LISTS,
  ...BY_WORDS,
  ...BY_VAGUE_WORDS,
  ...BY_STATUS,
  ...BY_CODE,
];
