import { anyOf } from './any-of.ts';

/**
 * How servers say what is wrong with the address or its mailbox. From the sources and manuals of
 * the servers named beside each group, and from public collections of bounces.
 */

/** Things that a recipient is called. */
const WHO =
  '(?:user|mail ?box|recipient|account|address|alias|addressee|person|e-?mail (?:address|account)|username|inbox|local.part|rcpt)';

export const MAILBOX_FULL = anyOf(
  // Dovecot, Cyrus, Exim appendfile, Postfix virtual, Courier maildrop
  'over ?-?quota|quota (?:limit )?(?:is |was |has been )?(?:exceed|full|violation)|exceed\\w* (?:\\S{1,20} ){0,3}quota|disk ?quota|disc quota',
  '(?:mailbox|inbox|mailfolder|mail box|maildir|mail folder)\\b.{0,60}(?:\\bfull\\b|quota)|full mailbox|account is .{0,40}quota',
  'mailbox .{0,40}exceed\\w* .{0,40}(?:size|storage|limit|allocation)|mailbox size limit|mailbox limit exc?eed',
  'storage (?:is )?full|error writing message: file too large|exceeded (?:its )?storage allocation|out of storage|storage limit|space has been used up',
  'insufficient disk space|(?:not sufficient|enough) (?:\\S{1,20} )?space|over (?:\\S{1,12} ){0,3}quota|no space left|user has too many messages|too much mail data|exhausted (?:its |the )?(?:allowed )?storage',
  'number of messages in recipient.s mailbox exceeded|exceeding receiving limits|domain (?:disk |storage )?size limit has been exceeded',
  // Interspire Email Marketer, bounce_rules.php
  'too many messages (?:on|in) (?:this|the|that) mailbox|over the maximum allowed (?:number of messages|mailbox size)|enough disk ?space|account is full|larger than the (?:available space|space available)|space has used up|maximum allowed storage|storage quota reached|overdrawn .{0,20}quota|space (?:is )?not enough|(?:mailbox|user|account) exceeds allowed message count',
  // French, German, Spanish, Portuguese, Italian, Polish, Russian, Japanese, Chinese
  'bo[iî]te .{0,30}pleine|postfach .{0,20}voll\\b|mailbox voll|buz[oó]n .{0,20}lleno|casilla .{0,20}llena|caixa .{0,30}cheia|casella .{0,20}piena|skrzynka .{0,20}(?:pełna|przepełniona)|переполнен|メールボックス.{0,12}(?:いっぱい|一杯|満杯)|容量.{0,12}超え|邮箱.{0,8}满|zu ?viele mails',
  // Dutch, Czech, Swedish, Danish, Norwegian, Turkish, Hungarian
  '(?:mailbox|postvak) .{0,12}vol\\b|schr[aá]nka .{0,12}pln[aá]|(?:brevl[aå]da|postl[aå]da|inkorg|postkasse|indbakke|innboks)\\w{0,3} .{0,8}(?:fuld|full)\\b|posta kutusu .{0,12}dolu|postafi[oó]k .{0,12}(?:megtelt|tele)|limite de (?:almacenamiento|armazenamento)|quota .{0,12}(?:d[eé]pass[eé]e|superata|[uü]berschritten|przekroczon|overschreden)',
  'user.?s disk is full|(?:cannot|can.?t) accept (?:any )?more (?:messages|mail)|insufficient (?:storage|space) (?:in|for) (?:the |this )?(?:mailbox|user|recipient)|(?:mailbox|account) (?:is over its|has reached its) (?:maximum |storage |size )?(?:size|limit|capacity|quota)|no more (?:disk )?space|(?:recipient|user) (?:has )?exceeded (?:the |its )?(?:mail )?storage|mailbox jest pe[lł]n',
  '(?:mailbox|recipient|user)(?:.s)? (?:disk |mail )?(?:storage|capacity|space|size) (?:is |was |has been )?(?:exceeded|exhausted|full)|no free space',
  '(?:mailbox|account) is out of (?:disk )?space',
);

