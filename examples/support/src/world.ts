import type {
  Inbox,
  MailboxOptions,
  Mailwarden,
  MailwardenError,
  MailwardenEvent,
  TemplateOptions,
  Transport,
} from '@mailwarden/core';
import type { SinkMessage } from '@mailwarden/testing';
import type { Printer } from './printer.ts';
import type { IncomingMail } from './write-mail.ts';

/** What an example needs of a Mailwarden. */
export interface Setup {
  readonly mailboxes: (servers: Servers) => readonly MailboxOptions[];
  readonly templates?: readonly TemplateOptions[];
  /** Addresses of `mailboxes` that receive mail over IMAP. */
  readonly receiving?: readonly string[];
}

/** The servers that mailboxes send and read through. */
export interface Servers {
  readonly transport: Transport;
  /** Of an address in `receiving`. */
  readonly inbox: (address: string) => Inbox;
}

/** A Mailwarden with real servers around it, on loopback. */
export interface World {
  readonly warden: Mailwarden;
  readonly print: Printer;
  /** Everything that the SMTP server accepted, oldest first. */
  readonly delivered: readonly SinkMessage[];
  /** What it accepted for one recipient. */
  deliveredTo(recipient: string): readonly SinkMessage[];
  /** Mail from outside arrives at a mailbox. */
  receive(mail: IncomingMail): void;
  /** Lets Mailwarden work until nothing is left to do now: mail goes out, mail comes in. */
  settle(): Promise<void>;
  /** Prints each message that is new, or stands differently, since the last report. */
  report(): Promise<void>;
  /** What people were told; an application would notify them. */
  readonly events: readonly MailwardenEvent[];
  /** Faults in the background, such as a server that did not answer; there should be none. */
  readonly errors: readonly MailwardenError[];
  /** Where the servers listen. */
  readonly addresses: Readonly<Record<'smtp' | 'imap' | 'http', string>>;
}
