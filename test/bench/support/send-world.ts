import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AgentHandle,
  createMailwarden,
  type Mailwarden,
  type SendEmailInput,
  type StorageFactory,
  type Transport,
} from '../../../packages/core/src/index.ts';
import { smtp } from '../../../packages/core/src/smtp.ts';
import { KEYS, personAt } from './send-data.ts';

const CONNECTIONS = 10;
const DAY = 86_400_000;
/** Mailboxes that send the same, without and with DKIM. */
export const PLAIN = 'news@acme.example';
export const SIGNED = 'signed@acme.example';

const KEY = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;
const DKIM = { domainName: 'acme.example', keySelector: 'bench', privateKey: KEY };

/** A warden on a database with an audience, and the same mail for the baseline. */
export interface SendWorld {
  readonly warden: Mailwarden;
  readonly agent: AgentHandle;
  readonly port: number;
  /** How many messages the server has answered. */
  readonly answered: () => number;
  /** What the parts look like; `NAME` and `NUMBER` are somebody's. */
  readonly parts: { readonly text: string; readonly html: string };
}

/** Opens one that sends to `port`, with everything on. */
export async function openSendWorld(database: StorageFactory, port: number): Promise<SendWorld> {
  let answered = 0;
  const transport = (): Transport => {
    const inner = smtp(`smtp://127.0.0.1:${port}`, {
      maxConnections: CONNECTIONS,
      idleTimeout: 60_000,
    });
    return {
      ...inner,
      send: async (envelope, raw) => {
        const result = await inner.send(envelope, raw);
        answered += 1;
        return result;
      },
    };
  };
  const mailbox = { sender: 'acme', oversight: 'autonomous', bounces: 'imap' } as const;
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
    dispatch: { concurrency: 10 * CONNECTIONS },
    onError: (error) => {
      throw error;
    },
  });
  await warden.start();
  const agent = warden.agent('bench', { mailboxes: [PLAIN, SIGNED], run: 'bench' });
  const preview = await agent.preview(mailTo(0, PLAIN, 'NAME', 'NUMBER'));
  if (preview.status !== 'ok' || preview.decision !== 'allow') {
    throw new Error(`It would not go out: ${JSON.stringify(preview)}`);
  }
  const parts = { text: preview.text, html: preview.html };
  return { warden, agent, port, answered: () => answered, parts };
}

/** Person `at`'s marketing mail, as a send call. */
export function mailTo(
  at: number,
  mailbox: string,
  name = nameOf(at),
  number = String(at),
): SendEmailInput {
  return {
    ...{ mailbox, to: [personAt(at)], subject: `${name}, your plan for March` },
    ...{ body: BODY.replaceAll('NAME', name).replaceAll('NUMBER', number) },
    ...({ category: 'marketing', topic: 'news', campaign: 'march' } as const),
  };
}

/** Which people get mail, and how many at once. */
export interface Rush {
  readonly from: number;
  readonly count: number;
  readonly atOnce: number;
  readonly mailbox: string;
}

/** `work` for each person, so many at once. */
export async function inLanes(
  { from, count, atOnce }: Rush,
  work: (at: number) => Promise<void>,
): Promise<void> {
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Messages per second from the first call of `enqueue` until all of them are recorded as sent. */
export async function timeUntilSent(
  { warden, answered }: SendWorld,
  count: number,
  enqueue: () => Promise<void>,
): Promise<number> {
  const sentBefore = (await warden.system().accounting()).sent;
  const start = performance.now();
  const answeredBefore = answered();
  await enqueue();
  // Counting what is recorded reads every delivery: only the last of them are waited for so.
  while (answered() - answeredBefore < count) await delay(5);
  while ((await warden.system().accounting()).sent - sentBefore < count) await delay(5);
  return count / ((performance.now() - start) / 1_000);
}

/** The part of the baseline that is used here. */
interface Nodemailer {
  createTransport(options: object): { sendMail(mail: object): Promise<unknown>; close(): void };
}

/** Messages per second through nodemailer's pool, with the same content. */
export async function timeNodemailer({ port, parts }: SendWorld, rush: Rush): Promise<number> {
  const core = createRequire(new URL('../../../packages/core/package.json', import.meta.url));
  const nodemailer = core('nodemailer') as Nodemailer;
  const pool = nodemailer.createTransport({
    ...{ host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true },
    ...{ maxConnections: CONNECTIONS, maxMessages: Number.POSITIVE_INFINITY },
    ...(rush.mailbox === SIGNED ? { dkim: DKIM } : {}),
  });
  const start = performance.now();
  await inLanes(rush, async (at) => {
    await pool.sendMail(toMail(parts, at, rush.mailbox));
  });
  const rate = rush.count / ((performance.now() - start) / 1_000);
  pool.close();
  return rate;
}

const nameOf = (at: number) => `Person ${at}`;

function toMail({ text, html }: SendWorld['parts'], at: number, from: string) {
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
