import type { MailwardenOptions } from '../../../packages/core/src/index.ts';
import { smtp } from '../../../packages/core/src/smtp.ts';
import type { StorageFactory } from '../../../packages/core/src/storage/database.ts';
import { KEYS } from './send-data.ts';

/** The mailbox whose backlog it is. */
export const PLAIN = 'news@acme.example';
const CONNECTIONS = 10;

/** One mailbox that sends by itself, to the sink at `port` where there is one. */
export function backlogOptions(
  database: StorageFactory,
  port: number | undefined,
  dailyLimit?: number,
): MailwardenOptions {
  const transport =
    port === undefined
      ? {}
      : { transport: smtp(`smtp://127.0.0.1:${port}`, { maxConnections: CONNECTIONS }) };
  return {
    database,
    keys: KEYS,
    publicUrl: 'https://mail.acme.example',
    senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
    mailboxes: [
      {
        ...{ address: PLAIN, sender: 'acme', oversight: 'autonomous', bounces: 'imap' },
        ...transport,
        ...(dailyLimit === undefined ? {} : { dailyLimit }),
      },
    ],
    // Nobody here is a contact; Americans are asked for no consent.
    audience: { unknownCountry: 'US' },
    budgets: { sendsPerDay: 1e9, firstContactsPerDay: 1e9, sendsPerRun: 1e9 },
    dispatch: { concurrency: 2 * CONNECTIONS },
    onError: (error) => {
      throw error;
    },
  };
}
