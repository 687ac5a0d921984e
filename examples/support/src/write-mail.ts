import { randomUUID } from 'node:crypto';
import type { SinkMessage } from '@mailwarden/testing';

/** Whose Authentication-Results the examples trust: the mail server in front of the mailboxes. */
export const AUTHSERV_ID = 'mx.acme.example';

/** Mail from outside. */
export interface IncomingMail {
  readonly from: string;
  readonly to: string;
  /** `Re: …` when it answers something. */
  readonly subject?: string;
  readonly text: string;
  /** The message that is answered; it is quoted below the text, as mail programs do. */
  readonly answers?: SinkMessage;
  /** Whether the mail server found DMARC to pass. @default true */
  readonly authenticated?: boolean;
}

/** Writes a message as it lies on the mail server, with that server's verdict on the sender. */
export function writeMail(mail: IncomingMail): string {
  const { from, to, text, answers, authenticated = true } = mail;
  const answered = answers?.header('Message-ID');
  const subject = mail.subject ?? `Re: ${answers?.header('Subject') ?? ''}`;
  const domain = from.split('@')[1] ?? '';
  const lines = [
    `Authentication-Results: ${AUTHSERV_ID}; dmarc=${authenticated ? 'pass' : 'fail'} header.from=${domain}`,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${randomUUID()}@${domain}>`,
    ...(answered === undefined ? [] : [`In-Reply-To: ${answered}`, `References: ${answered}`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    text,
    ...(answers === undefined ? [] : ['', ...quote(answers, to)]),
    '',
  ];
  return lines.join('\n').replace(/\r?\n/g, '\r\n');
}

function quote(message: SinkMessage, author: string): readonly string[] {
  const text = message.part('text/plain')?.trimEnd() ?? '';
  return [
    `On ${new Date().toUTCString()}, ${author} wrote:`,
    ...text.split(/\r?\n/).map((line) => `> ${line}`),
  ];
}
