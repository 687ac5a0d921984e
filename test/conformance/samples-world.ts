import { createMailwarden, type Mailwarden } from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { type SmtpSink, startSmtpSink } from '@mailwarden/testing';
import { createFeedInbox } from '../../packages/testing/src/contract/feed-inbox.ts';
import type { TestDatabase } from '../support/databases.ts';

export const MAILBOX = 'lifecycle@acme.example';

/** A supervised marketing mailbox whose recipients can answer. */
export interface SamplesWorld {
  readonly warden: Mailwarden;
  readonly sink: SmtpSink;
  /** The recipient of the sink's message at `index` answers it. */
  answer(index: number, text: string): Promise<void>;
  close(): Promise<void>;
}

export async function openSamplesWorld(open: () => Promise<TestDatabase>): Promise<SamplesWorld> {
  const database = await open();
  const sink = await startSmtpSink();
  const inbox = createFeedInbox();
  const warden = await createMailwarden({
    database: database.factory,
    keys: [{ id: 'k1', secret: 'a secret that only the samples know, 1' }],
    audience: { unknownCountry: 'US' },
    publicUrl: 'https://mail.acme.example',
    senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
    mailboxes: [
      {
        address: MAILBOX,
        sender: 'acme',
        oversight: 'gated_send',
        transport: smtp(sink.url),
        inbox,
      },
    ],
  });
  return {
    warden,
    sink,
    async answer(index, text) {
      const sent = sink.messages[index];
      if (sent === undefined) throw new Error(`The sink has no message ${index}.`);
      const id = sent.header('Message-ID') ?? '';
      inbox.put(
        [
          `From: ${sent.envelope.rcptTo[0]}`,
          `To: ${MAILBOX}`,
          `Subject: Re: ${sent.header('Subject')}`,
          `Message-ID: <answer-${index}@example.com>`,
          `In-Reply-To: ${id}`,
          `References: ${id}`,
          'Date: Mon, 02 Mar 2026 10:00:00 +0000',
          'MIME-Version: 1.0',
          'Content-Type: text/plain; charset=utf-8',
          '',
          text,
          '',
        ].join('\n'),
      );
      await warden.tick();
    },
    async close() {
      await warden.stop();
      await sink.close();
      await database.dispose();
    },
  };
}