export const SUSPENDED = anyOf(
  '(?:account|mailbox|user|recipient|address|mailaddress|domain) (?:\\S{1,60} )?(?:is |has been |was )?(?:currently |temporar\\w{1,4} |administrati\\w{1,8} )?(?:suspended|disabled|deactivated|frozen|locked|discontinued|closed|terminated)',
  '(?:email account that you tried to reach|this account|this mailbox) is (?:disabled|inactive|over quota and inactive)',
  'account disabled|disabled (?:account|mailbox)|(?:is )?a deactivated mailbox|(?:inactive|expired) (?:account|user)|(?:account|user) (?:is (?:currently )?)?(?:inactive|expired|not activated)|is now disabled|user status is locked|disabled ?user\\b|mail receiving disabled|invalid/inactive user|user is terminated|user suspended',
  'recipient suspend|temporary locked|temporarily inactive|mailbox is frozen|archived recipient|destinataire archiv|no longer accepts mail',
  '(?:is|was) (?:currently|temporarily) (?:suspended|disabled|locked)|mailbox unavailable or access denied|account is temporarily limited|compte du destinataire est bloqu|(?:recipient )?account is ?blocked|administrativ\\w{1,6} disabled|is no longer valid\\.',
  '\\b(?:account|mailbox|user) (?:has been|is|was) blocked\\b(?! by)|(?:due to|extended) inactivity|user hasn.?t entered during|inactive on this domain|deactivated due to abuse|mailbox locked',
  // German, French, Spanish, Portuguese, Italian, Polish, Dutch, Russian, Turkish
  '(?:konto|postfach|mailbox|account) .{0,30}(?:gesperrt|deaktiviert|stillgelegt)|(?:compte|bo[iî]te|adresse) .{0,40}(?:d[eé]sactiv[eé]|suspendu|bloqu[eé])e?|(?:cuenta|casilla|buz[oó]n|usuario|conta|caixa|usu[aá]rio) .{0,40}(?:suspendid|desactivad|deshabilitad|desativad|inhabilitad|bloquead|inactiv|inativ|falta de uso)',
  '(?:account|casella|indirizzo|utente) .{0,30}(?:disattivat|sospes|disabilitat|bloccat)|konto .{0,40}(?:zablokowan|nieaktywn|zawieszon)|(?:account|postbus|postvak) .{0,20}(?:geblokkeerd|opgeschort|gedeactiveerd)|(?:ящик|аккаунт|учетн\\S{1,6} запис\\S{1,3}|пользовател\\S{1,3}) .{0,24}(?:заблокирован|отключен|приостановлен)|hesa(?:p|b[ıi]) .{0,24}(?:ask[ıi]ya|devre d[ıi][sş][ıi]|kapat[ıi]l)|(?:账号|帐号|邮箱|用户).{0,6}(?:停用|禁用|冻结)',
  'because of (?:\\w{1,12} )?inactivity|(?:mailbox|account) (?:is )?not active\\b|account is (?:on hold|dormant|unavailable)|dormant (?:account|mailbox|user)|(?:mailbox|user|account|recipient) (?:is )?not enabled|inactive recipient|(?:empf[aä]nger|benutzer) .{0,30}(?:deaktiviert|gesperrt)|inactive mailbox|(?:mailbox|account) is not allowed to receive|(?:mailbox|account) (?:has been |was |is )(?:removed|cancell?ed)\\b',
  '(?:mailbox|account) (?:is|has been) (?:shut down|blocked by (?:the |an )?administrator)',
);

export const HAS_MOVED = anyOf(
  'has been replaced by|recipient no longer on server',
  `${WHO} has (?:(?:permanently )?moved|a new (?:e-?mail )?address)|(?:address|email|e-mail) has changed|moved (?:permanently )?to (?:a )?new (?:e-?mail )?address`,
);

