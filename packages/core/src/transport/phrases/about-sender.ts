import { anyOf } from './any-of.ts';

/**
 * How servers say that they do not want this sender, client or session. None of it says anything
 * about the recipient.
 */

export const NO_RELAYING = anyOf(
  'relay(?:ing)? (?:access |mail )?(?:is |was )?(?:denied|not (?:permitted|allowed)|prohibited|forbidden)|(?:is not|isn.t) allowed to relay|relaying to \\S{1,120} (?:prohibited|(?:is )?not (?:allowed|permitted))|unauthori[sz]ed relay|no relaying|(?:cannot|can.?t|may not) relay|relaying (?:is )?disallowed|(?:required|needed) (?:for|to) relay|mail relay denied|open relay (?:is )?not allowed',
  '(?:unable|not (?:permitted|allowed|authori[sz]ed)|refuse\\w{0,2}) to relay|as a relay|not an open relay|insecure mail relay|not a gateway|not local host|relaying mail to',
  'we (?:do not|don.?t) (?:relay|handle mail for)|(?:domain|host) (?:isn.?t|is not) in my list of allowed rcpthosts?|not configured to relay|invalid credentials for relay',
  'requires authentication when attempting to send to a non-local|specified domain is not allowed|email address is not verified|SMTP relay error',
  'non-local recipient|authenticat(?:ed?|ion) (?:\\S{1,20} ){0,2}to relay|(?:does(?: not|n.t)|no longer) relays?\\b|relay(?:ing)? restrict',
  'not a relay\\b|relay rejected',
);

export const AUTH_FAILURE = anyOf(
  '(?:\\bspf\\b|\\bdkim\\b|\\bdmarc\\b|\\bdomainkeys\\b|sender policy framework|sender id).{0,120}(?:fail|not pass|reject|violat|unauthori[sz]ed|not (?:permitted|authori[sz]ed)|check result is|does not pass|invalid|mismatch|suspicious|prohibited|incorrect|not allowed to send|openspf)',
  '(?:due to|per|rejected by) .{0,60}\\bdmarc\\b|dmarc policy|dmarc ?rejection|unauthenticated (?:e-?mail|mail|message)|authentication requirements defined for the sender|sender is unauthenticated',
  'not allowed to send .{0,80}\\bspf\\b|bad spf records|pass the sender policy framework|spf settings|authenticate (?:their email )?with (?:either )?(?:spf|dkim)|fails? to pass authentication checks|failing both spf',
  'sender.s policy prohibits|domain authentication fail|//spf\\.pobox|required authentication level|aligned with either|not pass (?:spf|dkim|domain ?keys|dmarc)|add a dmarc record|spf/dns de votre nom|(?:spf|dkim) validation',
  'authentication alignment|not (?:permitted|allowed|authori[sz]ed) (?:by|per|according to) .{0,20}\\bspf\\b|failed authentication\\b.{0,40}\\b(?:spf|dkim|dmarc)\\b',
  '\\b(?:spf|dkim|dmarc)\\b.{0,20}\\bmissing',
);

export const REQUIRE_PTR = anyOf(
  'reverse[ -]dns|\\brdns\\b|\\bPTR\\b|reverse lookup|cannot find your (?:hostname|reverse)|cannot resolve your (?:address|ip)|IP name lookup failed',
  'unresolvable relay host|unverifyable sending ips|mismatches client ip|dns check fail(?:ure|ed)|no valid (?:hostname|reverse)|dns lookup failure: .{0,80}try again later|forward dns entry',
  'hostname does(?: not|n.t) resolve|does(?: not|n.t) resolve back|\\bfcrdns\\b',
);

export const BAD_REPUTATION = anyOf(
  '(?:poor|bad|low|very low|negative) (?:e-?mail |sender |ip |domain )?reputation|due to (?:the |ip |your )?(?:ip |domain )?reputation|ip/domain reputation|reputation problems|ip reputation|/bad reputation',
  'deferred due to unexpected volume or user complaints|connection rejected by policy',
  'reputation (?:of .{1,40} )?(?:is )?too (?:low|bad|poor)',
  'reputation is (?:poor|bad|low)|(?:because of|based on) (?:\\w{1,12} )?reputation',
);

