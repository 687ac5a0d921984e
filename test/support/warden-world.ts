import {
  type AgentHandle,
  type AgentOptions,
  createMailwarden,
  type Inbox,
  type MailboxOptions,
  type Mailwarden,
  type MailwardenError,
  type MailwardenEvent,
  type MailwardenOptions,
  type StorageFactory,
} from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { type SmtpSink, startSmtpSink } from '@mailwarden/testing';
import type { TestDatabase } from './databases.ts';

/** Addresses that every test world has. */
export const MARKETING = 'lifecycle@acme.example';
export const SUPPORT = 'support@acme.example';

/** A real warden on a real database with a real SMTP server, and a clock that tests move. */
export interface WardenWorld {
  readonly warden: Mailwarden;
  readonly sink: SmtpSink;
  readonly events: readonly MailwardenEvent[];
  readonly errors: readonly MailwardenError[];
  readonly clock: { now: number };
  readonly database: TestDatabase;
  agent(id?: string, options?: Partial<AgentOptions>): AgentHandle;
  /** Another warden on the same data, as another process would be. */
  another(options?: WorldOptions): Promise<Mailwarden>;
  close(): Promise<void>;
}

export interface WorldOptions extends Partial<Omit<MailwardenOptions, 'mailboxes' | 'database'>> {
  /** Changes both mailboxes. */
  readonly mailbox?: Partial<MailboxOptions>;
  /** Where answers to the marketing mailbox arrive. */
  readonly inbox?: Inbox;
  /** Where the mail goes instead of the sink. */
  readonly smtpUrl?: string;
}

/** Opens a world: marketing and support mailbox, autonomous unless told. */
export async function openWorld(
  open: () => Promise<TestDatabase>,
  options: WorldOptions = {},
): Promise<WardenWorld> {
  const database = await open();
  const sink = await startSmtpSink();
  const clock = { now: Date.parse('2026-03-02T09:00:00Z') };
  const events: MailwardenEvent[] = [];
  const errors: MailwardenError[] = [];
  const wardens: Mailwarden[] = [];
  async function start(factory: StorageFactory, more: WorldOptions): Promise<Mailwarden> {
    const { mailbox, smtpUrl, inbox, ...rest } = { ...options, ...more };
    const { sendTimeout, ...unbound } = smtp(smtpUrl ?? sink.url);
    // A test whose lease runs out before its eyes has a transport that promises nothing.
    const transport = rest.dispatch?.lease === undefined ? { ...unbound, sendTimeout } : unbound;
    const autonomous = { sender: 'acme', oversight: 'autonomous', transport } as const;
    // Many tests send more than goes out unobserved.
    const base = { ...autonomous, bounces: 'imap' as const, ...mailbox };
    const warden = await createMailwarden({
      database: factory,
      keys: [{ id: 'k1', secret: 'a secret that only these tests know, 1' }],
      publicUrl: 'https://mail.acme.example',
      senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
      mailboxes: [
        { ...base, address: MARKETING, ...(inbox === undefined ? {} : { inbox }) },
        { ...base, address: SUPPORT },
      ],
      // Recipients at example.com count as Americans, who are asked for no consent.
      audience: { unknownCountry: 'US' },
      // One person stands for many here; tests of frequency say what holds.
      frequencyCaps: [{ max: 1_000, per: 86_400_000 }],
      clock: () => clock.now,
      onEvent: (event) => void events.push(event),
      onError: (error) => void errors.push(error),
      ...rest,
    });
    wardens.push(warden);
    return warden;
  }
  const warden = await start(database.factory, {});
  return {
    warden,
    sink,
    events,
    errors,
    clock,
    database,
    agent: (id = 'bot', more = {}) => warden.agent(id, { mailboxes: [MARKETING], ...more }),
    another: (more = {}) => start(database.again(), more),
    async close() {
      await Promise.all(wardens.map((each) => each.stop()));
      await sink.close();
      await database.dispose();
    },
  };
}
