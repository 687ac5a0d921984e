import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { postgres } from '../../../packages/core/src/postgres.ts';
import { databases, type TestDatabase } from '../../support/databases.ts';
import { startTcpRelay, type TcpRelay } from '../../support/tcp-relay.ts';
import type { Storm } from './storm.ts';

/** A database that a test can take away from the processes that use it, for a while. */
export interface BreakableDatabase {
  open(): Promise<TestDatabase>;
  /** Where the processes find it. */
  where(): TestDatabase['where'] | undefined;
  /** Breaks every connection; on SQLite somebody holds the only lock for so long. */
  cut(storm: Storm, ms: number): Promise<void>;
  /** No room on the disk for so long. */
  fill(storm: Storm, ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Makes one. */
export function makeBreakable(name: 'sqlite' | 'postgres'): BreakableDatabase {
  const { open } = databases.find((each) => each.name === name) ?? {};
  if (open === undefined) throw new Error(`There is no ${name}.`);
  return name === 'sqlite' ? breakableSqlite(open) : breakablePostgres(open);
}

function breakableSqlite(open: () => Promise<TestDatabase>): BreakableDatabase {
  return {
    open,
    where: () => undefined,
    cut: (storm, ms) => storm.patiently(() => storm.storage.unit(() => delay(ms))),
    async fill(storm, ms) {
      for (const each of storm.workers) each.tell({ say: 'disk', full: true });
      await delay(ms);
      for (const each of storm.workers) each.tell({ say: 'disk', full: false });
    },
    close: () => Promise.resolve(),
  };
}

function breakablePostgres(open: () => Promise<TestDatabase>): BreakableDatabase {
  let relay: TcpRelay | undefined;
  let through: readonly [string, string] | undefined;
  return {
    async open() {
      const database = await open();
      const [place, schema = ''] = database.where;
      const url = new URL(place);
      relay = await startTcpRelay(Number(url.port), { keep: false });
      url.port = String(relay.port);
      through = [url.href, schema];
      await prepareDisk(database);
      return database;
    },
    where: () => through,
    async cut(storm, ms) {
      // Half of the time the server ends the sessions, as when it is restarted.
      if (storm.random() < 0.5) return void (await endSessions(storm));
      relay?.cutAfter(0);
      await relay?.cut();
      await delay(ms);
      relay?.cutAfter(undefined);
    },
    async fill(storm, ms) {
      const disk = sql.table(`${storm.database.where[1]}.disk`);
      const set = (statement: 'insert' | 'delete') =>
        storm.patiently(() =>
          storm.storage.unit((tx) =>
            (statement === 'insert'
              ? sql`insert into ${disk} values (true)`
              : sql`delete from ${disk}`
            ).execute(tx),
          ),
        );
      await set('insert');
      await delay(ms);
      await set('delete');
    },
    close: async () => relay?.stop(),
  };
}

/** PostgreSQL's own error for a full disk (53100), for everybody who adds rows. */
async function prepareDisk({ where: [place, schema = ''] }: TestDatabase): Promise<void> {
  const storage = await postgres(place, { schema }).open();
  await storage.migrate('auto');
  await storage.unit(async (tx) => {
    const name = sql.raw(schema);
    await sql`create table ${name}.disk (is_full boolean)`.execute(tx);
    await sql`
      create function ${name}.need_room() returns trigger language plpgsql as $$
      begin
        if exists (select 1 from ${name}.disk) then
          raise exception 'could not extend file: No space left on device'
            using errcode = '53100';
        end if;
        return null;
      end $$`.execute(tx);
    for (const table of ['event', 'attempt', 'message']) {
      await sql`
        create trigger need_room before insert on ${name}.${sql.raw(table)}
        for each statement execute function ${name}.need_room()`.execute(tx);
    }
  });
  await storage.close();
}

async function endSessions({ storage, patiently }: Storm): Promise<void> {
  await patiently(() =>
    sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and random() < 0.5`.execute(
      storage.db,
    ),
  );
}
