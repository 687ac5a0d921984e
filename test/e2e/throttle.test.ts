import type { Mailwarden } from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { databases } from '../support/databases.ts';
import { type LocalDns, startLocalDns } from '../support/local-dns.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const MANY = { sendsPerRun: 10_000, sendsPerDay: 10_000, firstContactsPerDay: 10_000 };

describe.each(databases)('a throttle on $name', ({ open }) => {
  let world: WardenWorld;
  let server: ScriptedSmtpServer | undefined;
  let dns: LocalDns | undefined;
  afterEach(async () => {
    await world.close();
    await server?.close();
    await dns?.close();
    [server, dns] = [undefined, undefined];
  });

  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, { budgets: MANY, ...options });
    return world;
  };
  const send = async (to: readonly string[], mailbox = MARKETING) => {
    const agent = world.agent('bot', { mailboxes: [mailbox], run: 'r' });
    const sent = await agent.send({ to: [...to], subject: 'News', body: 'Hello' });
    expect(sent.messages.map(({ status }) => status)).toEqual(to.map(() => 'queued'));
  };
  const people = (count: number, domain: string) =>
    Array.from({ length: count }, (_, index) => `${domain[6]}${index}@${domain}`);
  const sentTo = () => world.sink.messages.flatMap(({ envelope }) => envelope.rcptTo);
  const toDomain = (domain: string) => sentTo().filter((to) => to.endsWith(`@${domain}`)).length;
  const tickAll = (...wardens: readonly Mailwarden[]) =>
    Promise.all(wardens.map((warden) => warden.tick()));

  it('lets a burst out, then each in its turn, without an attempt or a look in between', async () => {
    const { warden, clock, events } = await start({
      dispatch: { throttle: { domain: { each: { max: 1, per: 60_000, burst: 2 } } } },
    });
    await send(people(5, 'slow.example'));
    const begin = clock.now;
    await warden.tick();
    expect(sentTo()).toHaveLength(2);
    const waiting = (await warden.system().deliveries()).filter(({ state }) => state !== 'sent');
    expect(waiting).toMatchObject(
      Array.from({ length: 3 }, () => ({ state: 'deferred', code: 'THROTTLED', attempts: 0 })),
    );
    clock.now = begin + 59_999;
    expect(await warden.tick()).toMatchObject({ claimed: 0 });
    for (const [minute, total] of [
      [1, 3],
      [2, 4],
      [3, 5],
    ] as const) {
      clock.now = begin + minute * 60_000;
      await warden.tick();
      expect(sentTo()).toHaveLength(total);
    }
    // Each was put off once.
    const deferred = events.filter(({ type }) => type === 'delivery.deferred');
    expect(deferred.map(({ data }) => data)).toEqual(
      [1, 2, 3].map(() => expect.objectContaining({ code: 'THROTTLED', scope: 'domain' })),
    );
  });

  it('of one domain keeps no other waiting, however much stands in front', async () => {
    const { warden } = await start({
      dispatch: {
        concurrency: 2,
        throttle: { domain: { only: { 'slow.example': { max: 1, per: 3_600_000 } } } },
      },
    });
    await send(people(20, 'slow.example'));
    await send(people(3, 'other.example'));
    await warden.tick();
    expect([toDomain('slow.example'), toDomain('other.example')]).toEqual([1, 3]);
    expect(await warden.system().accounting()).toMatchObject({ sent: 4, deferred: 19 });
  });

  it('is shared by all workers and mailboxes, and each mailbox has its own', async () => {
    const { warden, another, clock } = await start({
      dispatch: {
        throttle: {
          mailbox: { only: { [SUPPORT]: { max: 1, per: 60_000, burst: 1 } } },
          provider: { only: { gmail: { max: 5, per: 60_000, burst: 5 } } },
        },
      },
    });
    const second = await another();
    await send(people(4, 'gmail.com'));
    await send(people(4, 'googlemail.com'));
    await send(people(3, 'example.com'), SUPPORT);
    await tickAll(warden, second);
    expect([toDomain('gmail.com') + toDomain('googlemail.com'), toDomain('example.com')]).toEqual([
      5 - 1,
      1,
    ]);
    clock.now += 12_000;
    await tickAll(warden, second);
    expect(toDomain('gmail.com') + toDomain('googlemail.com')).toBe(5);
  });

  it('lets a letter in before the newsletters that wait', async () => {
    const { warden, clock } = await start({
      internalDomains: ['people.example'],
      dispatch: { throttle: { domain: { each: { max: 1, per: 1_000, burst: 4 } } } },
    });
    await send(people(9, 'shop.example'));
    await warden.tick();
    expect(sentTo()).toHaveLength(3);
    const storage = await world.database.again().open();
    await storage.unit(async (tx) => {
      // As an answer to somebody there.
      await tx
        .updateTable('delivery')
        .set({ category: 'conversational', due_at: clock.now, state: 'queued', reason_code: 'X' })
        .where('recipient', '=', 'x8@shop.example')
        .execute();
    });
    await storage.close();
    await warden.tick();
    const [letter] = (await warden.system().deliveries()).filter(
      ({ recipient }) => recipient === 'x8@shop.example',
    );
    expect(letter?.code).not.toBe('THROTTLED');
  });

  it('P7: never has more of one provider in flight than it may', async () => {
    let most = 0;
    let inFlight = 0;
    const { sink } = await start();
    const real = smtp(sink.url);
    const warden = await world.another({
      mailbox: {
        transport: {
          ...real,
          async send(envelope, raw) {
            inFlight += 1;
            most = Math.max(most, inFlight);
            const result = await real.send(envelope, raw);
            inFlight -= 1;
            return result;
          },
        },
      },
      dispatch: { pollInterval: 5, throttle: { provider: { only: { gmail: { atOnce: 2 } } } } },
    });
    const to = people(9, 'gmail.com');
    await warden.agent('bot', { mailboxes: [MARKETING], run: 'r' }).send({
      ...{ to, subject: 'News', body: 'Hello' },
    });
    await expect
      .poll(
        async () => {
          await warden.tick();
          world.clock.now += 200;
          return sentTo().length;
        },
        { timeout: 30_000 },
      )
      .toBe(9);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('slows a provider down for everybody when it says "too fast", and only it', async () => {
    let angry = true;
    server = await startScriptedSmtpServer({
      rcpt: ({ recipient }) =>
        angry && recipient.endsWith('@gmail.com')
          ? '421 4.7.28 Unusual rate of mail, please try again later'
          : undefined,
    });
    const { warden, another, clock, events } = await start({ smtpUrl: server.url });
    const accepted = (domain: string) =>
      server?.accepted.flatMap(({ rcptTo }) => rcptTo).filter((to) => to.endsWith(domain)).length;
    const second = await another();
    await send(['p0@gmail.com']);
    await warden.tick();
    expect(events.filter(({ type }) => type === 'throttle.slowed')).toMatchObject([
      { data: { scope: 'provider', level: 1, interval: 6_000 } },
    ]);
    angry = false;
    await send([...people(4, 'googlemail.com'), ...people(4, 'other.example')]);
    await second.tick();
    expect([accepted('googlemail.com'), accepted('other.example')]).toEqual([0, 4]);
    clock.now += 6_000;
    await second.tick();
    expect(accepted('googlemail.com')).toBe(1);
    clock.now += 30 * 60_000;
    await second.tick();
    expect(accepted('googlemail.com')).toBe(4);
    expect(accepted('gmail.com')).toBe(1);
  });

  it('counts domains with one MX together, asks once for all workers, and outside a unit', async () => {
    dns = await startLocalDns({
      'one.example': ['aspmx.l.google.com'],
      'two.example': ['alt1.aspmx.l.google.com', 'mx.other.example'],
      'own.example': ['mx.own.example'],
    });
    const { warden, another, clock } = await start({
      dispatch: {
        throttle: {
          resolveMx: dns.resolveMx,
          provider: { each: { max: 1, per: 60_000, burst: 1 } },
        },
      },
    });
    const domains = ['one.example', 'two.example', 'own.example', 'none.example', 'gmail.com'];
    await send(domains.map((domain) => `ana@${domain}`));
    await warden.tick();
    // Nobody is asked about Gmail, so it came first, and the others of Google wait.
    expect(sentTo().sort()).toEqual(['ana@gmail.com', 'ana@none.example', 'ana@own.example']);
    expect([...dns.asked].sort()).toEqual([
      'none.example',
      'one.example',
      'own.example',
      'two.example',
    ]);
    const second = await another();
    await send(['ben@own.example']);
    clock.now += 60_000;
    await second.tick();
    expect(dns.asked).toHaveLength(4);
    expect(toDomain('own.example')).toBe(2);
    // A day later the answer is old.
    clock.now += 86_400_000;
    await send(['eve@own.example']);
    await second.tick();
    expect(dns.asked.slice(4)).toContain('own.example');
  });

  it('what may go out does not wait for a name server', async () => {
    let isFirst = false;
    const resolveMx = async () => {
      await vi.waitFor(() => expect(sentTo()).toEqual(['ana@gmail.com']), { timeout: 2_500 });
      isFirst = true;
      return [];
    };
    const { warden } = await start({ dispatch: { throttle: { resolveMx } } });
    await send(['ana@one.example', 'ana@gmail.com']);
    await warden.tick();
    expect(isFirst).toBe(true);
    expect(sentTo()).toEqual(['ana@gmail.com', 'ana@one.example']);
  });

  it('goes on when no name server answers', async () => {
    const { warden, errors } = await start({
      dispatch: { throttle: { resolveMx: () => Promise.reject(new Error('SERVFAIL')) } },
    });
    await send(['ana@one.example']);
    await warden.tick();
    expect(sentTo()).toEqual(['ana@one.example']);
    expect(errors).toEqual([]);
  });

  it('forgets what says nothing any more', async () => {
    const { warden, clock } = await start({
      dispatch: { throttle: { domain: { each: { max: 1 } } } },
    });
    await send(people(2, 'a.example'));
    await warden.tick();
    const storage = await world.database.again().open();
    const rows = () => storage.db.selectFrom('throttle').select('bucket').execute();
    expect(await rows()).toEqual([{ bucket: 'domain:a.example' }]);
    clock.now += 2 * 3_600_000;
    await warden.tick();
    clock.now += 2 * 3_600_000;
    await warden.tick();
    expect(await rows()).toEqual([]);
    await storage.close();
  });
});
