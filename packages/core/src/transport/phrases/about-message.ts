import { anyOf } from './any-of.ts';

/** How servers say that they do not want this message. */

export const TOO_BIG = anyOf(
  '(?:file|mail) size exceeds|(?:message|mail|e-?mail)(?: file)? (?:is )?too (?:big|large for)|size limit\\b|(?:message|mail) (?:size|length) exceed|exceed\\w* (?:\\S{1,20} ){0,4}(?:maximum|max\\.?|message) (?:\\S{1,20} ){0,3}size|max(?:imum)? message size',
  'line limit exceeded|taille limite du message|databytes limit|maximum email size exceeded|exceeded .{0,20}message size limits',
  '\\be?-?mail (?:is )?too large\\b|size of (?:the |this )?(?:message|mail) exceed|attachments? (?:size exceed|(?:is |are )?too (?:big|large))',
);

export const OVER_LIMIT = anyOf(
  'message too large|message header size exceeds limit|maximum size the user accepts|RST\\.RecipSizeLimit',
);

export const NOT_COMPLIANT = anyOf(
  '(?:is )?not RFC ?\\d{0,4} ?compliant|(?:not |non-?)compliant .{0,30}RFC|message is not RFC|RFC ?(?:2822|5322|822) (?:section [\\d.]{1,8} )?(?:compliant|violation|format)|rfcmessagenoncompliant|headers are not rfc',
  '(?:no|without|missing|invalid|empty|malformed|bad|more than one) (?:an? )?(?:valid )?(?:from|to|date|subject|message-?id|sender|reply-to):? (?:header|field|line)|duplicate header|multiple .{0,40}header|missing (?:a )?(?:valid )?.{0,30}header|multiple from|duplicated message-id|blank from: addresses|are not allowed as a from',
  '(?:message-?id|from|date|subject)(?: header)? (?:is |was )?missing',
);

export const MALFORMED = anyOf(
  'header size exceeds maximum|8-bit data in message header|recipient list, exceeds policy limit|mime complexity|too many "?received:?"? headers|invalid mime headers|improperly-formatted binary|unnecessary base64',
  'mime/reject|mime structure|invalid data in message|mime error|stray linefeeds|bare (?:lf|line ?feed)|message is malformed|conversion to internet format failed|invalid characters|invalid message content|MSG-P2\\b',
);

export const SPAM = anyOf(
  '\\bspam\\b(?!.{0,20}\\bips?\\b)|url .{0,120}is listed (?:on|in|at|by)\\b|spam(?:text|pattern|trap|assassin|bouncer|profiler|ming|-like)|unsolicited|\\bU[BC]E\\b|bulk[ .](?:e-?mail|mail\\b|advertising)|help_spam|sender domain listed at|rule imposed as|\\bjunk(?:mail)?\\b|spam ?score|spam ?points|message scored [\\d.]{1,8} points|\\banty?spam|message (?:is|was) unwanted',
  'content (?:filter )?reject|(?:mail|message) content (?:denied|rejected|refused)|rejecting (?:banned|mail) content|unacceptable content|message filtered|recurrent pattern|black ?listed url|\\bs?uribl\\b|\\bsurbl\\b|mail (?:appears to be|rejete\\. mail rejected)|mail score \\(',
  'our system has detected that this message is|message rejected for policy reasons|failed several antispam|5\\.7\\.0 reject, id=|blocked for abuse|data refused by|mail \\S{1,60} is rejected,|listed in work\\.drbl|temporarily blocked by our filter|similar to spam|bulk mail|filtered by outbound',
  'classified as (?:bulk|junk)|by (?:\\w{1,16} )?content filter|spammy|content is not acceptable|url black ?listed|unwanted (?:e-?)?(?:mail|message)',
);

export const VIRUS = anyOf(
  '(?<!anti-?)virus(?!wall)|malware|\\binfected\\b|potentially executable attachment|phishing|trojan|malicious (?:url|content|code|attachment|file)',
);

export const POLICY = anyOf(
  '(?:illegal|forbidden|prohibited|blocked) (?:file )?attachment|files? (?:are|is) not (?:accepted|allowed|permitted)|not allowed by (?:\\w{1,16} )?policy|attachment (?:extension|type) .{0,20}(?:forbidden|not allowed)|images or other attachments|potential security issue|content presents a potential',
  'denied by policy|(?:reject|refus)\\w{0,3} due to (?:\\w{1,16} )?policy|content (?:policy|restrict)|(?:rejected|denied|refused|blocked|restricted) by (?:\\w{1,16} ){0,2}policy|password[- ]protected|\\bmessage (?:denied|refused)\\b|(?:email |message |mail )?not accepted for policy|rejected (?:for policy reasons|due to (?:local|security|organi[sz]ation\\w{0,2}|our|a) polic)|due to security polic|local policy|(?:local )?policy violation|policy restrict|organi[sz]ation(?:al)? (?:policy|settings)|protocol violation',
  'non-(?:western|latin|ascii)|character ?sets? .{0,20}not|mailpolicy violation|non-member|members?-only list|closed mailing list|messages with multiple addresses|header (?:are )?(?:not accepted|error)|mass mailer|given low priority|not subscribed to this group|recipient is not accepting mail with|anti-spoofing|bounced by administrator|content examination|without solving a captcha|no data before greeting',
  'attachments? (?:\\S{1,20} ){0,4}not (?:accepted|permitted|allowed)|file ?types? (?:\\S{1,20} ){0,4}not (?:accepted|permitted|allowed)|encrypted (?:archive|attachment|file|zip)|macros? .{0,30}(?:blocked|not allowed)|violates? .{1,40}policy|policy rejection|spoofed (?:e-?mail|message|sender)|message not allowed|rejected under .{1,30}policy',
);
