import type { Relay } from './relay.ts';

/**
 * What the common sending services do to mail. Whoever is not here changes nothing that matters, as
 * far as is known: Postfix, Exim, sendmail, Haraka and ZoneMTA keep Message-ID, Date and the return
 * path, know RFC 3461, and answer with a queue id that they use again, so that it names nothing.
 */
export const RELAYS: readonly Relay[] = [
  {
    name: 'ses',
    hosts: /^email-smtp(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/i,
    reply: /^Ok ([0-9a-f]{16}-[0-9a-f-]{36}-\d{6})$/i,
    messageId: 'local',
    // `email.` in us-east-1, the region elsewhere.
    domain: /^[a-z0-9-]+\.amazonses\.com$/i,
    rewrites: ['message-id', 'date', 'return-path', 'bounces-to'],
    mailFrom: 'any',
    sources: [
      'https://docs.aws.amazon.com/ses/latest/dg/header-fields.html: Date and Message-ID are overridden',
      'https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-manual.html: what not to sign',
    ],
  },
  {
    name: 'postmark',
    hosts: /^smtp(?:-broadcasts)?\.postmarkapp\.com$/i,
    reply: /\b([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/i,
    messageId: 'local',
    domain: /^mtasv\.net$/i,
    rewrites: ['message-id'],
    asks: { name: 'X-PM-KeepID', value: 'true' },
    mailFrom: 'any',
    sources: ['Postmark, sending with SMTP: the MessageID that it gives, and X-PM-KeepID'],
  },
  {
    name: 'sendgrid',
    hosts: /^smtp(?:\.eu)?\.sendgrid\.net$/i,
    // Events begin their sg_message_id with it.
    reply: /^Ok: queued as ([\w-]{20,40})$/i,
    messageId: 'kept',
    rewrites: [],
    mailFrom: 'any',
    sources: [
      'https://github.com/sendgrid/docs/issues/2638: the answer',
      'https://www.twilio.com/docs/sendgrid/glossary/x-message-id: the id in events',
    ],
  },
  {
    name: 'mailgun',
    // Answers "Great success" or the queue id of Postfix; events name the Message-ID.
    hosts: /^smtp(?:\.eu)?\.mailgun\.org$/i,
    messageId: 'kept',
    rewrites: [],
    mailFrom: 'any',
    sources: ['Mailgun, events: message.headers.message-id'],
  },
  {
    name: 'mailjet',
    hosts: /^in(?:-v3)?\.mailjet\.com$/i,
    reply: /^OK queued as ([0-9a-f]{8}-[0-9a-f-]{27})$/i,
    messageId: 'kept',
    rewrites: [],
    mailFrom: 'any',
    sources: ['https://github.com/PHPMailer/PHPMailer/pull/2578: the answer'],
  },
  {
    name: 'brevo',
    hosts: /^smtp-relay\.(?:brevo|sendinblue)\.com$/i,
    reply: /queued as <([^<>\s]{3,200}@[^<>\s]{3,200})>/i,
    messageId: 'id',
    rewrites: ['message-id'],
    mailFrom: 'any',
    sources: ['https://github.com/PHPMailer/PHPMailer/issues/2859: Message-ID is replaced'],
  },
  {
    name: 'google',
    // Keeps a Message-ID under a domain of the sender's; the answer names its own queue.
    hosts: /^smtp(?:-relay)?\.gmail\.com$|^smtp\.googlemail\.com$/i,
    messageId: 'kept',
    rewrites: [],
    mailFrom: 'any',
    // The relay for whole domains has no mailbox to put them in.
    keepsCopies: /^smtp\.(?:gmail|googlemail)\.com$/i,
    sources: [
      'https://github.com/xhit/go-simple-mail/issues/47: X-Google-Original-Message-ID',
      'https://github.com/nodemailer/wildduck/wiki/Gmail-sending: what is sent is copied to Sent Mail',
    ],
  },
  {
    name: 'microsoft',
    hosts: /^smtp\.office365\.com$|^smtp-mail\.outlook\.com$/i,
    reply: /<([^<>\s]{3,200}@[^<>\s]{3,200}\.outlook\.com)>/i,
    messageId: 'id',
    rewrites: ['message-id'],
    mailFrom: 'own',
    keepsCopies: /^smtp\.office365\.com$|^smtp-mail\.outlook\.com$/i,
    sources: [
      'https://git-scm.com/docs/git-send-email: --outlook-id-fix, the Message-ID is in the answer',
      'https://github.com/chatwoot/chatwoot/issues/9523: an address with a tag is no sender',
      'https://inboxtooling.com/blog/office-365-smtp-settings: what is submitted appears in Sent Items',
    ],
  },
];
