import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileJournal, type Mailwarden } from '@mailwarden/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { dumpDatabase, findText } from '../support/dump-database.ts';
import { createMovingInbox } from '../support/moving-inbox.ts';
import { takeSnapshot } from '../support/snapshot.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const ALICE = 'alice@customer.example';
const BOB = 'bob@customer.example';
const HOUR = 3_600_000;

describe.each(databases)('a restored database on $name', ({ open }) => {
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
      .send({ to, subject: `News ${sent}`, body: `Item ${sent}.` });
  };
  const oneClick = async (warden: Mailwarden, link: string) =>
    await warden.handler(
      new Request(link, {
        method: 'POST',
        body: new URLSearchParams('List-Unsubscribe=One-Click'),
      }),
    );
  const receiveLink = async () => {
    await send(world.warden, ALICE);
    await world.warden.tick();
    const header = world.sink.messages.at(-1)?.header('List-Unsubscribe') ?? '';
    world.sink.clear();
    return /<(https:[^>]+)>/.exec(header)?.[1] ?? '';
  };

  it('P8: writes to nobody who unsubscribed after the copy was made', async () => {
    const link = await receiveLink();
    await send(world.warden, ALICE);
    await send(world.warden, BOB);
    await world.warden.stop();
    const restore = await takeSnapshot(world.database);
    const second = await start();
    expect((await oneClick(second, link)).status).toBe(200);
    await second.stop();
    await restore();

    const third = await start();
    expect(world.errors.map(({ code }) => code)).toContain('RESTORE_UNACKNOWLEDGED');
    expect(await third.system().check(ALICE)).toMatchObject({ marketing: false, other: true });
    await third.tick();
    expect(world.sink.messages).toHaveLength(0);
    await third.stop();

    // Started again, it still waits for somebody; what it had replayed, it replays to no effect.
    const fourth = await start();
    await fourth.tick();
    expect(world.sink.messages).toHaveLength(0);
    expect(await fourth.system().acknowledgeRestore()).toBe(true);
    expect(await fourth.system().acknowledgeRestore()).toBe(false);
    await fourth.tick();
    expect(world.sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([[BOB]]);
    expect(await send(fourth, ALICE)).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
  });

  it('P8: an address is never in the journal', async () => {
    await world.warden.system().suppress(ALICE, { note: `${ALICE} called` });
    await world.warden.reviewer('ops@acme.example').suppress('@rival.example');
    const text = await readFile(file, 'utf8');
    expect(text.trim().split('\n')).toHaveLength(2);
    expect(text).not.toMatch(/@|rival|alice/);
  });

  it('P8: repeats an erasure that came after the copy, though the person was erased before', async () => {
    const inbox = createMovingInbox();
    await world.close();
    world = await openWorld(open, {
      mailbox: { oversight: 'autonomous', inbox },
      suppressionJournal: fileJournal(file),
    });
    const stored = async () => findText(await dumpDatabase(world.database), ALICE);
    const reason = 'Request 17';
    await world.warden.system().erasePerson(ALICE, { reason });
    const text = `From: ${ALICE}\nTo: ${MARKETING}\nSubject: Me\n\nHello again.\n`;
    inbox.put(text, world.clock.now + HOUR);
    world.clock.now += HOUR;
    await world.warden.tick();
    expect(await stored()).not.toEqual([]);
    await world.warden.stop();
    const restore = await takeSnapshot(world.database);
    const second = await start();
    await second.system().erasePerson(ALICE, { reason });
    expect(await stored()).toEqual([]);
    await second.stop();
    // What the journal has of both is nothing new to the database that wrote it.
    await (await start()).stop();
    expect(world.errors).toEqual([]);
    await restore();
    expect(await stored()).not.toEqual([]);

    const third = await start();
    expect(world.errors.map(({ code }) => code)).toEqual(['RESTORE_UNACKNOWLEDGED']);
    await third.tick();
    expect(await stored()).toEqual([]);
    expect(await third.system().check(ALICE)).toMatchObject({ marketing: false, other: false });
    expect(await third.system().acknowledgeRestore()).toBe(true);
    await third.stop();
    await (await start()).tick();
    expect(world.errors).toHaveLength(1);
  });

  it('starts as usual when nothing was restored', async () => {
    await world.warden.system().suppress(ALICE);
    await send(world.warden, BOB);
    await world.warden.stop();
    const second = await start();
    await second.tick();
    expect(world.sink.messages).toHaveLength(1);
    expect(world.errors).toEqual([]);
  });

  it('starts as usual after a crash between the journal and the database', async () => {
    await world.warden.system().suppress(ALICE);
    await world.warden.stop();
    const restore = await takeSnapshot(world.database);
    const [line = ''] = (await readFile(file, 'utf8')).split('\n');
    await appendFile(file, line.slice(0, 90));
    await restore();
    const second = await start();
    await second.system().suppress(BOB);
    await second.stop();
    await start();
    expect(world.errors).toEqual([]);
  });

  it('refuses to start on a journal that was changed', async () => {
    await world.warden.system().suppress(ALICE);
    await world.warden.stop();
    await writeFile(file, (await readFile(file, 'utf8')).replace('"all"', '"one"'));
    await expect(start()).rejects.toThrow(expect.objectContaining({ code: 'JOURNAL_DAMAGED' }));
  });

  it('is paused when the journal is gone, and begins it anew', async () => {
    await world.warden.system().suppress(ALICE);
    await world.warden.stop();
    await rm(file);
    await start();
    expect(world.errors.map(({ code }) => code)).toEqual(['RESTORE_UNACKNOWLEDGED']);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
  });

  it('answers an unsubscribe with 503 until the journal can be written', async () => {
    const link = await receiveLink();
    const second = await world.another({
      suppressionJournal: fileJournal(join(directory, 'missing', 'suppressions.log')),
    });
    expect((await oneClick(second, link)).status).toBe(503);
    expect((await oneClick(second, link)).status).toBe(503);
    expect(await second.system().check(ALICE)).toMatchObject({ marketing: false });
    expect((await oneClick(world.warden, link)).status).toBe(200);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
  });

  it('is paused when mail waits and nothing has happened for longer than maxLateness', async () => {
    await send(world.warden, BOB);
    await world.warden.stop();
    world.clock.now += 24 * HOUR + 1;
    const late = await start();
    await late.tick();
    expect(world.sink.messages).toHaveLength(0);
    await late.system().acknowledgeRestore();
    await late.tick();
    expect(world.sink.messages).toHaveLength(1);
    await late.stop();
    world.clock.now += 100 * HOUR;
    await start();
    expect(world.errors).toHaveLength(1);
  });

  it('is not paused at exactly maxLateness', async () => {
    await send(world.warden, BOB);
    await world.warden.stop();
    world.clock.now += 24 * HOUR;
    await (await start()).tick();
    expect(world.sink.messages).toHaveLength(1);
  });
});
