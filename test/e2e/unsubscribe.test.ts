import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { databases } from '../support/databases.ts';
import { postgresUrl } from '../support/postgres-url.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';

const ALICE = 'alice@customer.example';
const DAY = 86_400_000;

describe.each(databases)('unsubscribe on $name', ({ open, name }) => {
  let world: WardenWorld;
  let sent = 0;

  beforeEach(async () => {
    world = await openWorld(open, { topics: { tips: 'Tips', receipts: 'Receipts' } });
  });
  afterEach(() => world.close());

  const send = (to = ALICE, topic = 'tips') => {
    sent += 1;
    world.clock.now += DAY;
    return world.agent().send({ to, topic, subject: `News ${sent}`, body: `Item ${sent}.` });
  };
  /** The link of a mail that went out and was received, as a mail client sees it. */
  const receiveLink = async (to = ALICE) => {
    await send(to);
    await world.warden.tick();
    const message = world.sink.messages.at(-1);
    const link = /<(https:[^>]+)>/.exec(message?.header('List-Unsubscribe') ?? '')?.[1] ?? '';
    expect(message?.part('text/plain')).toContain(link);
    world.sink.clear();
    return link;
  };
  const request = (link: string, init: RequestInit = {}) =>
    world.warden.handler(new Request(link, init));
  const oneClick = (link: string) =>
    request(link, { method: 'POST', body: new URLSearchParams('List-Unsubscribe=One-Click') });
  const unsubscribes = async () => {
    await world.warden.tick();
    return world.events.filter(({ type }) => type === 'recipient.unsubscribed');
  };
  const outcome = async (messageId = '') =>
    (await world.warden.reviewer('ops@acme.example').deliveries(messageId)).map(
      ({ state, code }) => `${state} ${code}`,
    );

  it('P1: one that commits between request and claim wins', async () => {
    const link = await receiveLink();
    const later = await send();
    expect(later.status).toBe('queued');
    expect((await oneClick(link)).status).toBe(200);
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(0);
    expect(await outcome(later.messageId)).toEqual(['blocked SUPPRESSED']);
  });

  it('P8: it covers every spelling, a second warden, and the next request', async () => {
    await oneClick(await receiveLink());
    const other = await world.another();
    const agent = other.agent('other', { mailboxes: ['support@acme.example'] });
    const result = await agent.send({
      to: 'Alice+offers@customer.example',
      subject: 'Offer',
      body: 'An offer.',
    });
    expect(result).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
    await other.tick();
    expect(world.sink.messages).toHaveLength(0);
  });

  it('P1: a link scanner that opens every link changes nothing', async () => {
    await send();
    await world.warden.tick();
    const mail = world.sink.messages[0]?.raw.toString('latin1').replaceAll('=\r\n', '') ?? '';
    const links = new Set(mail.match(/https:\/\/mail\.acme\.example\/u\/[\w-]+/g));
    expect(links.size).toBe(1);
    for (const link of links) {
      for (const method of ['HEAD', 'GET', 'GET']) {
        expect((await request(link, { method })).status).toBe(200);
      }
    }
    await send();
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(2);
    expect(await unsubscribes()).toEqual([]);
  });

  it('one-click is the same again when it is repeated', async () => {
    const link = await receiveLink();
    const answers = await Promise.all([oneClick(link), oneClick(link), oneClick(link)]);
    answers.push(await oneClick(link));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await unsubscribes()).toHaveLength(1);
  });

  it('a forged token does nothing', async () => {
    const link = await receiveLink();
    const flipped = link.endsWith('A') ? 'B' : 'A';
    const forged = [`${link.slice(0, -1)}${flipped}`, `${link}A`, link.toLowerCase()];
    for (const url of forged) {
      const response = await oneClick(url);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('TOKEN_INVALID');
    }
    await send();
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(1);
    expect(await unsubscribes()).toEqual([]);
  });

  it('the page stops one topic and leaves the other', async () => {
    const link = await receiveLink();
    await request(link, { method: 'POST', body: new URLSearchParams('scope=topic') });
    expect(await send(ALICE, 'tips')).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
    expect((await send(ALICE, 'receipts')).status).toBe('queued');
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(1);
  });

  it('stops one recipient of the same campaign and leaves the others', async () => {
    const link = await receiveLink();
    await send(ALICE);
    await send('bob@customer.example');
    await oneClick(link);
    await world.warden.tick();
    expect(world.sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([
      ['bob@customer.example'],
    ]);
  });

  // With one writer at a time there is no moment between two transactions to step through.
  describe.each(name === 'postgres' ? [name] : [])('stepped by hand on %s', () => {
    it('P1: a claim that waits behind an unsubscribe sends nothing', async () => {
      const link = await receiveLink();
      const { messageId } = await send();
      const { release, waiting } = await holdRecipients(world);
      const unsubscribed = oneClick(link);
      await waiting(1);
      const other = await world.another();
      const pass = other.tick();
      await waiting(2);
      await release();
      expect((await unsubscribed).status).toBe(200);
      await pass;
      expect(world.sink.messages).toHaveLength(0);
      expect(await outcome(messageId)).toEqual(['blocked SUPPRESSED']);
    });

    it('P1: a claim that waits behind a withdrawn consent sends nothing', async () => {
      const { messageId } = await send();
      const { release, waiting } = await holdRecipients(world);
      const withdrawn = world.warden.system().withdrawConsent(ALICE);
      await waiting(1);
      const other = await world.another();
      const pass = other.tick();
      await waiting(2);
      await release();
      await withdrawn;
      await pass;
      expect(world.sink.messages).toHaveLength(0);
      expect(await outcome(messageId)).toEqual(['blocked OPTED_OUT']);
    });

    it('P1: an unsubscribe answers only after the claim before it has committed', async () => {
      const link = await receiveLink();
      await send();
      const { release, waiting } = await holdRecipients(world);
      const other = await world.another();
      const pass = other.tick();
      await waiting(1);
      const unsubscribed = oneClick(link);
      await waiting(2);
      await release();
      await pass;
      expect((await unsubscribed).status).toBe(200);
      expect(world.sink.messages).toHaveLength(1);
      expect((await send()).status).toBe('blocked');
    });

    it('does not answer 200 when its transaction is killed, and works when repeated', async () => {
      const link = await receiveLink();
      const { release, waiting, killWaiting } = await holdRecipients(world);
      const unsubscribed = oneClick(link);
      await waiting(1);
      await killWaiting();
      const response = await unsubscribed;
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('60');
      await release();
      expect(await unsubscribes()).toEqual([]);
      expect((await oneClick(link)).status).toBe(200);
      expect(await unsubscribes()).toHaveLength(1);
    });
  });
});

/** Locks every recipient in a transaction that the test ends when it likes, and watches who waits. */
async function holdRecipients(world: WardenWorld) {
  const schema = world.database.where[1] ?? '';
  // Two connections: inside its transaction the holder would see who waits only once.
  const [holder, watcher] = await Promise.all([connect(), connect()]);
  await holder.query(`begin; select * from ${schema}.recipient_key for update`);
  const blocked = `wait_event_type = 'Lock' and query like '%${schema}%'`;
  return {
    async release() {
      await holder.query('commit');
      await Promise.all([holder.end(), watcher.end()]);
    },
    /** Until so many connections wait, one behind the other. */
    waiting: (count: number) =>
      vi.waitFor(async () => {
        const sql = `select pid from pg_stat_activity where ${blocked}`;
        expect((await watcher.query(sql)).rowCount).toBe(count);
      }),
    killWaiting: () =>
      watcher.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${blocked}`),
  };
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(postgresUrl());
  await client.connect();
  return client;
}
