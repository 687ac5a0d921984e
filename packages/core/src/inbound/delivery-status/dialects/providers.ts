import type { Dialect } from '../dialect.ts';

const ADDRESS = '[^\\s<>"(),;:|]{1,200}@[^\\s<>"(),;:|]{1,200}';
const line = (pattern: string): RegExp => new RegExp(pattern.replaceAll('ADDRESS', ADDRESS), 'i');
const ALONE = line('^\\s{0,8}<?(ADDRESS)>?:?\\s*$');

/** Providers and gateways. */
export const PROVIDER_DIALECTS: readonly Dialect[] = [
  {
    name: 'gmail',
    source: 'Gmail delivery status notifications up to 2013 and free-text ones since',
    signs: {
      from: /mailer-daemon@google(?:mail)?\.com/i,
      text: /^\s*(?:Delivery to the following recipient|\*\* (?:Message|Address) |This is an automatically generated Delivery Status Notification)/im,
    },
    start:
      /Delivery to the following recipient|^\*\* |may not exist, or you may not have permission|groups\.google\.com\/support/i,
    stop: /^\s*-{4,} ?(?:Original message|Message header follows)/i,
    recipients: [line('^ {2,}(ADDRESS)\\s*$')],
    ignore:
      /^(?:Technical details of (?:permanent|temporary)|Message will be retried|THIS IS A WARNING|YOU DO NOT NEED)/i,
    hints: [
      ['failed_starttls', /\(state [69]\)/],
      ['no_relaying', /\(state 12\)/],
      ['system_error', /\(state 8\)/],
      [
        'host_unknown',
        /DNS Error: (?:\S+ ){0,3}Domain name not found|returned answer with no data|responded with code NXDOMAIN/i,
      ],
      // Google Groups says the same in the reader's language; the name and the address stay.
      [
        'rejected',
        /may not exist, or you may not have permission to post|groups\.google\.com\/support|Send mail as/i,
      ],
      [
        'user_unknown',
        /because the address couldn.t be found|wurde nicht .{0,30}da die Adresse nicht gefunden|adresse nicht gefunden/i,
      ],
      ['not_accept', /Null MX/i],
      [
        'expired',
        /Could not contact DNS servers|has been delayed|did not accept our requests to connect/i,
      ],
    ],
  },
  {
    name: 'gmx',
    source: 'GMX, 1&1 (IONOS) mail delivery system',
    signs: {
      fields: [['x-gmx-antispam', /./]],
      text: /The header of the original message is following|For the following reason:|SMTP error from remote server (?:for|after)/i,
    },
    start: /created automatically by mail delivery software|The following address(?:es)? failed/i,
    stop: /^--- The header of the original/i,
    recipients: [line('^\\s{0,4}["<]?(ADDRESS)[">]?:?\\s*$')],
    ignore:
      /^\s*(?:A message that you sent|its recipients|failed:|This is a permanent|For the following reason|Reason:?$|For explanation visit|The following address)/i,
    hints: [
      ['expired', /delivery retry timeout exceeded/i],
      ['mesg_too_big', /Mail size limit exceeded/i],
    ],
  },
  {
    name: 'zoho',
    source: 'Zoho Mail',
    signs: { fields: [['x-zohomail', /./]], text: /ERROR_CODE ?:\d{3}|^\[Status: /im },
    start: /created automatically by mail delivery/i,
    stop: /^Received:/i,
    recipients: [
      line('^\\s*(ADDRESS)\\s+(.{0,80}ERROR_CODE.*)$'),
      line('^\\[Status: .{0,40}<(ADDRESS)>(.*)$'),
      ALONE,
    ],
    ignore: /^(?:A message that you sent|ients\.)/i,
    hints: [['expired', /Host not reachable/i]],
  },
  {
    name: 'ezweb',
    source: 'au by KDDI (ezweb.ne.jp), as public collections show it',
    signs: {
      from: /@(?:ezweb\.ne\.jp|au\.com)/i,
      subject: /^Mail System Error - Returned Mail/i,
    },
    start: /^(?:The user\(s\) |Your message |Each of the following|The following recipients|<)/,
    stop: /^-{40,}/,
    recipients: [line('^<(ADDRESS)>:?\\s*(.*)$'), line('^\\s+Recipient:\\s*<(ADDRESS)>(.*)$')],
    shared: true,
    fieldHints: [['filtered', 'x-spasign', /^NG\b/i]],
    hints: [
      ['mailbox_full', /account is temporarily over quota/i],
      ['suspend', /account is disabled|account is temporarily limited/i],
      ['expired', /was not delivered within/i],
      ['on_hold', /rejected by a remote mail server/i],
    ],
  },
  {
    name: 'kddi',
    source: 'au one-net (dion.ne.jp, auone-net.jp), as public collections show it',
    signs: {
      from: /\.dion\.ne\.jp|no-reply@app\.auone-net\.jp/i,
      text: /Your mail (?:sent on|attempted to be delivered on):/i,
    },
    start: /^Your mail (?:sent on|attempted to be delivered on):/i,
    recipients: [line('Could not be delivered to:\\s*<(ADDRESS)>')],
    ignore: /^Your mail sent on/i,
    fieldHints: [['filtered', 'x-spasign', /^NG\b/i]],
    hints: [
      ['mailbox_full', /As their mailbox is full/i],
      ['no_relaying', /following SMTP relay error/i],
      ['host_unknown', /remote domain does.?nt exist/i],
    ],
  },
  {
    name: 'biglobe',
    source: 'BIGLOBE and cable providers that it serves',
    signs: { text: /----- The following addresses had delivery problems -----/i },
    start: /The following addresses had delivery problems/i,
    recipients: [ALONE],
    ignore: /^\s*-{3,}/,
    hints: [
      ['filtered', /Mail Delivery Failed\.\.\. User unknown/i],
      ['mailbox_full', /recipient's mailbox exceeded the local limit/i],
    ],
  },
  {
    name: 'verizon',
    source: 'Verizon vtext.com and vzwpix.com gateways',
    signs: { from: /post_master@vtext\.com|sysadmin@.{0,60}vzwpix\.com/i },
    start: /^Error: /i,
    stop: /^Original Message:/i,
    recipients: [line('^\\s+(?:RCPT TO|To):\\s*<?(ADDRESS)>?')],
    shared: true,
    ignore: /^\s+(?:Subject|Sent date|MAIL FROM|From):|^Message details/i,
    hints: [['user_unknown', /no such user here|No valid recipients/i]],
  },
  {
    name: 'mfilter',
    source: 'Digital Arts m-FILTER',
    signs: { fields: [['x-mailer', /^m-FILTER/i]], text: /^-{5,}server message/im },
    stop: /^-{5,}original (?:message|mail info)/i,
    recipients: [line('^(ADDRESS)$')],
    ignore: /^(?:-{5,}server message)|[\u3040-\u30ff\u4e00-\u9fff]/,
  },
  {
    name: 'interscan',
    source: 'Trend Micro InterScan Messaging Security Suite',
    signs: {
      from: /InterScan/i,
      fields: [['content-type', /InterScan/i]],
      text: /Sent <<< |Received >>> |Unable to deliver message to <|\bInterScan\b/i,
    },
    recipients: [
      line('^\\s*Sent <<< RCPT TO:\\s?<(ADDRESS)>(.*)$'),
      line('^\\s*Unable to deliver message to <(ADDRESS)>(.*)$'),
      line('>>> RCPT TO:\\s?<(ADDRESS)>(.*)$'),
    ],
    hints: [['user_unknown', /Unable to deliver message to/i]],
  },
  {
    name: 'mailmarshal',
    source: 'Trustwave MailMarshal SMTP (Secure Email Gateway)',
    signs: {
      text: /Could not be delivered because of[\s\S]{0,2000}The following recipients were affected/i,
    },
    start: /^Your message:/i,
    stop: /^(?:\+{20,}|Additional Information)/i,
    recipients: [line('^ {4}(ADDRESS)\\s*$')],
    ignore:
      /^\s*(?:From|Subject):|^Your message|^Could not be delivered because|^The following recipients/i,
    shared: true,
  },
  {
    name: 'mimecast',
    source: 'Mimecast delivery failures',
    signs: {
      subject: /Email Delivery Failure/i,
      fields: [['message-id', /\.mimecast\.lan>/i]],
    },
    recipients: [line('^-- (ADDRESS)\\s*$')],
    ignore:
      /^(?:The problem appears to be|Additional information follows|An email that you attempted)/i,
  },
  {
    name: 'mailfoundry',
    source: 'MailFoundry appliance',
    signs: {
      fields: [['received', /\(MAILFOUNDRY\)/]],
      text: /Delivery failed for the following reason:/i,
    },
    start: /Unable to deliver message to:/i,
    recipients: [line('^Unable to deliver message to:\\s*<(ADDRESS)>')],
    ignore: /^Delivery failed for the following|^This has been a permanent/i,
  },
  {
    name: 'surfcontrol',
    source: 'SurfControl (WebSense) E-mail Filter',
    signs: { text: /A transcript of the attempts to send the message follows/i },
    start: /Your message could not be sent/i,
    recipients: [line('^Addressed To:\\s*<?(ADDRESS)>?')],
    ignore: /^The number of attempts/i,
  },
  {
    name: 'x1',
    source: 'a server that public collections call X1',
    signs: { text: /---The following addresses had delivery errors---/i },
    start: /The following addresses had delivery errors/i,
    stop: /^Received: from /,
    recipients: [line('^(ADDRESS) (\\[.*\\].*)$')],
  },
  {
    name: 'x2',
    source: 'a server that public collections call X2; Yahoo-like wording',
    signs: { text: /Unable to deliver message to the following address/i },
    start: /Unable to deliver message to the following address/i,
    stop: /^--- Original message follows/i,
    recipients: [line('^<(ADDRESS)>:?\\s*(.*)$')],
  },
  {
    name: 'x3',
    source: 'a server that public collections call X3',
    signs: {
      text: /^={20,}\s*\n\s*This is an automatically generated Delivery Status Notification/im,
    },
    start: /This is an automatically generated Delivery Status/i,
    recipients: [line('^\\s+\\* (ADDRESS)\\s*$')],
    ignore: /^(?:={10,}|\s+Technical details)|^Delivery to the following/i,
  },
  {
    name: 'x6',
    source: 'a server that public collections call X6',
    signs: { text: /We had trouble delivering your message\. Full details follow/i },
    start: /We had trouble delivering your message/i,
    stop: /^The attachment contains the original/i,
    recipients: [
      line('^SMTP Server <[^>]{1,200}> rejected recipient\\s+<(ADDRESS)>'),
      line('^The following recipients returned permanent errors:\\s+(ADDRESS)'),
    ],
    ignore: /^(?:Subject|Date):|^\d+ error/i,
  },
  {
    name: 'mailenable',
    source: 'MailEnable delivery failures',
    signs: { text: /MailEnable: |The following recipient\(s\) could not be reached/i },
    start: /could not be (?:reached|delivered)|MailEnable/i,
    recipients: [
      line('^\\s*Recipient:\\s*\\[?(?:SMTP:)?(ADDRESS)\\]?(.*)$'),
      line('^\\s*[\'"]?(ADDRESS)[\'"]? on (.*)$'),
      ALONE,
    ],
  },
  {
    name: 'fml',
    source: 'fml mailing list manager',
    signs: { fields: [['x-mlserver', /./]] },
    stop: /^Original mail as follows/i,
    recipients: [line('^.{0,120}<(ADDRESS)>')],
    shared: true,
    hints: [
      [
        'rejected',
        /may cause mail loop|NOT MEMBER article|reject mail from|reject spammers|not a member of this/i,
      ],
      ['not_compliant_rfc', /Duplicated Message-ID/i],
      ['security_error', /Security alert/i],
      ['system_error', /detected a loop condition|Loop Back Warning/i],
    ],
  },
];