export const USER_UNKNOWN = anyOf(
  `${WHO}s? (?:\\( )?(?:\\S{1,120} )?(?:\\) )?(?:is |was |are |were |has )?(?:un ?known\\b|not (?:exist|found|known|valid\\b|recogni[sz]ed|listed|present|active|local\\b|ok\\b|accepted)|un ?defined|non-?existent|invalid\\b)`,
  `${WHO} (?:\\S{1,120} )?(?:does|do|did|dos)(?: not|n.?t) exist|(?:account|mailbox|user|recipient) (?:\\S{1,40} ){2,7}does(?: not|n.t) exist|this (?!domain|host|server)\\w{1,20} does not exist|(?:does|do)(?: not|n.?t) exist(?:\\.| at the organization| here)`,
  'mailbox (?:\\S{1,120} )?(?:is )?(?:unavailable|inactive)\\b|mailbox unavaiable|mailbox (?:is )?not available|no longer exist|path no exist|(?:can.?t|cannot|could not) find user.?s mailbox|not our (?:customer|user|client)\\b|no such id\\b|recipient address is not in my|unresolvable address: <|nosuchuser|no mail-box here|mailbox name not allowed|recipient unrecogni[sz]ed|recipient verif\\w{1,8} failed|undeliverable address|>:? address rejected|not a member of domain|recipients? (?:cannot|could not|can.?t) be verified|address unknown|user \\(\\S{1,120}\\) unknown',
  '(?:no such|unknown|non-?existent|non existent|undefined) (?:user|mailbox|recipient|account|address|alias|person|local|e-?mail|virtual|addressee|name|box)',
  'invalid (?:recipient|mailbox|user\\b|address|final delivery user|domain mailbox user|or unknown|or illegal alias|e-?mail address)|unknown or illegal alias|bad[- ](?:destination mailbox|recipient|address\\b)|badrcptto|badrecipientto|(?:is )?not in my validrcptto',
  'no (?:mailbox|account|user|mail box) (?:here |available )?(?:by|with|found|for(?! mail\\b)|of)|no mailbox found|there is no one at this address|no thank you rejected|no one with (?:that|this) (?:e-?mail )?address|no such mail ?drop|illegal user\\b|cannot deliver mail for <|no longer (?:an employee|employed)',
  '(?:is )?not an? (?:known|valid|active|local|existing) (?:user|mailbox|recipient|address|e-?mail|account)|not a recogni[sz]ed (?:user|mailbox|recipient|e-?mail)|not e-?mail addresses',
  '(?:is )?no longer (?:available|in use|at this (?:company|address)|with (?:us|the company))|(?:wrong|is) or no longer valid',
  '(?<!domain )(?:does not|doesn.?t|do not|don.?t) have (?:a|an) (?:\\S{1,60} )?(?:account|e-?mail|mailbox)\\b',
  '(?:not|isn.?t) (?:listed|found) in .{0,40}(?:directory|address book)|no .{0,60} in name directory|not present in directory|unable to find alias user|not known at this site|in my list of allowed recipients|no users? here by that name|sorry, no mailbox here|handle mail for that user|bad destination e-?mail address|unknown destination address|unavailable mailbox\\b|address is no longer (?:active|valid)\\b(?!\\.)|was not found in\\b|e-?mail name is not found|(?:email )?address could not be found|address couldn.?t be found',
  'recipient (?:address )?rejected[:.]? ?(?:\\(in reply to rcpt|access denied|invalid|unknown|userunknown|user unknown|no such|undeliverable|not found|user \\S{1,120} does)|5\\.1\\.0 address rejected|550 address (?:rejected|invalid)',
  'RESOLVER\\.ADR\\.(?:Ex)?Recip(?:ient)? ?NotFound|destination server rejected recipients|destination addresses were unknown|following recipients was undeliverable|(?:no valid|wrong) recipients?\\b',
  "can't accept user|refuses to accept your mail|user missing home directory|recipient has been denied|isn't in my list of allowed rcpthosts \\(#5\\.1|domain or user isn't in my list|(?:<\\S{1,120}>|rcpt) (?:is )?not found|recipient not ok|mailbox is not allowed|rcpt \\(.{1,120}t exist",
  'utilisateur .{0,20}(?:inconnu|inexistant)|(?:adresse|destinataire|compte|bo[iî]te) .{0,60}n.existe (?:pas|plus)|destinataire .{0,20}(?:inconnu|invalide|inexistant|introuvable)|adresse .{0,40}(?:inconnue|introuvable|nicht gefunden|unbekannt|ung[uü]ltig)',
  '(?:benutzer|empf[aä]nger|postfach|teilnehmer) .{0,30}(?:unbekannt|nicht (?:bekannt|gefunden|vorhanden)|existiert nicht)',
  'no existe (?:dicha persona|ese usuario|el usuario|la cuenta|el buz)|usuario .{0,20}(?:desconocido|no existe|no encontrado|inexistente)|no se encuentra en el directorio|(?:cuenta|direcci[oó]n|casilla|correo|destinatario|buz[oó]n) .{0,60}no existe',
  'usu[aá]rio .{0,20}(?:inexistente|desconhecido|n[aã]o (?:existe|encontrado))|(?:utente|casella) .{0,20}(?:sconosciut|inesistente|non (?:esiste|trovat))|(?:indirizzo|account|destinatario) .{0,60}non esiste|nessun utente|destin(?:atario|\\.) .{0,12}(?:errato|sconosciut|inesistente|desconhecid|desconocid)|indirizzo .{0,40}(?:inesistente|sconosciut|non (?:valido|trovato))',
  '(?:gebruiker|ontvanger|adres|postvak) .{0,40}(?:onbekend|bestaat niet|niet gevonden)|onbekende (?:gebruiker|ontvanger)|(?:u[zż]ytkownik|adres|konto|skrzynka|odbiorca) .{0,60}(?:nieznany|nie istnieje|nie zosta[lł]\\S{0,2} znalezion)|nie ma takie\\w{1,2} (?:konta|u[zż]ytkownika|adresu|skrzynki)|(?:anv[aä]ndaren|mottagaren|adressen) .{0,30}(?:finns inte|ok[aä]nd|hittades inte)|(?:brugeren?|modtageren|brukeren|mottakeren|adressen) .{0,20}(?:findes ikke|finnes ikke|ukendt|ukjent)',
  '(?:adresse|konto|account) .{0,40}existiert nicht|adressat .{0,20}unbekannt|kullan[ıi]c[ıi] .{0,20}(?:bulunamad[ıi]|mevcut de[gğ]il|yok)|(?:u[zž]ivatel|adresa|schr[aá]nka) .{0,40}(?:neexistuje|nenalezen|nezn[aá]m)|(?:felhaszn[aá]l[oó]|c[ií]mzett) .{0,20}(?:ismeretlen|nem l[eé]tezik|nem tal[aá]lhat[oó])|(?:адрес\\S{0,3}|(?:почтов\\S{1,4} )?ящик\\S{0,2}|получател\\S{1,3}) .{0,60}не (?:существует|найден)|r[eé]pertori[eé] dans l.annuaire',
  'пользовател.{0,30}не (?:найден|существует)|(?:宛先|ユーザー?|メールアドレス|アドレス|ディレクトリ).{0,24}(?:不明|存在しません|見つかりません|リストにありません)|(?:用户|邮箱|帐号|账号).{0,6}不存在',
  'unroute?able recipient|(?:unknown|invalid|no such) rcpt\\b|invalid (?:destination (?:mailbox|address)|local.?part)|(?:cannot|can.?t|could not|couldn.?t|unable to|failed to) (?:find|locate) (?:a |the |that |this |such )?(?:user|mailbox|recipient)\\b(?! (?:data|list|map|server|store|table))|(?:mailbox|user) for .{1,120} (?:could not|couldn.t|cannot|can.t) be found',
  '(?:user|mailbox|recipient|account) (?:does(?: not|n.t) live|is(?: not|n.t) hosted) here|(?:no ?one|nobody) here (?:by|with) (?:that|this) name|(?<!sender )(?<!sender is )not in (?:the |our |my )?(?:local )?(?:user|recipient|mailbox) (?:list|database|table)(?! of)|(?<!your )(?:user|recipient|mailbox) (?:\\S{1,120} )?(?:is )?not in (?:the |our |my )?(?:local )?(?:directory|database)',
  'no longer works (?:here|for|at)\\b|(?:user|employee|recipient|person) has left (?:the |our )?(?:company|organi[sz]ation)|(?<!your )(?:mailbox|account|address) (?:has been |is )?deleted\\b(?! from)|(?:user|recipient)(?: e-?mail)? address is marked as invalid|>:? not used\\b|; address is undeliverable|^address is undeliverable',
  'no (?:local|matching|valid) (?:mailbox|user|recipient|account)\\b|no (?:recipient|address) (?:here )?(?:by|with) (?:that|this)|(?:do not|don.t) know (?:that|this) (?:user|recipient|address|mailbox)|invalid (?:account|e-?mail)(?=[.,!;)]|$)|@[a-z\\d.-]{3,120}[>\'")]{0,2}:? (?:is )?unknown\\b(?! (?:sender|host|domain))|non[ -]?existing (?:user|mailbox|recipient|account|address)|(?<!sender )is unknown (?:here|at this)|(?<!your )(?:user|recipient|mailbox) (?:\\S{1,120} )?isn.?t (?:registered|valid|known|recogni[sz]ed|local)',
  '(?:caixa postal|endere[cç]o|destinat[aá]rio|conta) .{0,40}(?:inexistente|n[aã]o existe|n[aã]o (?:foi )?encontrad)|geadresseerde .{0,20}onbekend|такого (?:пользователя|адреса|ящика|получателя).{0,12}нет|нет такого (?:пользователя|адреса|ящика|получателя|почтового)|(?:收件人|地址).{0,6}不存在',
  'no record of (?:that|this) (?:user|recipient|mailbox)|(?:user|recipient|mailbox) could not be located|no entry for \\S{1,120} in (?:the |our |my )?directory',
);

