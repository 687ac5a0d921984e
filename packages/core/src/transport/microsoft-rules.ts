import type { ReplyReason } from './reply-reasons.ts';
import type { ReplyRule } from './reply-rule.ts';

const MICROSOFT = 'Exchange Online NDR list; Exchange Server NDR list; sisimai rhost/microsoft';

const says = (reason: ReplyReason, text: RegExp, detail?: RegExp): ReplyRule => ({
  reason,
  text,
  ...(detail === undefined ? {} : { detail }),
  source: MICROSOFT,
});
const means = (reason: ReplyReason, detail: RegExp): ReplyRule => ({
  reason,
  detail,
  source: MICROSOFT,
});

/** What Exchange and Outlook.com mean by codes and words that nobody else uses so. */
export const MICROSOFT_RULES: readonly ReplyRule[] = [
  means('auth_failure', /^7\.32[2-5]$/),
  says('blocked', /access denied, please try again later/i, /^7\.(?:[56]\d\d|8[5-9]\d)$/),
  says('blocked', /invalid domain name/i, /^5\.4$/),
  says('blocked', /RestrictDomainsTo(?:IPAddresses|Certificate)/i),
  says('content_error', /too many related errors|generated message depth exceeded/i),
  says('network_error', /invalid arguments/i, /^4\.4$/),
  says('no_relaying', /TenantAttribution; ?relay access denied/i),
  says('not_accept', /hosted tenant which has no mail-enabled subscriptions/i),
  says('policy_violation', /x-dg-ref header is too long/i),
  says('policy_violation', /delivery not authorized, message refused/i, /^7\.9\d\d$/),
  says('rejected', /invalid address|unknown sender address/i, /^1\.7$/),
  says('rejected', /delivery not authorized/i, /^7\.1$/),
  means('security_error', /^7\.57$/),
  says('spam_detected', /content filter agent quarantined/i),
  says('speeding', /recipient thread limit exceeded|submission quota exceeded/i),
  means('speeding', /^(?:1\.90|2\.12[12])$/),
  means('suspend', /^7\.50[45]$/),
  says('suspend', /mailbox cannot be accessed/i, /^2\.1$/),
  says('syntax_error', /unrecognized command/i, /^3\.3$/),
  says('system_error', /service not (?:available|active)/i, /^3\.2$/),
  says('system_error', /mailbox address ambiguous|mailing list expansion problem/i, /^[12]\.4$/),
  says(
    'system_error',
    /temporary server error\. please try|message failed to be replicated|SuspiciousRemoteServerError/i,
  ),
  says('system_error', /server busy\. please try again later from|pfa agent busy/i),
  says('user_unknown', /reserved by rfc 2606|single label domains not accepted/i),
  says('user_unknown', /invalid x\.400 address/i),
  {
    ...means('user_unknown', /^1\.351$/),
    unless: [/-> ?[45]\d\d [45]\.(?!1\.)\d/],
  },
  {
    reason: 'user_unknown',
    detail: /^4\.1$/,
    text: /recipient address rejected: access denied/i,
    source: `${MICROSOFT}: directory-based edge blocking`,
  },
  {
    reason: 'user_unknown',
    detail: /^5\.0$/,
    text: /mailbox unavailable/i,
    source: MICROSOFT,
  },
  {
    reason: 'user_unknown',
    text: /RESOLVER\.ADR\.(?:Ex)?Recip(?:ient)? ?NotFound|recipient ?not ?found(?: by smtp address lookup)?/i,
    detail: /^1\.(?:1|10)$/,
    source: MICROSOFT,
  },
  says('user_unknown', /wasn.t found at\b|unknown to address/i, /^1\.10$/),
  { reason: 'rejected', text: /RST\.NotAuthorized/i, source: MICROSOFT },
  {
    reason: 'rejected',
    detail: /^7\.(?:12|13|133|134|135|136|124|50[1-3]|512|750)$/,
    source: MICROSOFT,
  },
  { reason: 'security_error', text: /RST\.AuthRequired/i, source: MICROSOFT },
  { reason: 'expired', text: /QUEUE\.Expired|message expired/i, source: MICROSOFT },
  { reason: 'network_error', text: /DNS\.MxLoopback/i, source: MICROSOFT },
  { reason: 'auth_failure', detail: /^7\.(?:509|515|23)$/, source: MICROSOFT },
  {
    reason: 'bad_reputation',
    detail: /^7\.650$/,
    text: /due to ip reputation/i,
    source: MICROSOFT,
  },
  { reason: 'blocked', detail: /^7\.(?:50[67]|51[013]|60[6-9]|6[1-4]\d)$/, source: MICROSOFT },
  { reason: 'speeding', detail: /^7\.(?:5\d\d|6\d\d|7[0-4]\d|8[5-9]\d)$/, source: MICROSOFT },

  { reason: 'speeding', text: /\bRP-00\d\b/, source: 'Outlook.com postmaster troubleshooting' },
  {
    reason: 'blocked',
    text: /\b(?:SC|OU|DY)-00\d\b/,
    source: 'Outlook.com postmaster troubleshooting',
  },
];
