import assert from 'node:assert/strict';
import { type AgentHandle, createMailwarden, type Mailwarden, type Rule } from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { sqlite } from '@mailwarden/core/sqlite';
import { type SmtpSink, startSmtpSink } from '../smtp/smtp-sink.ts';
import { createFeedInbox } from './feed-inbox.ts';

/** Sends at once when policy allows it. */
export const OPEN = 'open@acme.example';
/** Every message waits for a person. */
export const SUPERVISED = 'supervised@acme.example';

/** A real warden with a real SMTP server for one contract case. */
export interface ContractWorld {
  readonly warden: Mailwarden;
  readonly sink: SmtpSink;
  readonly clock: { now: number };
  /** An agent with both mailboxes, in one run. */
  readonly agent: AgentHandle;
  /** A message that arrives in the open mailbox and is there when this resolves. */
  receive(mail: InboundMail): Promise<void>;
  /** Works off what is due, then tells how many messages the SMTP server has. */
  countSent(): Promise<number>;
}

/** Mail from outside. */
export interface InboundMail {
  readonly from?: string;
  readonly subject: string;
  readonly body: string;
}

/** Runs `work` in a world of its own and closes it whatever happens. */
export async function withContractWorld(
  work: (world: ContractWorld) => Promise<void>,
  rules: readonly Rule[] = [],
): Promise<void> {
  const sink = await startSmtpSink();
  const inbox = createFeedInbox();
  const clock = { now: Date.parse('2026-03-02T09:00:00Z') };
  const faults: unknown[] = [];
  try {
    const base = { sender: 'acme', transport: smtp(sink.url) };
    const warden = await createMailwarden({
      database: sqlite(':memory:'),
      keys: [{ id: 'k1', secret: 'a secret that only contract cases know' }],
      audience: { unknownCountry: 'US' },
      publicUrl: 'https://mail.acme.example',
      senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
      mailboxes: [
        { ...base, address: OPEN, oversight: 'autonomous', inbox },
        { ...base, address: SUPERVISED, oversight: 'gated_send' },
      ],
      rules: [...rules],
      clock: () => clock.now,
      onError: (error) => void faults.push(error.cause ?? error),
    });
    const agent = warden.agent('contract-bot', { mailboxes: [OPEN, SUPERVISED], run: 'r-1' });
    try {
      await work({
        ...{ warden, sink, clock, agent },
        receive: async (mail) => {
          inbox.put(toRaw(mail));
          await warden.tick();
        },
        countSent: async () => {
          await warden.tick();
          return sink.messages.length;
        },
      });
    } finally {
      await warden.stop();
    }
    assert.deepEqual(faults, [], 'Nothing unexpected happened behind the answers.');
  } finally {
    await sink.close();
  }
}

let received = 0;

function toRaw({ from = 'Ann <ann@example.com>', subject, body }: InboundMail): string {
  received += 1;
  return [
    `From: ${from}`,
    `To: ${OPEN}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Message-ID: <in-${received}@example.com>`,
    'Date: Mon, 02 Mar 2026 08:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\n'),
    '',
  ].join('\n');
}