/** The envelope sender or the author is refused. */
export const SENDER_REJECTED = anyOf(
  'sender (?:address |domain |verify |is |was |has been )?(?:\\S{1,120} )?(?:rejected|denied|refused|failed\\b|blocked|spammer|not (?:allowed|accepted|pre-approved|verified))|sender is .{0,30}list\\b',
  '(?:invalid|unroute?able|unknown|empty|null|blank) (?:envelope )?senders?(?:[ .]|$)|empty email address|emetteur invalide|badsendermx|bad sender(?! ip)|sendernoa|senderfilterconfig|sender domain (?:is empty|listed)|invalid domain name in sender',
  'access denied \\(in reply to mail from|administrative prohibition|domain of sender address|mail from not owned by user|from: domain is invalid|fully qualified email address required',
  '\\bbatv\\b|bounce ?deny|bogus mail from|third-party dsns|unsigned dsn|valid-address-filter|delivery not authorized, message refused|recursive cname|mx records for \\S{1,120} violate|mailbox access for|invalid domain, see|sender isn.t on|recipient addresses rejected : access',
  'sender verif\\w{1,8} (?:error|callout)|verification failed (?:for|while checking) <(?!.{0,300}recipient verif)|only accepts? (?:e-?)?mails? from (?:known|approved|trusted|authori[sz]ed)|blocked senders?:',
  'backscatter protection|not (?:a )?members? |not member article|not allowed to post|sender e-?mail address rejected|may not exist, or you may not have permission to post|reject mail from|outgoing mail suspension',
  'can.?t determine purported|without a valid sender domain|not a registered gateway user|returned mail not accepted|sending this from a different address|spam reporting address|address that has been black ?listed|too many spam complaints',
  'access to submit messages to this e-mail system has been rejected|(?:email address|domain) has been black ?listed|envelope sender is in my badmailfrom|your (?:email address|domain) has been blocked|does not accept mail from',
  'after mail from:.{0,200}does not exist|envelope blocked|envelope rejected|permanently deferred|unresolvable rfc.5321|block policy for|mail from is mismatched|sender e-?mail is not in|RST\\.NotAuthorized|sender domain (?:resolve fail|must exist)|from address (?:is )?not verified|not accepting mail from \\S{1,100}@|sender \\S{1,200} has no (?:a\\b|mx\\b)',
  'you are not authori[sz]ed to send to\\b|sender address must (?:contain|be|have)',
  'sender.s (?:mailbox|(?:e-?mail )?address|account|domain) (?:does(?: not|n.t)|is (?:invalid|unknown|not)|could not|cannot)|(?:could not|cannot|can.t|unable to) (?:find|resolve|verify) (?:the )?sender|sender domain does(?: not|n.t) (?:resolve|exist)|your address is not in',
);

/** The sender was tried first, and what is said of an address is said of the sender's. */
export const SENDER_CALLOUT = anyOf(
  'sender (?:address )?rejected|sender verif\\w{1,8} (?:failed|error|callout)|verification failed (?:for|while checking) <(?!.{0,300}recipient verif)',
  '\\bsender.s (?:mailbox|(?:e-?mail )?address|account|domain)\\b|\\bsender:? <?\\S{1,120} (?:is )?unknown',
  '\\byour (?:e-?mail )?(?:address|account) (?:is|was) (?:un ?known|not (?:known|recogni[sz]ed|found))',
);

/** A blocklist, whatever the code beside it says (hyvor/relay 258, Postal 266). */
export const LISTED = anyOf(
  '\\bip(?: address)? (?:\\S{1,40} ){0,3}(?:identified as|is an?) spam|currently sending spam see|you are sending spam|\\b(?:spamhaus|spamcop|barracudacentral|dnsbls?|dnsrbl|rbls?|S3140|S3150|abuseat|sorbs|manitu|uceprotect|proofpoint\\.com/dnsbl)\\b|block ?list|black ?list(?!ed url)|blocked using|listed (?:by|in|at|on) (?:the )?(?:zen|css|sbl|xbl|pbl|cbl)\\b|\\b(?:e-?mail|mail|messages?) from \\[?[\\da-f.:]{3,45}\\]? (?:is|are|was|were|has been) (?:currently |temporarily )?blocked|blocked by ivm',
  'banned send(?:ing|er)|(?:ip|client|host|server|network)(?: address)? .{0,60}(?:is|was|has been|are) (?:temporarily |permanently )?(?:block|ban|listed)',
  '\\bip(?: address)? (?:has been|was|is) found (?:in|on)\\b',
);

