// A process that reads a mailbox for the first time: node sync-process.ts '<SyncOrder>'
import { performance } from 'node:perf_hooks';
import { imap } from '../../../packages/core/src/imap.ts';
import { createMailwarden } from '../../../packages/core/src/index.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';

/** What it is told. */
export interface SyncOrder {
  readonly file: string;
  readonly port: number;
  readonly ca: string;
  readonly user: string;
  readonly pass: string;
}

/** What it says at the end. */
export interface SyncAnswer {
  readonly received: number;
  readonly seconds: number;
  /** From the start until an agent read mail of it. */
  readonly firstReadSeconds: number;
  readonly slowestReadSeconds: number;
  /** The most that there ever was, bytes. */
  readonly peakRss: number;
}

const { file, port, ca, user, pass } = JSON.parse(process.argv[2] ?? '') as SyncOrder;
const address = 'support@acme.example';
const inbox = imap({ host: 'localhost', port, secure: false, tls: { ca }, auth: { user, pass } });
const warden = await createMailwarden({
  database: sqlite(file),
  keys: [{ id: 'k1', secret: 'a secret that only this measurement knows' }],
  senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St' } },
  trustedAuthservId: 'mail.acme.example',
  mailboxes: [{ address, sender: 'acme', inbox }],
});
const agent = warden.agent('bench', { mailboxes: [address] });
const start = performance.now();
let firstRead: number | undefined;
let slowest = 0;
const reading = setInterval(() => void read(), 250);
const { received } = await warden.tick();
clearInterval(reading);
process.send?.({
  ...{ received, seconds: (performance.now() - start) / 1_000 },
  ...{ firstReadSeconds: (firstRead ?? Number.NaN) / 1_000, slowestReadSeconds: slowest / 1_000 },
  peakRss: process.resourceUsage().maxRSS * 1_024,
} satisfies SyncAnswer);
await warden.stop();

async function read(): Promise<void> {
  const before = performance.now();
  const page = await agent.checkInbox({ limit: 20 });
  if (page.status !== 'ok') throw new Error(page.reason);
  const now = performance.now();
  slowest = Math.max(slowest, now - before);
  if (page.emails.length > 0) firstRead ??= now - start;
}
