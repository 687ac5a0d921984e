// The first sync of a large mailbox from a real IMAP server: the most memory that it takes, how soon
// what is there can be read, and whether the last messages cost more than the first. A quarter in it
// is killed, and goes on in a new process. SYNC_MESSAGES takes another number, SYNC_LARGE another
// size of the one large message, MB; SYNC_TRACE a file for what was sampled. Needs Dovecot, which it
// installs when it is root.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type Dovecot, startDovecot } from '../../support/dovecot.ts';
import type { Bench } from '../support/bench.ts';
import { DATA } from '../support/data-directory.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { inboundMail } from '../support/inbound-mail.ts';
import { round } from '../support/numbers.ts';
import type { SyncAnswer, SyncOrder, SyncSample } from '../support/sync-process.ts';

const MESSAGES = Number(process.env.SYNC_MESSAGES ?? 100_000);
const LARGE = Number(process.env.SYNC_LARGE ?? 50);
const TRACE = process.env.SYNC_TRACE;
const MEGABYTE = 1_048_576;
/** How much of the mail each folder has. */
const SHARES = { INBOX: 0.8, Archive: 0.15, Sales: 0.05 } as const;

export const bench: Bench = async (log) => {
  await mkdir(DATA, { recursive: true });
  const directory = await mkdtemp(join(DATA, 'sync-'));
  const server = await startDovecot();
  const run = (user: string, killAt?: number) =>
    sync(server, { directory, user, ...(killAt === undefined ? {} : { killAt }) }, log);
  try {
    await fillMaildir(server, 'few', toFolders(MESSAGES / 100, false));
    await fillMaildir(server, 'many', toFolders(MESSAGES, true));
    await fillMaildir(server, 'large', [{ folder: 'INBOX', messages: listLarge() }]);
    log(`${MESSAGES} messages are in the mailbox`);
    const few = await run('few');
    const large = await run('large');
    const killed = await run('many', MESSAGES / 4);
    const before = countStored(directory, 'many');
    const many = await run('many');
    const after = countStored(directory, 'many');
    const { answer } = many;
    if (few.answer === undefined || large.answer === undefined || answer === undefined) {
      throw new Error('A sync broke off.');
    }
    const peak = Math.max(killed.peakRss, answer.peakRss);
    return {
      ratio: round(peak / few.answer.peakRss),
      peakMegabytes: round(peak / MEGABYTE),
      baselineMegabytes: round(few.answer.peakRss / MEGABYTE),
      largeMegabytes: round(large.answer.peakRss / MEGABYTE),
      perSecond: round(answer.received / answer.seconds),
      lastToFirstCpu: round(cpuAt(many.samples, 0.9, 1) / cpuAt(many.samples, 0.1, 0.2)),
      cpuMicrosPerMessage: round(1e6 * cpuAt(many.samples, 0.1, 1)),
      seconds: round(answer.seconds),
      firstReadSeconds: round(few.answer.firstReadSeconds),
      slowestReadSeconds: round(answer.slowestReadSeconds),
      storedWhenKilled: before.messages,
      fetchedAgain: before.messages + answer.received - after.messages,
      lost: MESSAGES + 1 - after.different,
      doubled: after.messages - after.different,
      messages: MESSAGES,
    };
  } finally {
    await server.stop();
    await rm(directory, { recursive: true });
  }
};

/** The folders of a mailbox; the large message comes in the middle of the first. */
function toFolders(count: number, withLarge: boolean) {
  let from = 0;
  return Object.entries(SHARES).map(([folder, share], at) => {
    const first = from;
    from += Math.round(count * share);
    return { folder, messages: listMail(first, from, withLarge && at === 0) };
  });
}

function* listMail(from: number, to: number, withLarge: boolean): Generator<string> {
  for (let at = from; at < to; at += 1) {
    if (withLarge && at === Math.floor((from + to) / 2)) yield largeMail(0);
    yield inboundMail(at);
  }
}

function* listLarge(): Generator<string> {
  for (let at = 0; at < 3; at += 1) yield largeMail(at);
}

function largeMail(at: number): string {
  const line = `${'QUJD'.repeat(19)}\r\n`;
  return [
    'From: ana@example.com',
    'To: support@acme.example',
    'Subject: The film',
    `Message-ID: <large.${at}@example.com>`,
    'MIME-Version: 1.0',
    'Content-Type: application/octet-stream; name="film.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    line.repeat(Math.floor((LARGE * MEGABYTE - 1_000) / line.length)),
  ].join('\r\n');
}

interface Synced {
  readonly samples: readonly SyncSample[];
  readonly peakRss: number;
  /** None of one that was killed. */
  readonly answer: SyncAnswer | undefined;
}

interface SyncRun {
  readonly directory: string;
  readonly user: string;
  /** It is killed when it has stored so many. */
  readonly killAt?: number;
}

async function sync(
  server: Dovecot,
  { directory, user, killAt = Number.POSITIVE_INFINITY }: SyncRun,
  log: (line: string) => void,
): Promise<Synced> {
  const { imapPort: port, password: pass, ca } = server;
  const folders = user === 'large' ? ['INBOX'] : Object.keys(SHARES);
  const order: SyncOrder = { file: join(directory, `${user}.db`), port, pass, ca, user, folders };
  const child = fork(join(import.meta.dirname, '../support/sync-process.ts'), [
    JSON.stringify(order),
  ]);
  const closed = once(child, 'close');
  const samples: SyncSample[] = [];
  let answer: SyncAnswer | undefined;
  child.on('message', (said: SyncSample | SyncAnswer) => {
    if ('received' in said) answer = said;
    else note(said);
  });
  const note = (sample: SyncSample): void => {
    const tenths = (some = samples.at(-1)) => Math.floor((10 * (some?.stored ?? 0)) / MESSAGES);
    if (tenths(sample) > tenths()) log(`${user}: ${describe(sample, samples.at(-1))}`);
    samples.push(sample);
    if (sample.stored >= killAt) kill(child);
  };
  await closed;
  if (TRACE !== undefined) {
    await appendFile(TRACE, samples.map((one) => `${JSON.stringify({ user, ...one })}\n`).join(''));
  }
  const peakRss = Math.max(answer?.peakRss ?? 0, ...samples.map(({ memory }) => memory.rss));
  return { samples, peakRss, answer };
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
}

function describe({ stored, seconds, memory }: SyncSample, last?: SyncSample): string {
  const rate = (stored - (last?.stored ?? 0)) / (seconds - (last?.seconds ?? 0));
  const [rss, heap, outside] = [memory.rss, memory.heapTotal, memory.external].map((bytes) =>
    round(bytes / MEGABYTE),
  );
  return `${stored} stored, ${round(rate)}/s, rss ${rss} MB, heap ${heap}, outside ${outside}`;
}

/** Seconds of processor time for each message between two shares of a sync. */
function cpuAt(samples: readonly SyncSample[], from: number, to: number): number {
  const all = samples.at(-1)?.stored ?? 0;
  const at = (share: number) => samples.find(({ stored }) => stored >= all * share);
  const [first, last] = [at(from), at(to)];
  if (first === undefined || last === undefined) return Number.NaN;
  return (last.cpuSeconds - first.cpuSeconds) / (last.stored - first.stored);
}

/** What is in the database, and how much of it is different mail. */
function countStored(directory: string, user: string): { messages: number; different: number } {
  const db = new BetterSqlite3(join(directory, `${user}.db`));
  try {
    const names = 'count(*) as messages, count(distinct internet_message_id) as different';
    return db.prepare(`select ${names} from mw_message`).get() as ReturnType<typeof countStored>;
  } finally {
    db.close();
  }
}