export const FILTERED = anyOf(
  'account is protected by|\\bbounced address\\b|has restricted sms|is not accepting any mail|rejected due to user rules|not found recipient account',
  'refuse(?:s|d)? to receive (?:this )?mail|recipient is only accepting|refused due to recipient preferences|user reject|been blocked by the recipient|cannot route mail to user',
  '(?:rejected|refused) by (?:the |this )?(?:recipient.{0,20}(?:filter|rule|preference)|user\\b)|user.defined rule|recipient (?:has (?:blocked you|rejected|refused)|(?:does not|doesn.t) (?:want|wish))',
);

export const HOST_UNKNOWN = anyOf(
  '(?:host|domain) (?:name )?(?:\\S{1,80} )?(?:is )?(?:unknown|not found|does ?n.?o?t exist|must exist|(?:cannot|could not) be found)|host or domain name not found',
  '(?:unknown|no such|non-?existent) (?:host|domain|mail domain|destination domain)|unroute?able address|name or service not known|host unreachable',
  'domain is not reachable|remote domain does.?nt exist|mail domain .{0,60}is unknown|account or domain may not exist|unknown domain name',
  'no route found to (?:domain|host)|couldn.?t find any host|domain name not found|responded with code NXDOMAIN|NonExistentDomain|invalid domain name|illegal host/domain|bad destination (?:host|domain|system)|cannot resolve the ip address of the (?:following )?domain|all host address lookups failed permanently|point to non-existent hosts|DNS server returned answer with no data',
  // Stalwart
  'failed to look ?up .{1,80}(?:not found|no such|nxdomain)|record not found for (?:mx|a|aaaa)\\b',
  '(?<!sender )(?<!sending )(?<!your )domain (?:\\S{1,80} )?does(?: not|n.t) resolve|no dns (?:entry|entries|records?) (?:found )?for|dns error: nxdomain|(?:unable to|could not|cannot) resolve (?:the )?(?:destination |recipient )?domain(?! of)|(?<!sender )(?<!sending )(?<!your )domain \\S{1,80} has no (?:mx or a|a or mx)\\b',
  '(?<!sender )(?<!your )mail domain is not registered',
);

/** Null MX (RFC 7505) and domains that say the same in words. */
export const TAKES_NO_MAIL = anyOf(
  'null ?mx|smtp protocol returned a permanent error|does not accept (?:any )?mail(?! from)|domain (?:is )?not used for mail|name server: \\.: host not found|no (?:valid )?mx (?:(?:record|host|server)s? )?(?:was |were )?(?:found|for domain)',
  'indicated no smtp service|no route for current request|seem to reject all mails|an mx or srv record indicated|account inbounds disabled|couldn.?t find a mail exchanger',
  'domain .{0,30}does(?: not|n.t) receive (?:any )?(?:e-?)?mail\\b(?! from)',
);
