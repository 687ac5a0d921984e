import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMailwarden,
  defineFact,
  type Mailwarden,
  type MailwardenError,
  type MailwardenEvent,
} from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { sqlite } from '@mailwarden/core/sqlite';
import { startSmtpSink } from '@mailwarden/testing';
import { createPrinter } from './printer.ts';
import { createReport } from './report.ts';
import { startHttp } from './start-http.ts';
import { type ImapMailbox, startImapMailbox } from './start-imap-mailbox.ts';
import type { Setup, World } from './world.ts';
import { AUTHSERV_ID, writeMail } from './write-mail.ts';

/** A world that has to be closed. */
export interface OpenWorld extends World {
  close(): Promise<void>;
}

/**
 * Starts an SMTP server, an IMAP mailbox for each receiving address and an HTTP server on free
 * loopback ports, and one Mailwarden on a new SQLite file with the mailboxes of all set-ups.
 */
export async function openWorld(setups: readonly Setup[]): Promise<OpenWorld> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    const failures: unknown[] = [];
    for (const step of closing.splice(0).toReversed()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    return await assemble(setups, closing, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  setups: readonly Setup[],
  closing: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<OpenWorld> {
  const keep = <T extends { close(): Promise<void> }>(server: T): T => {
    closing.push(() => server.close());
    return server;
  };
  const folder = await mkdtemp(join(tmpdir(), 'mailwarden-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const smtpServer = keep(await startSmtpSink());
  const web = keep(await startHttp());
  const inboxes = new Map<string, ImapMailbox>();
  for (const address of setups.flatMap((setup) => setup.receiving ?? [])) {
    inboxes.set(address, keep(await startImapMailbox(address, randomBytes(12).toString('hex'))));
  }

  const events: MailwardenEvent[] = [];
  const errors: MailwardenError[] = [];
  const warden = await createWarden(setups, {
    folder,
    publicUrl: web.url,
    smtpUrl: smtpServer.url,
    inbox: (address) => getInbox(inboxes, address),
    onEvent: (event) => events.push(event),
    onError: (error) => errors.push(error),
  });
  closing.push(() => warden.stop());
  web.handle((request) => warden.handler(request));

  const print = createPrinter();
  return {
    warden,
    print,
    events,
    errors,
    close,
    delivered: smtpServer.messages,
    deliveredTo: (recipient) =>
      smtpServer.messages.filter(({ envelope }) => envelope.rcptTo.includes(recipient)),
    receive: (mail) => getInbox(inboxes, mail.to).deliver(writeMail(mail)),
    settle: () => settle(warden),
    report: createReport(warden, print),
    addresses: {
      smtp: `${smtpServer.host}:${smtpServer.port}`,
      imap: [...inboxes.values()].map(({ port }) => `127.0.0.1:${port}`).join(' and '),
      http: new URL(web.url).host,
    },
  };
}

interface Surroundings {
  readonly folder: string;
  readonly publicUrl: string;
  readonly smtpUrl: string;
  readonly inbox: (address: string) => ImapMailbox;
  readonly onEvent: (event: MailwardenEvent) => void;
  readonly onError: (error: MailwardenError) => void;
}

function createWarden(setups: readonly Setup[], around: Surroundings): Promise<Mailwarden> {
  const transport = smtp(around.smtpUrl);
  const inbox = (address: string) => around.inbox(address).inbox;
  return createMailwarden({
    database: sqlite(join(around.folder, 'mailwarden.db')),
    keys: [{ id: 'k1', secret: randomBytes(32).toString('base64url') }],
    publicUrl: around.publicUrl,
    senders: {
      acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, San Francisco CA 94105' },
    },
    mailboxes: setups.flatMap((setup) => setup.mailboxes({ transport, inbox })),
    templates: setups.flatMap((setup) => setup.templates ?? []),
    trustedAuthservId: AUTHSERV_ID,
    // Acme sells in the United States; who is known to live elsewhere is treated by that law.
    audience: { unknownCountry: 'US' },
    // A sequence of days runs in one minute here; the default is one marketing mail in 24 hours.
    frequencyCaps: [{ max: 10, per: 86_400_000 }],
    // What the examples' marketing may state; a person sees any other claim first.
    facts: [defineFact({ id: 'trial', text: 'trial ends on Friday' })],
    onEvent: around.onEvent,
    onError: around.onError,
  });
}

function getInbox(inboxes: ReadonlyMap<string, ImapMailbox>, address: string): ImapMailbox {
  const inbox = inboxes.get(address);
  if (inbox === undefined) throw new Error(`${address} is not in receiving`);
  return inbox;
}

async function settle(warden: Mailwarden): Promise<void> {
  for (;;) {
    const { claimed, received } = await warden.tick();
    if (claimed === 0 && received === 0) return;
  }
}
