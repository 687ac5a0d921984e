import type { ReplyReason } from './reply-reasons.ts';
import type { ReplyRule } from './reply-rule.ts';

/** Rules that hold for one service only: what it says means something else elsewhere. */
const of =
  (host: RegExp, source: string) =>
  (reason: ReplyReason, text: RegExp): ReplyRule => ({ reason, host, text, source });

const mimecast = of(/\bmimecast(?:-offshore)?\.(?:com|co\.za)(?: |$)/, 'Mimecast SMTP error codes');
const messageLabs = of(
  /\bmessagelabs\.com(?: |$)/,
  'Broadcom knowledge base, Email Security.cloud',
);
const zoho = of(
  /\bzoho(?:mail)?\.[a-z]{2,3}(?:\.[a-z]{2})?(?: |$)/,
  'smtpfieldmanual.com/provider/zoho',
);
const tencent = of(/\b(?:qq|exmail\.qq|foxmail)\.com(?: |$)/, 'service.mail.qq.com/detail/122');
const facebook = of(/\bfacebook\.com(?: |$)/, 'facebook.com/postmaster/response_codes');

/** Words that nobody else says. */
const anywhere = (reason: ReplyReason, text: RegExp, source: string): ReplyRule => ({
  reason,
  text,
  source,
});

/** What services in front of mailboxes mean by their words. Tried before the general rules. */
export const GATEWAY_RULES: readonly ReplyRule[] = [
  // Mimecast.
  mimecast('bad_reputation', /internal resources are temporarily unavailable|ip reputation/i),
  mimecast(
    'blocked',
    /sender address blocked|recipient temporarily unavailable|ip temporarily blacklisted/i,
  ),
  mimecast(
    'policy_violation',
    /anti-spoofing policy|content examination policy|host network,? not allowed/i,
  ),
  mimecast(
    'rejected',
    /envelope (?:blocked|rejected - block policy)|blocked senders - block (?:for|policy)/i,
  ),
  mimecast('not_accept', /account inbounds disabled/i),
  mimecast('on_hold', /account outbounds disabled|hostname is not authorized|journal message/i),
  mimecast(
    'security_error',
    /this route requires|submitter failed to|incorrect authentication data|invalid for this certificate/i,
  ),
  mimecast('too_many_conn', /account service is temporarily|outbound thread limit/i),

  // MessageLabs (Symantec, Broadcom).
  messageLabs('user_unknown', /no such user|invalid recipient|mailbox is not allowed/i),
  messageLabs('bad_reputation', /connection rejected by policy/i),
  messageLabs('speeding', /too many recipients received|too many messages/i),

  // Zoho.
  zoho('policy_violation', /delivery restricted by policy|email policy violation/i),
  anywhere('policy_violation', /\bmailpolicy violation/i, 'crisp-oss/email-bounce-parser: Zoho'),
  zoho('rejected', /mail rejected by destination domain/i),
  zoho('system_error', /temporary system error/i),

  // Mail.ru: checks the address after DATA, too.
  anywhere(
    'user_unknown',
    /local mailbox \S{1,120} is unavailable: user not found/i,
    'help.mail.ru: error 550',
  ),

  // Yahoo and AOL, after DATA, too.
  anywhere(
    'user_unknown',
    /requested mail action aborted, mailbox not found/i,
    'senders.yahooinc.com/smtp-error-codes',
  ),

  // Tencent.
  tencent('speeding', /mailbox unavailable or access deni|receiving messages is limited/i),
  tencent('speeding', /(?:ip|domain|sender|connection) frequency limited/i),
  tencent('mesg_too_big', /message too large/i),
  tencent('syntax_error', /bad address syntax/i),

  // Facebook: a label.
  facebook('auth_failure', /\bPOL-P7\b/),
  facebook('virus_detected', /\bPOL-P5\b/),
  facebook('policy_violation', /\b(?:POL-P8|MSG-P2)\b/),
  facebook('not_compliant_rfc', /\bMSG-P3\b/),
  facebook('mailbox_full', /\bINT-P7\b/),
  facebook('mesg_too_big', /\b(?:MSG-P1|INT-P2)\b/),
  facebook('require_ptr', /\bDNS-(?:P3|T2)\b/),
  facebook('rejected', /\bDNS-(?:P[12]|T1)\b/),
];
