import type { ReplyReason } from './reply-reasons.ts';
import type { ReplyRule } from './reply-rule.ts';

const GOOGLE = 'Gmail SMTP error reference; sisimai rhost/google';

const says = (reason: ReplyReason, text: RegExp): ReplyRule => ({ reason, text, source: GOOGLE });

/** What Gmail and Google Workspace mean by words that nobody else uses so. */
export const GOOGLE_RULES: readonly ReplyRule[] = [
  says(
    'not_compliant_rfc',
    /unicode character in a disallowed header|encoded-word syntax is not permitted|mail message is malformed\. not accepted/i,
  ),
  says('not_compliant_rfc', /the sender address .{0,120} is not a valid rfc 5321 address/i),
  says(
    'policy_violation',
    /you are sending to \(or from\) has a policy|sending messages with the same message-id/i,
  ),
  says('rejected', /mail sending denied/i),
  says('bad_reputation', /suspicious due to the (?:very )?low reputation/i),
  says('require_ptr', /have a ptr record, or|not match the ip address of the hostname/i),
  says('security_error', /tls required for rcpt domain|senders to use tls\/ssl for smtp/i),
  says(
    'speeding',
    /daily (?:user )?sending (?:quota|limit) exceeded|daily smtp relay (?:sending )?limit exceeded/i,
  ),
  says(
    'syntax_error',
    /smtp protocol violation, (?:see rfc|no commands)|starttls may not be repeated|unrecognized authentication type|too many unauthenticated commands/i,
  ),
  says('system_error', /server busy, try again later|authenticate due to (?:a )?temporary system/i),
  {
    reason: 'suspend',
    detail: /^2\.2$/,
    text: /inactive|OverQuotaPerm/i,
    codes: [552, 550],
    permanentAddress: true,
    source: `${GOOGLE}: OverQuotaPerm`,
  },
  {
    reason: 'blocked',
    text: /detected an unusual rate of (?:unsolicited )?mail|there is an unusual rate of/i,
    source: GOOGLE,
  },
  {
    reason: 'policy_violation',
    detail: /^7\.0$/,
    text: /illegal attachment|blocked because its content presents/i,
    source: GOOGLE,
  },
  {
    reason: 'filtered',
    detail: /^7\.0$/,
    text: /because the recipient.{0,60}does not accept/i,
    source: GOOGLE,
  },
  {
    reason: 'no_relaying',
    text: /not authorized to send e?-?mail directly to our servers/i,
    source: `${GOOGLE}: NotAuthorizedError`,
  },
  {
    reason: 'network_error',
    text: /message exceeded \d{1,3} hops/i,
    source: GOOGLE,
  },
];
