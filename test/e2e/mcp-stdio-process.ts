import { createMailwarden } from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { sqlite } from '@mailwarden/core/sqlite';
import { serveEmailStdio } from '@mailwarden/mcp';
import { MARKETING, SUPPORT } from '../support/warden-world.ts';

/** What the test says: who this server is for, and where the data and the SMTP server are. */
const [who = '', file = '', smtpUrl = ''] = process.argv.slice(2);
const shared = {
  sender: 'acme',
  oversight: 'gated_send',
  transport: smtp(smtpUrl),
  bounces: 'imap',
} as const;
const warden = await createMailwarden({
  database: sqlite(file),
  keys: [{ id: 'k1', secret: 'a secret that only these tests know, 1' }],
  audience: { unknownCountry: 'US' },
  // Caps and bounces as in the world that sends: another policy would be another epoch.
  frequencyCaps: [{ max: 1_000, per: 86_400_000 }],
  publicUrl: 'https://mail.acme.example',
  senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
  mailboxes: [
    { ...shared, address: MARKETING },
    { ...shared, address: SUPPORT },
  ],
});
serveEmailStdio(
  who === 'reviewer'
    ? warden.reviewer('ops@acme.example')
    : warden.agent('desktop', { mailboxes: [MARKETING] }),
  { name: `acme-${who}`, structured: true },
);
process.stdin.once('end', () => void warden.stop());
