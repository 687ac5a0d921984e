import { GOOGLE_RULES } from './google-rules.ts';
import { MICROSOFT_RULES } from './microsoft-rules.ts';
import type { ReplyRule } from './reply-rule.ts';

const YAHOO = 'senders.yahooinc.com/smtp-error-codes';
const ORANGE = 'Orange and La Poste postmaster codes (OFR_, LPN, OUK_)';
const DOCOMO = 'NTT docomo, as sisimai rhost/nttdocomo reads it';
const LDA = 'sources of Dovecot, mail.local, procmail, maildrop, vpopmail and vmailmgr';

const code = (numbers: string): RegExp =>
  new RegExp(`\\b(?:LPN|OFR|OUK)[A-Z]{0,3}[-_]?(?:\\d{3}[-_])?(?:${numbers})\\b`, 'i');
const cox = (label: string): RegExp => new RegExp(`AUP#(?:${label})`, 'i');

/** What a provider means by codes and words of its own. Tried before the general rules. */
export const PROVIDER_RULES: readonly ReplyRule[] = [
  // Local delivery agents.
  {
    reason: 'mailbox_full',
    text: /(?:was automatically rejected|mail\.local|procmail|maildrop|vdelivermail|vdeliver).{0,200}(?:quota|disk space|mailbox full)/i,
    source: LDA,
  },
  {
    reason: 'user_unknown',
    text: /(?:mail\.local: ?|maildrop: ?|vdeliver: ?|vdelivermail: ?).{0,120}(?:unknown user|user unknown|invalid mailbox path|missing home directory|cannot find system user|invalid user specified|invalid or unknown|no mailbox here|does not refer)/i,
    at: 'content',
    source: LDA,
  },
  { reason: 'suspend', text: /vdelivermail: ?account is locked/i, source: LDA },
  { reason: 'system_full', text: /procmail.{0,80}no space left/i, source: LDA },

  // Deutsche Telekom.
  {
    reason: 'blocked',
    text: /\bIP[=:][\d.]{7,15} - A problem occurred/i,
    source: 't-online.de postmaster',
  },

  ...GOOGLE_RULES,
  ...MICROSOFT_RULES,

  // Yahoo and AOL.
  {
    reason: 'rejected',
    text: /\[TS[SU]?\d{1,3}\]|deferred due to unexpected volume|will be permanently deferred/i,
    source: YAHOO,
  },
  { reason: 'auth_failure', text: /\(AU01\)/, source: YAHOO },
  {
    reason: 'suspend',
    text: /delivery error: dd .{0,120}is no longer valid|554\.30\b/i,
    source: YAHOO,
  },
  {
    reason: 'user_unknown',
    text: /delivery error: dd .{0,60}(?:requested mail|this user doesn.?t have|not a valid)|dd this user doesn.?t/i,
    source: YAHOO,
  },

  // Orange, Wanadoo, La Poste: a number behind the words.
  { reason: 'blocked', text: code('10[123]|510|999'), source: ORANGE },
  { reason: 'too_many_conn', text: code('104'), source: ORANGE },
  { reason: 'security_error', text: code('305|402'), source: ORANGE },
  { reason: 'auth_failure', text: code('401|517'), source: ORANGE },
  { reason: 'rejected', text: code('403|405|415|421'), source: ORANGE },
  { reason: 'user_unknown', text: code('416|418'), source: ORANGE },
  { reason: 'user_unknown', text: /LPN416/i, source: ORANGE },
  { reason: 'mailbox_full', text: code('417'), source: ORANGE },
  { reason: 'suspend', text: code('420|426'), source: ORANGE },
  { reason: 'system_error', text: code('505'), source: ORANGE },
  { reason: 'spam_detected', text: code('506|513'), source: ORANGE },
  { reason: 'mesg_too_big', text: code('514'), source: ORANGE },
  { reason: 'policy_violation', text: code('630'), source: ORANGE },

  // Cox and Charter (Spectrum): a label behind AUP#.
  {
    reason: 'require_ptr',
    text: cox('CXDNS|(?:In|Out|[IO])?-?11[0-5]\\d'),
    source: 'Cox; Spectrum',
  },
  { reason: 'auth_failure', text: cox('CXSNDR'), source: 'Cox postmaster' },
  {
    reason: 'too_many_conn',
    text: cox('CXCNCT|CXMXRT|(?:In|Out|[IO])?-?13[0-4]\\d'),
    source: 'Cox; Spectrum',
  },
  {
    reason: 'rejected',
    text: cox('CXSMTP|(?:In|Out|[IO])?-?(?:10[1-8]\\d|15[02]0)'),
    source: 'Cox; Spectrum',
  },
  { reason: 'security_error', text: cox('CXTHRT|CXMJ'), source: 'Cox postmaster' },
  { reason: 'spam_detected', text: cox('URLBL'), source: 'Cox postmaster' },
  {
    reason: 'policy_violation',
    text: cox('(?:In|Out|[IO])?-?(?:11[6-9]\\d|1560)'),
    source: 'Spectrum',
  },
  {
    reason: 'speeding',
    text: cox('(?:In|Out|[IO])?-?(?:13[5-9]\\d|14\\d\\d|15[458]0)'),
    source: 'Spectrum',
  },
  {
    reason: 'blocked',
    text: cox('CXBL|CDRBL|IPBL|(?:In|Out|[IO])?-?(?:1000|12[0-5]\\d)'),
    source: 'Cox; Spectrum',
  },

  // GoDaddy: IB and a number.
  {
    reason: 'blocked',
    text: /\bIB(?:10[456]|11[0-3])\b|rbl reject/i,
    source: 'GoDaddy help 40685',
  },
  { reason: 'bad_reputation', text: /\bIB103\b/, source: 'GoDaddy help 40685' },
  { reason: 'speeding', text: /\bIB(?:101|504|510|607)\b/, source: 'GoDaddy help 40685' },
  { reason: 'too_many_conn', text: /\bIB(?:605|007)\b/, source: 'GoDaddy help 40685' },
  { reason: 'not_compliant_rfc', text: /\bIB50[12]\b/, source: 'GoDaddy help 40685' },
  { reason: 'rejected', text: /\bIB506\b/, source: 'GoDaddy help 40685' },
  { reason: 'security_error', text: /\bIB401\b/, source: 'GoDaddy help 40685' },

  // i.ua: the number in the address of the explanation.
  { reason: 'no_relaying', text: /\.i\.ua\/err\/[16]\//i, source: 'mail.i.ua/err' },
  { reason: 'user_unknown', text: /\.i\.ua\/err\/2\//i, source: 'mail.i.ua/err' },
  { reason: 'suspend', text: /\.i\.ua\/err\/3\//i, source: 'mail.i.ua/err' },
  { reason: 'mailbox_full', text: /\.i\.ua\/err\/4\//i, source: 'mail.i.ua/err' },
  { reason: 'too_many_conn', text: /\.i\.ua\/err\/5\//i, source: 'mail.i.ua/err' },
  { reason: 'blocked', text: /\.i\.ua\/err\/[79]\//i, source: 'mail.i.ua/err' },
  { reason: 'rejected', text: /\.i\.ua\/err\/8\//i, source: 'mail.i.ua/err' },
  { reason: 'filtered', text: /\.i\.ua\/err\/10\//i, source: 'mail.i.ua/err' },

  // Facebook: a label.
  { reason: 'filtered', text: /\bRCP-P[23]\b/, source: 'facebook.com/postmaster/response_codes' },
  { reason: 'user_unknown', text: /\b(?:RCP-P1|INT-P[134])\b/, source: 'facebook.com/postmaster' },
  { reason: 'suspend', text: /\bRCP-T4\b/, source: 'facebook.com/postmaster/response_codes' },
  { reason: 'blocked', text: /\bPOL-(?:P[1-4]|T[1-3])\b/, source: 'facebook.com/postmaster' },
  { reason: 'spam_detected', text: /\bPOL-P6\b/, source: 'facebook.com/postmaster' },
  { reason: 'too_many_conn', text: /\b(?:CON-T[1-4]|MSG-T1)\b/, source: 'facebook.com/postmaster' },

  // Japanese carriers.
  {
    reason: 'filtered',
    host: /(?:ezweb\.ne\.jp|au\.com)$/,
    text: /550 ?:? ?: user unknown/i,
    source: 'KDDI, as sisimai rhost/kddi reads it',
  },
  {
    reason: 'user_unknown',
    host: /(?:ezweb\.ne\.jp|au\.com)$/,
    text: />: user unknown/i,
    source: 'KDDI, as sisimai rhost/kddi reads it',
  },
  { reason: 'mailbox_full', text: /552 too much mail data/i, source: DOCOMO },
  {
    reason: 'too_many_conn',
    host: /docomo\.ne\.jp$/,
    text: /too many recipients/i,
    source: DOCOMO,
  },

  // Amazon SES, receiving: a rule of the domain's owner answers, in words of a spam filter.
  {
    reason: 'filtered',
    host: /inbound-smtp\.[\w-]{4,30}\.amazonaws\.com/,
    text: /message filtered/i,
    source: 'Amazon SES, bounce action of receipt rules',
  },

  // GMX, Web.de, 1&1: a refusal by policy behind the words of another one.
  {
    reason: 'policy_violation',
    text: /mailbox unavailable.{0,40}reject due to policy/i,
    source: 'postmaster.gmx.net: policy restrictions',
  },

  // Tencent.
  { reason: 'too_many_conn', text: /frequency limited/i, source: 'service.mail.qq.com/detail/122' },
  { reason: 'rejected', text: /rejected by recipients/i, source: 'service.mail.qq.com/detail/122' },
];
