import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, type TestDatabase } from '../../../../test/support/databases.ts';
import { postgresUrl } from '../../../../test/support/postgres-url.ts';
import type { Storage } from './database.ts';
import { toChannel } from './postgres-news.ts';

const { open } = databases.find(({ name }) => name === 'postgres') ?? databases[0] ?? {};

describe('news on PostgreSQL', () => {
  let database: TestDatabase;
  let here: Storage;
  let there: Storage;
  const heard: string[] = [];
  let hear: (topic: string) => void = () => {};
  beforeEach(async () => {
    if (open === undefined) throw new Error('There is no PostgreSQL to test on.');
    database = await open();
    here = await database.factory.open();
    there = await database.again().open();
    heard.length = 0;
  });
  afterEach(() => database.dispose());

  const listen = (storage: Storage, topic: string) =>
    storage.listen(topic, () => {
      heard.push(topic);
      hear(topic);
    });
  const next = () =>
    new Promise<string>((resolve) => {
      hear = resolve;
    });

  it('reaches the other processes, their own topics only, and not the one that told it', async () => {
    const first = next();
    const stops = [listen(there, 'a'), listen(here, 'a')];
    // Everybody hears once that it has begun to listen.
    await first;
    while (heard.length < 2) await next();
    heard.length = 0;
    const told = next();
    here.announce('b');
    here.announce('a');
    expect(await told).toBe('a');
    expect(heard).toEqual(['a']);
    for (const stop of stops) await stop();
  });

  it('listens again after its connection was cut, and looks for what it missed', async () => {
    const begun = next();
    const stop = listen(there, 'a');
    await begun;
    const admin = new pg.Client(postgresUrl());
    await admin.connect();
    const again = next();
    const query = `listen ${toChannel(database.where[1] ?? '', 'a')}`;
    const cut = await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where query = $1',
      [query],
    );
    expect(cut.rowCount).toBeGreaterThan(0);
    expect(await again).toBe('a');
    const told = next();
    here.announce('a');
    expect(await told).toBe('a');
    await stop();
    const left = await admin.query('select 1 from pg_stat_activity where query = $1', [query]);
    expect(left.rowCount).toBe(0);
    await admin.end();
  });

  it('loses what was announced to nobody, and closes in the middle of it', async () => {
    for (let count = 0; count < 100; count += 1) here.announce(`topic ${count % 3}`);
    await here.close();
    here.announce('late');
    const stop = there.listen('late', () => {});
    await stop();
  });
});
