import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import type { Address } from '../../../packages/core/src/identity/address.ts';
import { createMailwarden } from '../../../packages/core/src/index.ts';
import { digestOutbound } from '../../../packages/core/src/messages/digest-outbound.ts';
import { toOutboundContent } from '../../../packages/core/src/messages/to-outbound-content.ts';
import { joinPolicy } from '../../../packages/core/src/options/join-policy.ts';
import { resolvePolicy } from '../../../packages/core/src/options/resolve-policy.ts';
import type { Storage, StorageFactory } from '../../../packages/core/src/storage/database.ts';
import type { Message } from '../../../packages/core/src/storage/tables/message.ts';
import { backlogOptions, PLAIN } from './backlog-options.ts';

/** A SQLite file, or a PostgreSQL URL. */
export type Place = { readonly file: string } | { readonly url: string };

/** Writes whole sets of rows below every handle; nobody else may have the database open. */
export interface BacklogData {
  /** Mail that is due now, each to somebody else, numbers `from` up to `to`. */
  addDue(from: number, to: number): Promise<void>;
  /** Deliveries that were sent long ago. */
  addFinished(from: number, to: number): Promise<void>;
}

const STEP = 100_000;
const TABLES = ['message', 'delivery'] as const;
type Row = Readonly<Record<string, string | number | null>>;

/** Sends one mail through the front door; every row is a copy of it. */
export async function openBacklog(
  place: Place,
  factory: () => StorageFactory,
): Promise<BacklogData> {
  const warden = await createMailwarden(backlogOptions(factory(), undefined));
  const mail = { mailbox: PLAIN, to: 'somebody@example.com', subject: 'March', body: BODY };
  const news = { category: 'marketing', topic: 'news', campaign: 'march' } as const;
  const { status, reason } = await warden
    .agent('bench', { mailboxes: [PLAIN], run: 'bench' })
    .send({ ...mail, ...news });
  if (status !== 'queued') throw new Error(`${status}: ${reason}`);
  await warden.stop();
  const originals = await withDatabase(place, async ({ name, read, run }) => {
    const [message] = await read(`select * from ${name('message')}`);
    const [delivery] = await read(`select * from ${name('delivery')}`);
    if (message === undefined || delivery === undefined) throw new Error('Nothing was sent.');
    // It stays as what the copies are made of, and is nobody's to send.
    await run(`update ${name('delivery')} set state = 'cancelled'`);
    return { message, delivery };
  });
  const add = (from: number, to: number, kind: 'due' | 'finished') =>
    withDatabase(place, (db) => db.bulk(() => insertCopies(db, originals, { from, to, kind })));
  return {
    addDue: (from, to) => add(from, to, 'due'),
    addFinished: (from, to) => add(from, to, 'finished'),
  };
}

/** With what the ids of messages, threads, Message-IDs and deliveries begin. */
type IdDigit = 'a' | 'b' | 'c' | 'd';

interface Range {
  readonly from: number;
  readonly to: number;
  readonly kind: 'due' | 'finished';
}

async function insertCopies(
  db: Session,
  { message, delivery }: { readonly message: Row; readonly delivery: Row },
  { from, to, kind }: Range,
): Promise<void> {
  // Tokens are made of UUIDs.
  const id = (first: IdDigit) => db.text(`${first}${kind === 'due' ? 0 : 1}000000-0000-7000-8000-`);
  const address = `'person.' || value || '@' || (value % 5000) || '.example.com'`;
  const digestOf = digests(message);
  for (let at = from; at < to; at += STEP) {
    const end = Math.min(at + STEP, to);
    const values = Array.from({ length: end - at }, (_, index) => at + index);
    const numbers = await db.numbers(
      values,
      values.map((value) => (kind === 'due' ? digestOf(addressOf(value)) : '')),
    );
    if (kind === 'due') {
      await insert(db, 'message', numbers, message, {
        id: id('a'),
        digest: 'digest',
        to_addresses: `'["' || ${address} || '"]'`,
        thread_id: id('b'),
        internet_message_id: `${id('c')} || '@acme.example'`,
      });
    }
    const finished =
      kind === 'due' ? {} : { state: `'sent'`, due_at: `${delivery.due_at} - 90000000 - value` };
    await insert(db, 'delivery', numbers, delivery, {
      ...{ id: id('d'), message_id: id('a'), recipient: address },
      ...{ recipient_exact: db.hash, recipient_canonical: db.hash, idempotency_key: 'null' },
      ...{ due_at: `${delivery.due_at} - value % 1000`, ...finished },
    });
  }
}

const addressOf = (value: number) => `person.${value}@${value % 5_000}.example.com`;

/** A claim compares what it has with what was decided on: each copy has a digest of its own. */
function digests(message: Row): (address: string) => string {
  const content = toOutboundContent(message as unknown as Message);
  const { mailboxes } = resolvePolicy(joinPolicy(backlogOptions({ open: never }, undefined)));
  const mailbox = mailboxes.get(PLAIN as Address);
  if (mailbox === undefined) throw new Error(`There is no ${PLAIN}.`);
  return (address) => digestOutbound({ ...content, to: [address as Address] }, mailbox);
}

