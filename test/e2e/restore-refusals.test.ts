import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileJournal, type Mailwarden } from '@mailwarden/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { takeSnapshot } from '../support/snapshot.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const BEN = 'ben@customer.example';
const CLEO = 'cleo@customer.example';
const DAY = 86_400_000;

describe.each(databases)('refusals in a restored database on $name', ({ open }) => {
  let world: WardenWorld;
  let directory: string;
  let file: string;
  let sent = 0;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mailwarden-journal-'));
    file = join(directory, 'suppressions.log');
    world = await openWorld(open, { suppressionJournal: fileJournal(file) });
  });
  afterEach(async () => {
    await world.close();
    await rm(directory, { recursive: true, force: true });
  });

  const start = () => world.another({ suppressionJournal: fileJournal(file) });
  const send = (warden: Mailwarden, to: string) => {
    sent += 1;
    return warden
      .agent('bot', { mailboxes: [MARKETING] })
      .send({ to, subject: `News ${sent}`, body: `Item ${sent}.`, topic: 'offers' });
  };
  /** What `change` does happens after the copy that is put back. */
  const forget = async (change: (warden: Mailwarden) => Promise<unknown>): Promise<Mailwarden> => {
    await world.warden.stop();
    const restore = await takeSnapshot(world.database);
    const second = await start();
    await change(second);
    await second.stop();
    await restore();
    return await start();
  };
  const lines = async () => (await readFile(file, 'utf8')).trim().split('\n');

  it('P8: writes to nobody who declined, paused or withdrew after the copy was made', async () => {
    const until = world.clock.now + 90 * DAY;
    for (const to of [ANA, BEN, CLEO]) await send(world.warden, to);
    const third = await forget(async (warden) => {
      await warden.system().setPreferences(ANA, { topics: { offers: false } });
      await warden.system().withdrawConsent(BEN, {});
      await warden.agent('bot', { mailboxes: [MARKETING] }).limitContact({
        ...{ address: CLEO, pauseUntil: until, maximum: { count: 1, days: 30 } },
      });
    });
    await third.tick();
    expect(world.sink.messages).toHaveLength(0);
    expect(await third.system().acknowledgeRestore()).toBe(true);
    expect(await send(third, ANA)).toMatchObject({ status: 'blocked', code: 'TOPIC_DECLINED' });
    expect(await send(third, BEN)).toMatchObject({ status: 'blocked', code: 'OPTED_OUT' });
    await third.tick();
    expect(world.sink.messages).toHaveLength(0);
    expect(await third.system().preferences(CLEO, 'acme')).toEqual({
      ...{ declinedTopics: [], pausedUntil: until, maxima: [{ count: 1, days: 30 }] },
    });
    expect(await readFile(file, 'utf8')).not.toMatch(/@|customer|cleo/);
    await third.stop();

    // What it has seen once is nothing new.
    const fourth = await start();
    expect(await fourth.system().acknowledgeRestore()).toBe(false);
  });

  it('P8: adds what was refused to what holds, and loosens nothing', async () => {
    const until = world.clock.now + 90 * DAY;
    const system = world.warden.system();
    await system.setPreferences(ANA, {
      ...{ topics: { tips: false }, pauseUntil: until, maximum: { count: 2, days: 7 } },
    });
    const third = await forget(async (warden) => {
      const later = warden.system();
      await later.setPreferences(ANA, { topics: { offers: false, tips: true } });
      await later.setPreferences(ANA, { pauseUntil: null, maximum: { count: 1, days: 1 } });
    });
    expect(await third.system().preferences(ANA, 'acme')).toEqual({
      declinedTopics: ['offers', 'tips'],
      pausedUntil: until,
      maxima: [{ count: 1, days: 7 }],
    });
  });

  it('P8: a topic that is wanted again stays wanted where nothing was restored', async () => {
    const system = world.warden.system();
    await system.setPreferences(ANA, { topics: { offers: false } });
    await system.setPreferences(ANA, { topics: { offers: true } });
    await system.withdrawConsent(BEN, {});
    await world.warden.stop();
    const second = await start();
    expect(world.errors).toEqual([]);
    expect(await second.system().preferences(ANA)).toEqual({ declinedTopics: [], maxima: [] });
    expect(await lines()).toHaveLength(2);
  });

  it('P8: a journal that comes later, or begins anew, has what was refused before it', async () => {
    await world.close();
    world = await openWorld(open);
    await world.warden.system().setPreferences(ANA, { topics: { offers: false } });
    await world.warden.system().withdrawConsent(BEN, {});
    await world.warden.stop();
    await (await start()).stop();
    expect(await lines()).toHaveLength(2);
    await rm(file);
    const second = await start();
    expect(world.errors.map(({ code }) => code)).toEqual(['RESTORE_UNACKNOWLEDGED']);
    expect(await lines()).toHaveLength(2);
    await second.system().acknowledgeRestore();
    await second.stop();
    await start();
    expect(await lines()).toHaveLength(2);
  });

  it('answers a choice on the preference page with 503 until the journal can be written', async () => {
    await send(world.warden, ANA);
    await world.warden.tick();
    const header = world.sink.messages.at(-1)?.header('List-Unsubscribe') ?? '';
    const link = /<(https:[^>]+)>/.exec(header)?.[1] ?? '';
    const second = await world.another({
      suppressionJournal: fileJournal(join(directory, 'missing', 'suppressions.log')),
    });
    const form = 'scope=preferences&shown=offers&maximum=&pause=';
    const post = (warden: Mailwarden) =>
      warden.handler(new Request(link, { method: 'POST', body: new URLSearchParams(form) }));
    expect((await post(second)).status).toBe(503);
    expect((await post(second)).status).toBe(503);
    expect((await post(world.warden)).status).toBe(200);
    expect(await lines()).toHaveLength(1);
  });
});
