import type { SuppressionEntry, SuppressionNotice } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import {
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const ALICE = 'alice@customer.example';
const HOUR = 3_600_000;

describe.each(databases)('suppression on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  const openWith = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return world;
  };
  const send = (to: string) => world.agent().send({ to, subject: 'News', body: `For ${to}.` });

  it('P1: a domain that is suppressed between request and claim gets nothing', async () => {
    const { warden, sink } = await openWith();
    const queued = await send('ann@eu.rival.example');
    expect(queued.status).toBe('queued');
    await send(ALICE);
    await warden.reviewer('ops').suppress('@rival.example');
    await warden.tick();
    expect(sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([[ALICE]]);
    expect(await send('Ben@rival.example')).toMatchObject({ code: 'SUPPRESSED' });
    expect((await send('ben@notrival.example')).status).toBe('queued');
  });

  it('check says what stands against an address', async () => {
    const { warden } = await openWith({ topics: { tips: 'Tips', offers: 'Offers' } });
    const reviewer = warden.reviewer('ops');
    await reviewer.suppress(ALICE, { scope: 'topic:tips', senderId: 'acme' });
    expect(await reviewer.check(ALICE, { topic: 'offers' })).toMatchObject({
      marketing: true,
      other: true,
    });
    expect(await reviewer.check(ALICE, { mailbox: SUPPORT, topic: 'tips' })).toMatchObject({
      marketing: false,
      other: true,
      suppressions: [{ scope: 'topic:tips', senderId: 'acme', reason: 'manual' }],
    });
    await reviewer.suppress('@customer.example', { reason: 'legal' });
    const answer = await warden.system().check(ALICE);
    expect(answer).toMatchObject({ marketing: false, other: false });
    expect(answer.suppressions.map(({ wholeDomain }) => wholeDomain)).toEqual([false, true]);
  });

  it('P3: an agent suppresses no domain and has no way to lift or import', async () => {
    await openWith();
    const agent = world.agent();
    expect(await agent.suppress({ address: '@customer.example' })).toMatchObject({
      status: 'invalid',
      code: 'ADDRESS_INVALID',
    });
    const handle: object = agent;
    for (const name of [
      'liftSuppression',
      'liftProvisional',
      'decideStopRequest',
      'importSuppressions',
      'acknowledgeRestore',
      'check',
    ]) {
      expect(name in handle).toBe(false);
    }
  });

  it('P3: a reviewer lifts a manual domain, and no unsubscribe without a proven opt-in', async () => {
    const { warden } = await openWith();
    const reviewer = warden.reviewer('ops');
    await reviewer.suppress('@customer.example');
    await reviewer.suppress(ALICE, { reason: 'unsubscribe', scope: 'marketing' });
    await reviewer.liftSuppression('@customer.example', 'a customer again');
    await expect(reviewer.liftSuppression(ALICE, 'says so on the phone')).rejects.toThrow(
      expect.objectContaining({ code: 'LIFT_NOT_ALLOWED' }),
    );
    expect(await reviewer.check(ALICE)).toMatchObject({ marketing: false, other: true });
  });

  it('P2: marketing waits for a source that was never read, and goes out when it has been', async () => {
    let answers = false;
    const list: SuppressionEntry[] = [{ address: 'ann@customer.example', reason: 'complaint' }];
    const source = {
      name: 'crm',
      maxAge: HOUR,
      pull: () => {
        if (!answers) throw new Error('the CRM is down');
        return list;
      },
    };
    const { warden, sink, clock } = await openWith({ suppressionSources: [source] });
    const reviewer = warden.reviewer('ops');
    const held = await send(ALICE);
    await send('ann@customer.example');
    expect(held).toMatchObject({ status: 'held', code: 'SUPPRESSION_SOURCE_STALE' });
    expect(await reviewer.check(ALICE)).toMatchObject({ marketing: false, staleSources: ['crm'] });
    expect(await reviewer.decide(held.messageId ?? '', 'approve')).toMatchObject({
      state: 'held',
      code: 'SUPPRESSION_SOURCE_STALE',
    });
    await warden.tick();
    clock.now += HOUR;
    await warden.tick();
    expect(sink.messages).toHaveLength(0);
    expect(world.errors.length).toBeGreaterThan(0);
    answers = true;
    clock.now += HOUR;
    await warden.tick();
    expect(sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([[ALICE]]);
    // Fresh is fresh for an hour, at exactly an hour too; it is read again at half of that.
    answers = false;
    clock.now += HOUR;
    expect((await send('cy@customer.example')).status).toBe('queued');
    clock.now += 1;
    await warden.tick();
    expect(sink.messages).toHaveLength(1);
    answers = true;
    clock.now += HOUR;
    await warden.tick();
    expect(sink.messages).toHaveLength(2);
  });

  it('who is no longer on the list of a source stays suppressed', async () => {
    const list: SuppressionEntry[] = [{ address: ALICE }];
    const source = { name: 'crm', maxAge: HOUR, pull: () => list };
    const { warden, clock } = await openWith({ suppressionSources: [source] });
    await warden.tick();
    list.length = 0;
    clock.now += 2 * HOUR;
    await warden.tick();
    expect(await warden.system().check(ALICE)).toMatchObject({
      marketing: false,
      staleSources: [],
    });
  });

  it('tells of new suppressions until it is heard, and not of imported ones', async () => {
    const told: SuppressionNotice[] = [];
    let down = true;
    const { warden } = await openWith({
      onSuppress: (notice) => {
        if (down) throw new Error('the CRM is down');
        told.push(notice);
      },
    });
    await send(ALICE);
    await warden.system().suppress(ALICE, { scope: 'marketing', reason: 'unsubscribe' });
    await warden.system().importSuppressions('email,created\nann@customer.example,1\n');
    await warden.tick().catch(() => {});
    down = false;
    await warden.tick();
    expect(told).toMatchObject([
      { scope: 'marketing', reason: 'unsubscribe', match: 'canonical', addresses: [ALICE] },
    ]);
  });
});