export const BLOCKED = anyOf(
  'said: 550 blocked|blocked - see|was blocked by|refused - see|(?:access|client host|ip address) (?:from ip address \\S{1,60} |\\S{1,80} )?(?:rejected|blocked|denied):? ?(?:may not be|was not authenticated|abus|\\[)?',
  'your (?:host|server|ip(?: address)?|network|isp|mta|mail ?server) (?:\\S{1,40} ){0,3}(?:not (?:allowed|permitted|authori[sz]ed|welcome)|block|reject|refus|denied|\\bban)|bad sender ip|(?:server )?access forbidden by your ip|you are not allowed to connect|no access from mail server|host network not allowed|not allowed to send mail from|invalid ip for sending',
  'connection (?:was )?(?:dropped|refused by|reset by peer)|connections? (?:will )?not (?:be )?accept(?:ed|ing)|not accepting connections|refused to talk to me|not currently accepting mail from your ip',
  'dynamic(?:/zombied)?[ /].{0,12}\\bips?\\b|hosts with dynamic ip|from dynamic|extreme bad ip|dial-?up .{0,20}(?:denied|rejected|refused|blocked)|(?:refused|denied|rejected) due to abuse|access from your (?:location|country)|bad ip profile|your helo name|go away\\b|confirm this mail server|server requires confirmation|use the smtp server of your isp|rejecting open proxy',
  'too many (?:spams from your ip|unwanted messages)|looks suspiciously like spammer|currently sending spam|you are sending spam|listed as abusive|suspected (?:spam ip|bounce attacks)|an unusual rate of|temporarily deferred due to user complaints',
  'smtp error from remote mail server after initial connection|service not available, closing transmission channel|but my name was rejected|helo command rejected:|try again later, closing connection|no matches to nameserver query|please try later\\. .{0,12}(?:103|510)|service refus',
  '\\S:blocked\\)|mail from \\[?[\\d.]{7,15}\\]? (?:was |is )?(?:refused|rejected|denied|not allowed)|access ip .{0,40}rejected|bad helo|invalid helo|helo/ehlo argument|not passed validation|too many (?:bad commands|invalid recipients)|grey-?list|ip not in whitelist|access denied, please try again later|ip temporarily|denyip|\\[GL01\\]|\\b(?:RTR|DYN|CON):(?!CH)[A-Z]|(?:ip|host|server|client) .{0,60}is listed (?:on|in|at|by)\\b|not yet authori[sz]ed to deliver',
  'from your country|countr(?:y|ies) (?:is |are )?(?:not allowed|blocked)|geograph\\w{2,8} (?:restrict|block)|geo-?(?:ip|block)',
  'blocked your (?:server|host|ip|network)|(?:mail|connections?) from this (?:ip|host|server)(?: address)? (?:is|are|was) (?:refused|rejected|blocked|denied)',
);

export const SPEEDING = anyOf(
  'too frequent connects|too many (?:mails|messages)(?: \\(mail bomb|[ ,.]{1,3}(?:try|please|slow))|temporarily rate limited|rate.?limit|throttl|receivingrate|try again slower|too (?:fast|quickly)|at a rate that (?:\\d{3}-\\S{1,10} )?prevents|unusual rate|relay limit exceeded|excessive volume|frequency .{0,30}limited|exceeded (?:the )?threshold|sent too many (?:messages|to)|max(?:imum)? number of messages per session',
  'too much mail from|(?:hourly|daily) (?:sending |message )?(?:limit|quota)|sending quota|sender rate exceed',
  'please slow down',
);

export const TOO_MANY_CONN = anyOf(
  'too many (?:concurrent |simultaneous |open )?(?:smtp )?(?:connections?|sessions?|recipients|errors from (?:your ip|\\[?[\\da-f.:]{3,45}))|maximum connection limit|concurrent connections|connections? limit exceeded|connection rate limit|per-domain connection limit|trop de connexions|max(?:imum)? message per connection',
  'exceeded the max emails per hour|message quota exceeded|maximum sending rate|already made numerous attempts to deliver|RESOLVER\\.ADR\\.RecipLimit',
  'max(?:imum)? number of (?:\\w{1,12} )?(?:connections|sessions)|connection limit reached',
);

export const SECURITY_ERROR = anyOf(
  '\\S is a dead domain|unauthenticated senders?|auth failed|authenti(?:fi)?cation (?:credentials invalid|failure|required|failed; server|requise|invalide|is required|turned on)|unauthenticated senders|you are not authori[sz]ed to send|only allowed with authentication|not authori[sz]ed to perform ses|not subscribed to ses',
  'you don.?t authenticate|verification failure|executable files are not allowed|RST\\.AuthRequired|SMTP Authentication in your|could not retrieve credentials|recipient address rejected: access denied',
);

export const FAILED_STARTTLS = anyOf(
  '(?:mta-sts|dane) (?:failed|failure|validation|policy)|tls error from|starttls (?:is required|command first)|must issue a starttls|tls (?:is )?required|does not support tls|failed mta-sts|starttls-not-supported|certificate-expired|tls missing certificate|requires (?:encryption|tls version|high-strength)|tls/sslv3 connection required|use tls/ssl',
  'tls (?:handshake|negotiation)|certificate has expired|handshake fail|cannot start tls|certificate (?:is )?not (?:trusted|verified)|certificate verif\\w{1,8} fail',
  'tls connection could not',
);
