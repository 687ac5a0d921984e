import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { parseAddress } from '../../../packages/core/src/identity/address.ts';
import { createKeyRing } from '../../../packages/core/src/keys/create-key-ring.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import { DATA } from './data-directory.ts';

/** Raise it when the rows below change: the old data sets are then left behind. */
const VERSION = 1;
export const CONTACTS = 1_000_000;
/** So many of the suppressed are people who are really asked about; the rest nobody can name. */
const KNOWN = 5_000;
const STEP = 100_000;

export const KEYS = [{ id: 'bench', secret: 'a secret that only the benches know, 1' }];
const keys = createKeyRing(KEYS, 'default');

/** Contact number `index` of `CONTACTS`; the first 5,000 are suppressed. */
export function addressOf(index: number) {
  return parseAddress(`person.${index}@${index % 5_000}.example.com`);
}

/**
 * A SQLite file with a million contacts, a consent each, and so many suppressions; made once. Rows
 * are written before their indexes, so that memory stays at SQLite's cache and a sort at its runs.
 */
export async function policyData(
  suppressions: number,
  log: (line: string) => void,
): Promise<string> {
  await mkdir(DATA, { recursive: true });
  const people = await once(`people-v${VERSION}.db`, log, async (file) => {
    const storage = await sqlite(file, { synchronous: 'normal' }).open();
    await storage.migrate('auto');
    await storage.close();
    fill(file, ['contact', 'consent'], insertPeople);
  });
  return once(`policy-${suppressions}-v${VERSION}.db`, log, async (file) => {
    await copyFile(people, file);
    fill(file, ['suppression'], (db) => insertSuppressions(db, suppressions));
  });
}

async function once(
  name: string,
  log: (line: string) => void,
  make: (file: string) => Promise<void>,
): Promise<string> {
  const file = join(DATA, name);
  if (await stat(file).catch(() => undefined)) return file;
  const start = performance.now();
  log(`making ${name}, once`);
  const unfinished = `${file}.unfinished`;
  for (const ending of ['', '-wal', '-shm']) await rm(unfinished + ending, { force: true });
  await make(unfinished);
  await rename(unfinished, file);
  const seconds = Math.round((performance.now() - start) / 1_000);
  const megabytes = Math.round((await stat(file)).size / 1e6);
  log(`${name}: ${seconds} s, ${megabytes} MB`);
  return file;
}

/** Runs `insert` without the indexes of these tables and builds them afterwards. */
function fill(
  file: string,
  tables: readonly string[],
  insert: (db: BetterSqlite3.Database) => void,
): void {
  const db = new BetterSqlite3(file);
  db.pragma('journal_mode = off');
  db.pragma('synchronous = off');
  db.pragma('cache_size = -400000');
  const indexes = db
    .prepare(
      `select name, sql from sqlite_schema where type = 'index' and sql is not null and
       tbl_name in (${tables.map((table) => `'mw_${table}'`).join()})`,
    )
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) db.exec(`drop index ${name}`);
  insert(db);
  for (const { sql } of indexes) db.exec(sql);
  // Without statistics, as in production: nothing there runs ANALYZE either.
  db.pragma('journal_mode = wal');
  db.close();
}

function insertPeople(db: BetterSqlite3.Database): void {
  const contact = db.prepare(
    `insert into mw_contact
       (tenant, id, address, exact, canonical, attributes, created_at, updated_at,
        country, source, provenance, kind)
     values ('default', ?, ?, ?, ?, '{}', 1, 1, ?, 'shop',
        '{"source":"shop","how":"checkout","collectedAt":1,"noticeSentAt":1}', 'individual')`,
  );
  const consent = db.prepare(
    `insert into mw_consent
       (tenant, id, canonical, key_id, canonicalisation, sender_id, purpose, topics, kind, basis,
        wording_version, evidence, obtained_at, reported_by, recorded_at, confirmed_by, confirmed_at)
     values ('default', ?, ?, 'bench', 1, 'acme', 'marketing', '[]', 'grant', 'double_opt_in',
        'v1', '{"method":"web form"}', 1, 'system', 1, 'system', 1)`,
  );
  const countries = ['US', 'DE', 'FR', 'GB', 'CA'];
  for (let from = 0; from < CONTACTS; from += STEP) {
    db.transaction(() => {
      for (let index = from; index < from + STEP; index += 1) {
        const address = addressOf(index);
        const { exact, canonical } = keys.identify(address);
        contact.run(idOf(index), address, exact, canonical, countries[index % countries.length]);
        consent.run(idOf(index), canonical);
      }
    })();
  }
}

function insertSuppressions(db: BetterSqlite3.Database, count: number): void {
  const insert = (hmac: string) =>
    `insert into mw_suppression
       (tenant, id, match, hmac, key_id, canonicalisation, scope, sender_id, reason, source, created_at)
     select 'default', format('%08x-0000-7000-8000-000000000000', value), 'canonical', ${hmac},
       'bench', 1, 'marketing', '', 'unsubscribe', 'import', value`;
  const known = db.prepare(`${insert('?')} from (select ? as value)`);
  for (let index = 0; index < KNOWN; index += 1) {
    known.run(keys.identify(addressOf(index)).canonical, index);
  }
  // 32 random bytes look to an index as an HMAC does.
  const unknown = db.prepare(
    `with recursive range(value) as (select ? union all select value + 1 from range where value < ?)
     ${insert('lower(hex(randomblob(32)))')} from range`,
  );
  for (let from = KNOWN; from < count; from += STEP) {
    unknown.run(from, Math.min(from + STEP, count) - 1);
  }
}

/** In the order of insertion, as uuidv7 is. */
function idOf(index: number): string {
  return `${index.toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`;
}