function never(): Promise<Storage> {
  throw new Error('Nobody opens it.');
}

function insert(
  db: Session,
  table: string,
  numbers: string,
  row: Row,
  changed: Readonly<Record<string, string>>,
): Promise<void> {
  const values = Object.entries(row).map(([column, value]) => changed[column] ?? literal(value));
  return db.run(
    `insert into ${db.name(table)} (${Object.keys(row).join()}) select ${values.join()} from ${numbers}`,
  );
}

function literal(value: string | number | null): string {
  if (value === null) return 'null';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll(`'`, `''`)}'`;
}

/** What differs between the two databases. */
interface Session {
  name(table: string): string;
  /** A table of numbers and what belongs to each, as `value` and `digest`. */
  numbers(values: readonly number[], digests: readonly string[]): Promise<string>;
  /** A text that begins so and goes on with the number. */
  text(prefix: string): string;
  /** 64 random digits look to an index as an HMAC does. */
  readonly hash: string;
  read(query: string): Promise<readonly Row[]>;
  run(statement: string): Promise<void>;
  /** Without indexes and references, which are made anew afterwards. */
  bulk(work: () => Promise<void>): Promise<void>;
}

function withDatabase<T>(place: Place, work: (db: Session) => Promise<T>): Promise<T> {
  return 'file' in place ? withSqlite(place.file, work) : withPostgres(place.url, work);
}

async function withSqlite<T>(file: string, work: (db: Session) => Promise<T>): Promise<T> {
  const db = new BetterSqlite3(file);
  db.pragma('synchronous = off');
  db.pragma('foreign_keys = off');
  db.pragma('cache_size = -400000');
  const tables = TABLES.map((table) => `'mw_${table}'`).join();
  try {
    return await work({
      name: (table) => `mw_${table}`,
      async numbers(values, digests) {
        db.exec('drop table if exists temp.numbers');
        db.exec('create temp table numbers (value integer primary key, digest text)');
        const one = db.prepare('insert into temp.numbers values (?, ?)');
        db.transaction(() => {
          for (const [at, value] of values.entries()) one.run(value, digests[at]);
        })();
        return 'temp.numbers';
      },
      text: (prefix) => `format('${prefix}%012d', value)`,
      hash: 'lower(hex(randomblob(32)))',
      read: async (query) => db.prepare(query).all() as Row[],
      run: async (statement) => void db.exec(statement),
      async bulk(fill) {
        const indexes = db
          .prepare(
            `select name, sql from sqlite_schema
             where type = 'index' and sql is not null and tbl_name in (${tables})`,
          )
          .all() as { name: string; sql: string }[];
        for (const { name } of indexes) db.exec(`drop index ${name}`);
        await fill();
        for (const { sql } of indexes) db.exec(sql);
        db.pragma('wal_checkpoint(truncate)');
      },
    });
  } finally {
    db.close();
  }
}

async function withPostgres<T>(url: string, work: (db: Session) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  const run = async (statement: string) => void (await client.query(statement));
  // bigint comes as text; none here is beyond what a number holds.
  const toRow = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        typeof value === 'string' && /_at$/.test(column) ? Number(value) : value,
      ]),
    );
  const tables = TABLES.map((table) => `'${table}'`).join();
  try {
    await run('set session_replication_role = replica');
    await run(`set maintenance_work_mem = '512MB'`);
    return await work({
      name: (table) => `mailwarden.${table}`,
      async numbers(values, digests) {
        await run('drop table if exists numbers');
        await run('create temp table numbers (value integer, digest text)');
        await client.query('insert into numbers select * from unnest($1::int[], $2::text[])', [
          [...values],
          [...digests],
        ]);
        return 'numbers';
      },
      text: (prefix) => `'${prefix}' || lpad(value::text, 12, '0')`,
      hash: 'md5(random()::text) || md5(random()::text)',
      read: async (query) => (await client.query<Row>(query)).rows.map(toRow),
      run,
      async bulk(fill) {
        const { rows } = await client.query<{ name: string; sql: string }>(
          `select indexname as name, indexdef as sql from pg_indexes
           where schemaname = 'mailwarden' and tablename in (${tables})
           and indexname not in (select conname from pg_constraint)`,
        );
        for (const { name } of rows) await run(`drop index mailwarden.${name}`);
        await fill();
        for (const { sql } of rows) await run(sql);
        for (const table of TABLES) await run(`vacuum analyze mailwarden.${table}`);
      },
    });
  } finally {
    await client.end();
  }
}

const BODY = `Hi there,

**Acme 5** is here. It opens large projects at once, and it works offline.

[Read what changed](https://mail.acme.example/news/acme-5)

Ana from Acme`;
