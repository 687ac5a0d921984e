import {
  createMailwarden,
  type Mailwarden,
  type MailwardenOptions,
  type StorageFactory,
} from '../../../packages/core/src/index.ts';
import type { Transport } from '../../../packages/core/src/transport/transport.ts';
import { CLOCK_START, MARKETING, SUPPORT } from './storm-words.ts';

/** How long a claim holds, ms; longer than any send takes. */
export const LEASE = 1_200;
const DAY = 86_400_000;

/** The warden that every process of a storm runs, and the one that looks at them. */
export function createStormWarden({
  database,
  transport,
  began,
  ahead,
  onError,
}: {
  readonly database: StorageFactory;
  readonly transport?: Transport;
  readonly began: number;
  readonly ahead: () => number;
  readonly onError?: NonNullable<MailwardenOptions['onError']>;
}): Promise<Mailwarden> {
  const mailbox = {
    sender: 'acme',
    oversight: 'autonomous',
    bounces: 'imap',
    ...(transport === undefined ? {} : { transport }),
  } as const;
  return createMailwarden({
    database,
    keys: [{ id: 'k1', secret: 'a secret that only these tests know, 1' }],
    publicUrl: 'https://mail.acme.example',
    senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
    mailboxes: [
      { ...mailbox, address: MARKETING },
      { ...mailbox, address: SUPPORT },
    ],
    internalDomains: ['people.example'],
    audience: { unknownCountry: 'US' },
    frequencyCaps: [{ max: 1_000_000, per: DAY }],
    budgets: { sendsPerRun: 1e9, sendsPerDay: 1e9, firstContactsPerDay: 1e9 },
    dispatch: { lease: LEASE, pollInterval: 50, retryDelay: 200 },
    clock: () => CLOCK_START + (Date.now() - began) + ahead(),
    ...(onError === undefined ? {} : { onError }),
  });
}
