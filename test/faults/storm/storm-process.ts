// A process of a storm: sends, works on what is due and sweeps, until it is killed or told to stop:
// node storm-process.ts '<StormOrder as JSON>'
import { readdir } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Mailwarden } from '../../../packages/core/src/index.ts';
import { postgres } from '../../../packages/core/src/postgres.ts';
import { smtp } from '../../../packages/core/src/smtp.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import type { Storage } from '../../../packages/core/src/storage/database.ts';
import { makeMortal } from './mortal-storage.ts';
import { createStormWarden, LEASE } from './storm-warden.ts';
import {
  MARKETING,
  type StormAnswer,
  type StormMail,
  type StormOrder,
  type StormWord,
  SUPPORT,
  type Vitals,
} from './storm-words.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as StormOrder;
const answer = (said: StormAnswer): void => void process.send?.(said);

const [place = '', schema] = order.where;
const real =
  schema === undefined
    ? sqlite(place, { synchronous: 'normal' })
    : postgres(place, { schema, maxConnections: 5 });
const mortal = makeMortal();
const opened: Storage[] = [];
let { ahead } = order;
const warden = await startPatiently();
flushCompileCache();
await warden.start();
let stopping = false;
const sweeping = sweepOften();
process.on('message', (word: StormWord) => void obey(word));
// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
answer({ said: 'ready' });

/** As whoever supervises processes does, when the database is away just then. */
async function startPatiently(): Promise<Mailwarden> {
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'STORAGE_UNAVAILABLE') throw error;
      await delay(50);
    }
  }
}

function open(): Promise<Mailwarden> {
  return createStormWarden({
    database: mortal.over({
      open: async () => {
        const storage = await real.open();
        if (schema === undefined) await shrinkCaches(storage);
        opened.push(storage);
        return storage;
      },
    }),
    transport: mortal.carry(
      smtp(order.smtpUrl, {
        ...{ name: order.name, maxConnections: 4, idleTimeout: 1_000 },
        ...{ connectionTimeout: 300, greetingTimeout: 300, socketTimeout: 300, sendTimeout: 600 },
      }),
    ),
    began: order.began,
    ahead: () => ahead,
    onError: ({ code, message, cause }) =>
      answer({
        ...{ said: 'fault', code },
        text: `${message} ${cause instanceof Error ? cause.stack : ''}`,
      }),
  });
}

async function obey(word: StormWord): Promise<void> {
  switch (word.say) {
    case 'send':
      return send(word.mail);
    case 'clock':
      ahead = word.ahead;
      return;
    case 'die':
      return mortal.dieAt(word.at);
    case 'disk':
      return fillDisk(word.full);
    case 'vitals':
      return answer({ said: 'vitals', vitals: await readVitals() });
    case 'stop': {
      stopping = true;
      await sweeping;
      await warden.stop();
      answer({ said: 'stopped' });
      process.disconnect();
    }
  }
}

/** The loop sweeps every five seconds; here somebody dies more often than that. */
async function sweepOften(): Promise<void> {
  while (!stopping) {
    await warden.tick({ maxMs: 100, inbox: false }).catch(() => {});
    await delay(LEASE / 8);
  }
}

async function send({ key, to }: StormMail): Promise<void> {
  const mailbox = to.length === 1 ? MARKETING : SUPPORT;
  const agent = warden.agent('bot', { mailboxes: [mailbox], run: 'storm' });
  const said = await agent
    .send({ mailbox, to, subject: `News ${key}`, body: `Item ${key}.`, idempotencyKey: key })
    .catch((error: unknown) => ({ status: 'unavailable', reason: String(error) }));
  answer({ said: 'sent', key, status: said.status, reason: said.reason ?? '' });
}

/** So that SQLite's caches are full before a soak looks whether memory stays; they have 64 MB otherwise. */
async function shrinkCaches(storage: Storage): Promise<void> {
  const shrink = sql`pragma cache_size = -4096`;
  await shrink.execute(storage.db);
  await storage.unit((tx) => shrink.execute(tx));
}

/** SQLite's own limit: it answers SQLITE_FULL as it does on a full disk. */
async function fillDisk(full: boolean): Promise<void> {
  const pages = full ? 1 : 4_294_967_294;
  for (const storage of opened) {
    await storage
      .unit((tx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(tx))
      .catch(() => {});
  }
}

async function readVitals(): Promise<Vitals> {
  globalThis.gc?.();
  const { rss, heapUsed: heap } = process.memoryUsage();
  const files = await readdir('/proc/self/fd').catch(() => process.getActiveResourcesInfo());
  return { rss, heap, handles: files.length };
}
