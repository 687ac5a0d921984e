import { smtp } from '@mailwarden/core/smtp';
import {
  type ScriptedSmtpServer,
  type SmtpScript,
  startScriptedSmtpServer,
} from '@mailwarden/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';
import { startWorker, type WorkerOrder, type WorkerProcess } from './start-worker.ts';
import { openStored, type Stored } from './stored.ts';

const LEASE = 500;
const MAIL = { to: 'ana@example.com', subject: 'Step 1', body: 'Hello Ana' };

describe.each(databases)('a worker that is killed on $name', ({ open }) => {
  let world: WardenWorld;
  let server: ScriptedSmtpServer;
  let stored: Stored;
  let worker: WorkerProcess | undefined;

  const start = async (script: SmtpScript, options: WorldOptions = {}) => {
    server = await startScriptedSmtpServer(script);
    world = await openWorld(open, {
      smtpUrl: server.url,
      dispatch: { lease: LEASE },
      ...options,
    });
    stored = await openStored(world.database);
    return world;
  };
  const work = (order: Partial<WorkerOrder> = {}): WorkerProcess => {
    const { where } = world.database;
    worker = startWorker({ where, smtpUrl: server.url, lease: LEASE, mailbox: {}, ...order });
    return worker;
  };
  /** Passes of a second warden until the first one's lease has run out on the database's clock. */
  const tickUntil = (state: string) =>
    expect
      .poll(
        async () => {
          await world.warden.tick();
          return (await stored.deliveries()).map((delivery) => delivery.state);
        },
        { timeout: 10_000, interval: 50 },
      )
      .toEqual([state]);

  afterEach(async () => {
    await worker?.kill();
    worker = undefined;
    await world.close();
    await server.close();
  });

  it('P6: between the final dot and the answer: it ends unknown and is never sent again', async () => {
    const { agent, warden, clock } = await start({ dot: { act: 'stall' } });
    const sent = await agent().send({ ...MAIL, idempotencyKey: 's1' });
    const victim = work();
    await server.waitFor(({ received }) => received.length === 1);
    await victim.kill();
    expect(await stored.deliveries()).toMatchObject([{ state: 'sending' }]);
    await tickUntil('unknown');

    clock.now += 7 * 86_400_000;
    await warden.tick();
    await warden.tick();
    expect(server.received.length).toBe(1);
    expect(server.accepted.length).toBe(0);
    expect(await warden.system().accounting()).toEqual({
      ...{ candidates: 1, pending: 0, held: 0, deferred: 0, sent: 0 },
      ...{ blocked: 0, failed: 0, unknown: 1, stopped: 0 },
    });
    expect(await stored.deliveries()).toMatchObject([
      { code: 'WORKER_LOST', reason: expect.stringMatching(/may have the message/), fence: 1 },
    ]);
    expect(await stored.attempts()).toEqual([{ number: 1, outcome: null, phase: null }]);
    // Whoever looks into the server's log knows what to look for.
    const [unknown] = await warden.reviewer('ops').deliveries(sent.messageId ?? '');
    const [, id] = /^Message-ID: <([^>]+)>/im.exec(String(server.received[0]?.raw)) ?? [];
    expect(unknown?.lastAttempt).toEqual({
      ...{ number: 1, startedAt: expect.any(Number), host: '127.0.0.1', internetMessageId: id },
    });
    // The agent that repeats itself is told, and nothing more goes out.
    const again = await agent().send({ ...MAIL, idempotencyKey: 's1' });
    expect(again).toMatchObject({ status: 'duplicate', messageId: sent.messageId });
    expect(again.reason).toContain('unknown');
  });

  it('P6: before the answer to RCPT: nobody knows that either, so it ends unknown', async () => {
    const { agent, warden } = await start({ rcpt: { act: 'stall' } });
    await agent().send(MAIL);
    const victim = work();
    await server.waitFor(({ commands }) => commands.some((line) => line.startsWith('RCPT')));
    await victim.kill();
    await tickUntil('unknown');
    await warden.tick();
    expect(server.received.length).toBe(0);
    expect(await stored.attempts()).toEqual([{ number: 1, outcome: null, phase: null }]);
    const [delivery] = await warden.system().deliveries();
    await warden.reviewer('ops').resolveUnknown(delivery?.id ?? '', 'failed', 'Not in their log.');
    expect(await warden.system().accounting()).toMatchObject({ candidates: 1, failed: 1 });
  });

  it('P6, P7: between claim and sending: it goes out exactly once, and takes one place of the limit', async () => {
    const mailbox = { dailyLimit: 1 };
    const { agent, warden } = await start({}, { mailbox });
    await agent().send(MAIL);
    const victim = work({ until: 'claimed', mailbox });
    expect(await victim.said()).toBe('claimed');
    await victim.kill();
    expect(await stored.deliveries()).toMatchObject([{ state: 'claimed', fence: 1 }]);
    expect(server.connections).toBe(0);
    await tickUntil('sent');
    await warden.tick();
    expect(server.accepted.length).toBe(1);
    expect(await stored.deliveries()).toMatchObject([{ fence: 2 }]);
    expect(await stored.attempts()).toMatchObject([{ number: 1, outcome: 'sent' }]);
    expect(await stored.wireReservations()).toBe(1);
    expect(await warden.system().accounting()).toMatchObject({ candidates: 1, sent: 1 });
  });

  /** A worker of its own whose answers wait; the lease runs out meanwhile. */
  async function lateAnswer(script: SmtpScript): Promise<void> {
    const { promise: hold, resolve: release } = Promise.withResolvers<void>();
    await start(script);
    const inner = smtp(server.url);
    const slow = await world.another({
      mailbox: {
        transport: {
          maxConnections: inner.maxConnections,
          verify: () => inner.verify(),
          close: () => inner.close(),
          async send(envelope, raw) {
            const result = await inner.send(envelope, raw);
            await hold;
            return result;
          },
        },
      },
    });
    await world.agent().send(MAIL);
    const pass = slow.tick();
    await server.waitFor(({ received }) => received.length === 1);
    await tickUntil('unknown');
    release();
    await pass;
  }

  it('records its own answer however late it comes: unknown becomes sent', async () => {
    await lateAnswer({});
    expect(await stored.deliveries()).toMatchObject([{ state: 'sent', code: 'SENT' }]);
    expect(await stored.attempts()).toMatchObject([{ number: 1, outcome: 'sent', phase: 'done' }]);
    await world.warden.tick();
    expect(server.received.length).toBe(1);
    expect(server.accepted.length).toBe(1);
    expect(await world.warden.system().accounting()).toMatchObject({ candidates: 1, sent: 1 });
  });

  it('a no that comes late says that it did not arrive, and nothing is tried again', async () => {
    await lateAnswer({ dot: '451 4.3.0 Try again later' });
    expect(await stored.deliveries()).toMatchObject([
      { state: 'failed', reason: expect.stringMatching(/too late to try it again/) },
    ]);
    expect(await stored.attempts()).toMatchObject([{ number: 1, outcome: 'transient' }]);
    await world.warden.tick();
    expect(server.received.length).toBe(1);
    expect(await world.warden.system().accounting()).toMatchObject({ candidates: 1, failed: 1 });
  });
});
