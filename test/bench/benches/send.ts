// Messages per second, from call to recorded `sent`, against plain pooled nodemailer with the same
// content to the same server in the same run: on SQLite and PostgreSQL, with and without DKIM.
// 256 sends are under way at once. SEND_COUNT takes another number of messages, SEND_SUPPRESSIONS
// another length of the list, SEND_DATABASES one of the two.
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  type AgentHandle,
  createMailwarden,
  type Mailwarden,
  type StorageFactory,
} from '../../../packages/core/src/index.ts';
import { postgres } from '../../../packages/core/src/postgres.ts';
import { smtp } from '../../../packages/core/src/smtp.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import type { Bench, Figures } from '../support/bench.ts';
import { DATA } from '../support/data-directory.ts';
import { median, round } from '../support/numbers.ts';
import { insertAudience, KEYS, personAt } from '../support/send-data.ts';
import { startPostgres } from '../support/start-postgres.ts';
import { startSink } from '../support/start-sink.ts';

const COUNT = Number(process.env.SEND_COUNT ?? 20_000);
const SUPPRESSIONS = Number(process.env.SEND_SUPPRESSIONS ?? 1_000_000);
const ROUNDS = 3;
const DATABASES = process.env.SEND_DATABASES ?? 'sqlite,postgres';
const CONNECTIONS = 10;
const AT_ONCE = 256;
const DAY = 86_400_000;
const PLAIN = 'news@acme.example';
const SIGNED = 'signed@acme.example';

type Way = 'nodemailer' | 'send';
interface Run {
  readonly way: Way;
  readonly mailbox: typeof PLAIN | typeof SIGNED;
}
const RUNS: readonly Run[] = [
  { way: 'nodemailer', mailbox: PLAIN },
  { way: 'send', mailbox: PLAIN },
  { way: 'nodemailer', mailbox: SIGNED },
  { way: 'send', mailbox: SIGNED },
];

const KEY = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;
const DKIM = { domainName: 'acme.example', keySelector: 'bench', privateKey: KEY };

export const bench: Bench = async (log) => {
  await mkdir(DATA, { recursive: true });
  const sink = await startSink();
  const figures: Record<string, Figures> = {};
  if (DATABASES.includes('sqlite')) {
    const directory = await mkdtemp(join(DATA, 'send-'));
    const factory = () => sqlite(join(directory, 'bench.db'));
    figures.sqlite = await measureAll('sqlite', factory, sink.port, log);
    await rm(directory, { recursive: true });
  }
  if (DATABASES.includes('postgres')) {
    const server = await startPostgres();
    figures.postgres = await measureAll('postgres', () => postgres(server.url), sink.port, log);
    await server.close();
  }
  await sink.close();
  const { sqlite: first = {}, ...rest } = figures;
  return { ...first, ...rest, messages: COUNT, rounds: ROUNDS, sink: sink.name };
};

async function measureAll(
  name: string,
  factory: () => StorageFactory,
  port: number,
  log: (line: string) => void,
): Promise<Figures> {
  const storage = await factory().open();
  await storage.migrate('auto');
  const people = COUNT * ROUNDS * RUNS.length;
  await insertAudience(storage, { people, suppressions: SUPPRESSIONS });
  await storage.close();
  log(`${name}: ${people} contacts, ${SUPPRESSIONS} suppressions`);
  const world = await openWorld(factory(), port);
  const rates = new Map<string, number[]>();
  let next = 0;
  for (let at = 0; at < ROUNDS; at += 1) {
    for (const run of at % 2 === 0 ? RUNS : RUNS.toReversed()) {
      const rate = await measure(world, run, next);
      next += COUNT;
      const key = `${run.way} ${run.mailbox}`;
      rates.set(key, [...(rates.get(key) ?? []), rate]);
      log(`${name} round ${at + 1}: ${key} ${round(rate)}/s`);
    }
  }
  await world.warden.stop();
  return toFigures(rates);
}

function toFigures(rates: ReadonlyMap<string, readonly number[]>): Figures {
  const of = (way: Way, mailbox: string) => rates.get(`${way} ${mailbox}`) ?? [];
  const ratio = (way: Way, mailbox: string) =>
    round(median(of(way, mailbox).map((rate, at) => rate / (of('nodemailer', mailbox)[at] ?? 0))));
  return {
    ratio: ratio('send', PLAIN),
    dkimRatio: ratio('send', SIGNED),
    perSecond: round(median(of('send', PLAIN))),
    dkimPerSecond: round(median(of('send', SIGNED))),
    nodemailerPerSecond: round(median(of('nodemailer', PLAIN))),
    nodemailerDkimPerSecond: round(median(of('nodemailer', SIGNED))),
  };
}

interface World {
  readonly warden: Mailwarden;
  readonly agent: AgentHandle;
  readonly port: number;
  /** What the parts look like; `NAME` and `NUMBER` are somebody's. */
  readonly parts: { readonly text: string; readonly html: string };
}

