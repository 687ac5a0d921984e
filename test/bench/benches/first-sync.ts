// The first sync of a large mailbox from a real IMAP server: the most memory that it takes, and how
// soon what is there can be read. SYNC_MESSAGES takes another number, SYNC_LARGE another size of the
// one large message, MB. Needs Dovecot, which it installs when it is root.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deliverLmtp } from '../../support/deliver-lmtp.ts';
import { type Dovecot, startDovecot } from '../../support/dovecot.ts';
import type { Bench } from '../support/bench.ts';
import { DATA } from '../support/data-directory.ts';
import { inboundMail } from '../support/inbound-mail.ts';
import { round } from '../support/numbers.ts';
import type { SyncAnswer, SyncOrder } from '../support/sync-process.ts';

const MESSAGES = Number(process.env.SYNC_MESSAGES ?? 100_000);
const LARGE = Number(process.env.SYNC_LARGE ?? 50);
const MEGABYTE = 1_048_576;
const STEP = 1_000;

export const bench: Bench = async (log) => {
  await mkdir(DATA, { recursive: true });
  const directory = await mkdtemp(join(DATA, 'sync-'));
  const server = await startDovecot();
  try {
    await fill(server, 'few', MESSAGES / 100);
    await fill(server, 'many', MESSAGES);
    await deliver(server, 'large', [largeMail()]);
    log(`${MESSAGES} messages are in the mailbox`);
    const few = await sync(server, directory, 'few');
    const many = await sync(server, directory, 'many');
    const large = await sync(server, directory, 'large');
    return {
      ratio: round(many.peakRss / few.peakRss),
      peakMegabytes: round(many.peakRss / MEGABYTE),
      baselineMegabytes: round(few.peakRss / MEGABYTE),
      largeMegabytes: round(large.peakRss / MEGABYTE),
      perSecond: round(MESSAGES / many.seconds),
      seconds: round(many.seconds),
      firstReadSeconds: round(many.firstReadSeconds),
      slowestReadSeconds: round(many.slowestReadSeconds),
      messages: MESSAGES,
    };
  } finally {
    await server.stop();
    await rm(directory, { recursive: true });
  }
};

async function fill(server: Dovecot, user: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += STEP) {
    const length = Math.min(STEP, count - from);
    await deliver(
      server,
      user,
      Array.from({ length }, (_, at) => inboundMail(from + at)),
    );
  }
}

function deliver(server: Dovecot, user: string, messages: readonly string[]): Promise<void> {
  return deliverLmtp({ port: server.lmtpPort, users: [user], messages });
}

function largeMail(): string {
  const line = `${'QUJD'.repeat(19)}\r\n`;
  return [
    'From: ana@example.com',
    'To: support@acme.example',
    'Subject: The film',
    'Message-ID: <large.mail@example.com>',
    'MIME-Version: 1.0',
    'Content-Type: application/octet-stream; name="film.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    line.repeat(Math.floor((LARGE * MEGABYTE) / line.length)),
  ].join('\r\n');
}

async function sync(server: Dovecot, directory: string, user: string): Promise<SyncAnswer> {
  const { imapPort: port, password: pass, ca } = server;
  const order: SyncOrder = { file: join(directory, `${user}.db`), port, pass, ca, user };
  const child = fork(join(import.meta.dirname, '../support/sync-process.ts'), [
    JSON.stringify(order),
  ]);
  const closed = once(child, 'close');
  let answer: SyncAnswer | undefined;
  child.once('message', (said: SyncAnswer) => {
    answer = said;
  });
  await closed;
  if (answer === undefined) throw new Error(`The sync of ${user} broke off.`);
  return answer;
}
