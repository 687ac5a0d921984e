// A process that reads a mailbox for the first time: node sync-process.ts '<SyncOrder>'
import { performance } from 'node:perf_hooks';
import { imap } from '../../../packages/core/src/imap.ts';
import { createMailwarden } from '../../../packages/core/src/index.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import { peakRss } from './peak-rss.ts';

/** What it is told. */
export interface SyncOrder {
  readonly file: string;
  readonly port: number;
  readonly ca: string;
  readonly user: string;
  readonly pass: string;
  readonly folders: readonly string[];
}

/** What it says four times a second. */
export interface SyncSample {
  /** Since the start, seconds; of them on a processor. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Messages that this process stored. */
  readonly stored: number;
  /** Bytes. */
  readonly memory: NodeJS.MemoryUsage;
}

/** What it says at the end. */
export interface SyncAnswer {
  readonly received: number;
  /** Messages that were here before. */
  readonly known: number;
  readonly seconds: number;
  /** From the start until an agent read mail of it. */
  readonly firstReadSeconds: number;
  readonly slowestReadSeconds: number;
  /** The most that there ever was, bytes. */
  readonly peakRss: number;
}

const { file, port, ca, user, pass, folders } = JSON.parse(process.argv[2] ?? '') as SyncOrder;
const address = 'support@acme.example';
let [stored, known] = [0, 0];
const login = { host: 'localhost', port, secure: false, tls: { ca }, auth: { user, pass } };
const warden = await createMailwarden({
  database: sqlite(file),
  keys: [{ id: 'k1', secret: 'a secret that only this measurement knows' }],
  senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St' } },
  trustedAuthservId: 'mail.acme.example',
  mailboxes: [{ address, sender: 'acme', inbox: imap({ ...login, folders }) }],
  logger: { debug() {}, info: count, warn() {}, error() {} },
  onError: (error) => void process.stderr.write(`${error.code}: ${error.message}\n`),
});
const agent = warden.agent('bench', { mailboxes: [address] });
const start = performance.now();
let firstRead: number | undefined;
let slowest = 0;
const reading = setInterval(() => void readAndTell(), 250);
// A pass waits for inboxes half of its time.
const { received } = await warden.tick({ maxMs: 4 * 3_600_000 });
clearInterval(reading);
tell(sample());
tell({
  ...{ received, known, seconds: seconds() },
  ...{ firstReadSeconds: (firstRead ?? Number.NaN) / 1_000, slowestReadSeconds: slowest / 1_000 },
  peakRss: peakRss(),
});
await warden.stop();

function count(line: string, fields?: Readonly<Record<string, unknown>>): void {
  if (line !== 'mail came in') return;
  stored += Number(fields?.messages);
  known += Number(fields?.known);
}

async function readAndTell(): Promise<void> {
  tell(sample());
  const before = performance.now();
  const page = await agent.checkInbox({ limit: 20 });
  if (page.status !== 'ok') throw new Error(page.reason);
  const now = performance.now();
  slowest = Math.max(slowest, now - before);
  if (page.emails.length > 0) firstRead ??= now - start;
}

function sample(): SyncSample {
  const { user: inUser, system } = process.cpuUsage();
  const cpuSeconds = (inUser + system) / 1e6;
  return { seconds: seconds(), cpuSeconds, stored, memory: process.memoryUsage() };
}

function seconds(): number {
  return (performance.now() - start) / 1_000;
}

function tell(what: SyncSample | SyncAnswer): void {
  process.send?.(what);
}