async function openWorld(database: StorageFactory, port: number): Promise<World> {
  const transport = () =>
    smtp(`smtp://127.0.0.1:${port}`, { maxConnections: CONNECTIONS, idleTimeout: 60_000 });
  const mailbox = { sender: 'acme', oversight: 'autonomous' } as const;
  const warden = await createMailwarden({
    database,
    keys: KEYS,
    publicUrl: 'https://mail.acme.example',
    senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
    mailboxes: [
      { ...mailbox, address: PLAIN, transport: transport() },
      { ...mailbox, address: SIGNED, transport: transport(), dkim: DKIM },
    ],
    budgets: { sendsPerDay: 1e9, firstContactsPerDay: 1e9, sendsPerRun: 1e9 },
    frequencyCaps: [{ max: 3, per: DAY }],
    dispatch: { concurrency: 2 * CONNECTIONS },
    onError: (error) => {
      throw error;
    },
  });
  await warden.start();
  const agent = warden.agent('bench', { mailboxes: [PLAIN, SIGNED], run: 'bench' });
  const preview = await agent.preview(toSend(0, PLAIN, 'NAME', 'NUMBER'));
  if (preview.status !== 'ok' || preview.decision !== 'allow') {
    throw new Error(`It would not go out: ${JSON.stringify(preview)}`);
  }
  return { warden, agent, port, parts: { text: preview.text, html: preview.html } };
}

function measure(world: World, run: Run, from: number): Promise<number> {
  if (run.way === 'nodemailer') return measureNodemailer(world, run, from);
  return measureWarden(world, run, from);
}

async function measureWarden({ warden, agent }: World, run: Run, from: number): Promise<number> {
  const start = performance.now();
  const sentBefore = (await warden.system().accounting()).sent;
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + COUNT) {
      const at = next;
      next += 1;
      const { status, reason } = await agent.send(toSend(at, run.mailbox));
      if (status !== 'queued') throw new Error(`${status}: ${reason}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  for (;;) {
    const { sent } = await warden.system().accounting();
    if (sent - sentBefore === COUNT) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return COUNT / ((performance.now() - start) / 1_000);
}

/** The part of the baseline that is used here. */
interface Nodemailer {
  createTransport(options: object): { sendMail(mail: object): Promise<unknown>; close(): void };
}

async function measureNodemailer(
  { port, parts }: World,
  { mailbox }: Run,
  from: number,
): Promise<number> {
  const core = createRequire(new URL('../../../packages/core/package.json', import.meta.url));
  const nodemailer = core('nodemailer') as Nodemailer;
  const pool = nodemailer.createTransport({
    ...{ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true },
    ...{ maxConnections: CONNECTIONS, maxMessages: Number.POSITIVE_INFINITY },
    ...(mailbox === SIGNED ? { dkim: DKIM } : {}),
  });
  const start = performance.now();
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + COUNT) {
      const at = next;
      next += 1;
      await pool.sendMail(toMail(parts, at, mailbox));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const rate = COUNT / ((performance.now() - start) / 1_000);
  pool.close();
  return rate;
}

const nameOf = (at: number) => `Person ${at}`;

function toSend(at: number, mailbox: string, name = nameOf(at), number = String(at)) {
  return {
    ...{ mailbox, to: [personAt(at)], subject: `${name}, your plan for March` },
    ...{ body: BODY.replaceAll('NAME', name).replaceAll('NUMBER', number) },
    ...({ category: 'marketing', topic: 'news', campaign: 'march' } as const),
  };
}

function toMail({ text, html }: World['parts'], at: number, from: string) {
  const fill = (part: string) => part.replaceAll('NAME', nameOf(at)).replaceAll('NUMBER', `${at}`);
  const link = `https://mail.acme.example/u/${at}-0123456789012345678901234567890123456789`;
  return {
    ...{ from, to: personAt(at), subject: `${nameOf(at)}, your plan for March` },
    ...{ text: fill(text), html: fill(html) },
    headers: {
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': '<news.acme.example>',
      'Feedback-ID': 'march:news:acme',
    },
  };
}

const PARAGRAPH = `The editor keeps its place when you come back, search finds text inside pictures,
and projects open at once, also on a train. We have moved your NUMBER notes over already, so there
is nothing that you have to do. Your colleagues see the same notes as you do, in the order in which
you wrote them, and whoever comes later finds the whole story.`;

/** About 2 kB, as text and again as HTML. */
const BODY = `Hi NAME,

here is what changed for you this month.

${PARAGRAPH}

- The editor keeps its place
- Search finds text inside pictures
- Your NUMBER notes are where they were

${PARAGRAPH}

[Read what changed](https://mail.acme.example/news/NUMBER)

${PARAGRAPH}

1. Open the app
2. Choose your project
3. Go on where you stopped

${PARAGRAPH}

Ana from Acme`;
