import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ContextWorld,
  type GivenSent,
  openContextWorld,
  type SentMessage,
} from '../../../../../test/support/context-world.ts';
import { databases } from '../../../../../test/support/databases.ts';
import { deliveryReport, type GivenReport } from '../../../../../test/support/report-mail.ts';
import { parseAddress } from '../../identity/address.ts';
import { checkSuppression } from '../../suppression/check-suppression.ts';
import { liftProvisional } from '../../suppression/lift-provisional.ts';
import { suppress } from '../../suppression/suppress.ts';
import { importEntries } from '../../suppression/transfer/import-entries.ts';
import { ingestRaw } from '../ingest-raw.ts';

const DAY = 86_400_000;
const GONE = [{ address: 'ana@example.com' }];
const FULL = [
  { address: 'ana@example.com', status: '5.2.2', diagnostic: '552 5.2.2 Mailbox is full' },
];

describe.each(databases)('a delivery report on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const db = () => world.ctx.storage.db;
  async function report(
    about: SentMessage | string,
    recipients: GivenReport['recipients'] = GONE,
    receivedAt = world.clock.now,
  ) {
    const id = typeof about === 'string' ? about : about.internetMessageId;
    const raw = deliveryReport({ about: id, recipients });
    await ingestRaw(world.ctx, 'support@acme.example', raw, { receivedAt });
  }
  const delivery = ({ deliveryId }: SentMessage) =>
    db().selectFrom('delivery').selectAll().where('id', '=', deliveryId).executeTakeFirstOrThrow();
  const reasons = async (address: string) =>
    (await checkSuppression(world.ctx, address)).suppressions.map(
      ({ reason, scope }) => `${reason} ${scope}`,
    );
  const events = async (prefix: RegExp) =>
    (await db().selectFrom('event').selectAll().orderBy('seq').execute())
      .filter(({ type }) => prefix.test(type))
      .map(({ type, data }) => {
        const told = JSON.parse(data) as Readonly<Record<string, unknown>>;
        return { ...told, type, why: told.why };
      });
  /** Adds a recipient to a message that was sent. */
  async function also(sent: SentMessage, to: string): Promise<SentMessage> {
    const other = await world.insertSent({ to });
    const { id } = sent;
    await world.ctx.storage.unit((tx) =>
      tx
        .updateTable('delivery')
        .set({ message_id: id })
        .where('id', '=', other.deliveryId)
        .execute(),
    );
    return other;
  }
  const sentAt = (at: number, given: GivenSent = {}) =>
    world.insertSent({
      ...given,
      delivery: { sent_at: at, first_attempt_at: at, ...given.delivery },
    });

  test('suppresses the address that we wrote to, as it was written, once', async () => {
    const sent = await world.insertSent({ to: 'Ana+news@example.com' });
    await report(sent, [{ address: 'ana+news@example.com' }]);
    expect(await reasons('Ana+news@example.com')).toEqual(['hard_bounce all']);
    expect(await reasons('ana@example.com')).toEqual([]);
    expect(await delivery(sent)).toMatchObject({
      state: 'sent',
      bounced_at: world.clock.now,
      failure_code: 'user_unknown',
    });
    world.clock.now += DAY;
    await report(sent, [{ address: 'ana+news@example.com' }]);
    const [bounced, ...more] = await events(/^delivery\./);
    expect(more).toEqual([]);
    expect(bounced).toMatchObject({
      type: 'delivery.bounced',
      code: 'USER_UNKNOWN',
      family: 'address',
      permanent: true,
      status: '5.1.1',
    });
    expect((await delivery(sent)).bounced_at).toBe(world.clock.now - DAY);
  });

  test('a lifted suppression does not come back with the same bounce', async () => {
    const sent = await world.insertSent();
    await report(sent);
    await world.ctx.storage.unit((tx) =>
      tx.updateTable('suppression').set({ lifted_at: 1 }).execute(),
    );
    await report(sent);
    expect(await reasons('ana@example.com')).toEqual([]);
  });

  test('after forwarding it is about whom we wrote to, not about whom it names', async () => {
    const sent = await world.insertSent();
    await report(sent, [{ address: 'private@elsewhere.example' }]);
    expect(await reasons('ana@example.com')).toEqual(['hard_bounce all']);
    expect(await reasons('private@elsewhere.example')).toEqual([]);
  });

  test('what was passed on to several is lost only when all of them lost it', async () => {
    const sent = await world.insertSent();
    const one = { address: 'one@elsewhere.example' };
    await report(sent, [one, { address: 'two@elsewhere.example', action: 'delivered' }]);
    expect(await reasons('ana@example.com')).toEqual([]);
    const other = await world.insertSent({ to: 'bob@example.com' });
    const full = { ...FULL[0], address: 'two@elsewhere.example' };
    await report(other, [one, full]);
    expect(await reasons('bob@example.com')).toEqual([]);
    expect((await delivery(other)).failure_code).toBe('mailbox_full');
  });

  test('of several recipients it has to name one of ours', async () => {
    const sent = await world.insertSent();
    const bob = await also(sent, 'bob@example.com');
    await report(sent, [{ address: 'mallory@example.com' }]);
    expect(await reasons('ana@example.com')).toEqual([]);
    await report(sent, [{ address: 'Bob+x@example.com' }]);
    expect(await reasons('bob@example.com')).toEqual(['hard_bounce all']);
    expect(await reasons('ana@example.com')).toEqual([]);
    expect((await delivery(bob)).bounced_at).toBe(world.clock.now);
    expect(await events(/^report\./)).toMatchObject([{ why: 'recipient_unknown' }]);
  });

  test('forged, old or about mail that never left: an event and nothing else', async () => {
    const queued = await world.insertSent({
      to: 'bob@example.com',
      delivery: { state: 'held', sent_at: null },
    });
    await report('guess@acme.example');
    await report(queued, [{ address: 'bob@example.com' }]);
    world.clock.now += 30 * DAY + 1;
    const old = await sentAt(world.clock.now - 30 * DAY - 1, { to: 'cy@example.com' });
    await report(old, [{ address: 'cy@example.com' }]);
    for (const address of ['bob@example.com', 'cy@example.com']) {
      expect(await reasons(address)).toEqual([]);
    }
    expect((await delivery(old)).bounced_at).toBeNull();
    expect((await events(/^report\./)).map(({ why }) => why)).toEqual([
      'message_unknown',
      'message_unknown',
      'too_old',
    ]);
    const month = await sentAt(world.clock.now - 30 * DAY, { to: 'dan@example.com' });
    await report(month, [{ address: 'dan@example.com' }]);
    expect(await reasons('dan@example.com')).toEqual(['hard_bounce all']);
  });

  test('a Message-ID that somebody else gave to their own mail proves nothing', async () => {
    const inbound =
      'From: eve@example.com\r\nTo: support@acme.example\r\nMessage-ID: <e1@x.example>';
    await ingestRaw(world.ctx, 'support@acme.example', `${inbound}\r\n\r\nHello`);
    await report('e1@x.example', [{ address: 'eve@example.com' }]);
    expect(await events(/^report\./)).toMatchObject([{ why: 'message_unknown' }]);
  });

  test.each([
    ['5.7.1', '550 5.7.1 Message rejected as spam', 'message'],
    ['5.7.1', '554 5.7.1 Service unavailable; Client host blocked using bl.example', 'sender'],
    ['4.4.7', '421 4.4.2 Connection timed out', 'network'],
  ])('%s %s says nothing about the address', async (status, diagnostic) => {
    const sent = await world.insertSent();
    await report(sent, [{ address: 'ana@example.com', status, diagnostic }]);
    expect(await reasons('ana@example.com')).toEqual([]);
    expect((await delivery(sent)).bounced_at).toBe(world.clock.now);
  });

  test('settles what was unknown, one way or the other', async () => {
    const unknown = { state: 'unknown', sent_at: null } as const;
    const lost = await sentAt(world.clock.now, { delivery: unknown });
    const there = await sentAt(world.clock.now, { to: 'bob@example.com', delivery: unknown });
    const passed = await sentAt(world.clock.now, { to: 'cy@example.com', delivery: unknown });
    const late = await sentAt(world.clock.now, { to: 'dan@example.com', delivery: unknown });
    await report(lost);
    await report(there, [{ address: 'bob@example.com', action: 'delivered' }]);
    await report(passed, [{ address: 'cy@example.com', action: 'relayed' }]);
    await report(late, [{ address: 'dan@example.com', action: 'delayed' }]);
    expect(await delivery(lost)).toMatchObject({ state: 'failed', reason_code: 'USER_UNKNOWN' });
    expect(await reasons('ana@example.com')).toEqual(['hard_bounce all']);
    const at = world.clock.now;
    expect(await delivery(there)).toMatchObject({ state: 'sent', delivered_at: at, sent_at: at });
    expect(await delivery(passed)).toMatchObject({ state: 'sent', delivered_at: null });
    expect(await delivery(late)).toMatchObject({ state: 'unknown' });
  });

  test('a report that is faster than the answer of the server counts', async () => {
    const sending = await sentAt(world.clock.now, {
      delivery: { state: 'sending', sent_at: null, lease_until: world.clock.now },
    });
    await report(sending);
    expect(await delivery(sending)).toMatchObject({
      state: 'sending',
      bounced_at: world.clock.now,
    });
    expect(await reasons('ana@example.com')).toEqual(['hard_bounce all']);
  });

  test('acts at once where mail is held until a person releases it', async () => {
    const sent = await world.insertSent();
    await world.ctx.storage.unit((tx) =>
      tx
        .insertInto('mailbox')
        .values({
          ...{ tenant: 'default', address: 'support@acme.example', mode: 'gated_all' },
          ...{ mode_by: 'rita', mode_reason: '', paused: 0, updated_at: 1 },
        })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'address']).doUpdateSet({ mode: 'gated_all' }),
        )
        .execute(),
    );
    await report(sent);
    expect(await reasons('ana@example.com')).toEqual(['hard_bounce all']);
  });

  /** A full mailbox on each of these days, counted from today. */
  async function fullOn(days: readonly number[], to = 'ana@example.com') {
    const start = world.clock.now;
    for (const day of days) {
      world.clock.now = start + day * DAY;
      const sent = await sentAt(world.clock.now, { to });
      await report(sent, [{ ...FULL[0], address: to }]);
    }
  }

  test('a mailbox that stays full for two weeks and five mails is given up', async () => {
    await fullOn([0, 3, 6, 10]);
    expect(await reasons('ana@example.com')).toEqual([]);
    await fullOn([4]);
    expect(await reasons('ana@example.com')).toEqual(['hard_bounce all']);
  });

  test('five failures on one day, or within a week, are no reason to give up', async () => {
    await fullOn([0, 0, 0, 0, 0, 1, 2, 3, 7]);
    expect(await reasons('ana@example.com')).toEqual([]);
  });

  test('a mail that arrived in between starts the count anew, whenever that is known', async () => {
    await fullOn([0, 3, 6]);
    const between = await sentAt(world.clock.now + DAY);
    await fullOn([2, 5]);
    await report(between, [{ address: 'ana@example.com', action: 'delivered' }]);
    await fullOn([3, 6]);
    expect(await reasons('ana@example.com')).toEqual([]);
    await fullOn([2, 5]);
    expect(await reasons('ana@example.com')).toEqual(['hard_bounce all']);
  });

  test('a mail of which nothing came back for five days has arrived', async () => {
    await fullOn([0, 3, 6]);
    await sentAt(world.clock.now + DAY);
    await fullOn([7, 9]);
    expect(await reasons('ana@example.com')).toEqual([]);
  });

  test('more dead addresses than usual are provisional until a reviewer has looked', async () => {
    for (let n = 1; n <= 11; n++) {
      const to = `p${n}@gmail.com`;
      await report(await world.insertSent({ to }), [{ address: to }]);
    }
    const to = 'ana@example.com';
    await report(await world.insertSent({ to }), [{ address: to }]);
    const rows = await db().selectFrom('suppression').selectAll().execute();
    const [other, ...stormy] = rows.toSorted((a) => (a.provider === 'gmail' ? 1 : -1));
    expect(stormy).toHaveLength(11);
    const until = world.clock.now + 7 * DAY;
    expect(new Set(stormy.map((row) => row.provisional_until))).toEqual(new Set([until]));
    expect(other).toMatchObject({ provisional_until: null });
    expect(other?.provider).toMatch(/^[0-9a-f]{64}$/);
    expect(await reasons('p1@gmail.com')).toEqual(['hard_bounce all']);
    expect(await events(/provisional/)).toMatchObject([
      { provider: 'gmail', failures: 11, usual: 2, suppressions: 11 },
    ]);
  });

  test('lifts what was provisional, by time and provider, and nothing else', async () => {
    const start = world.clock.now;
    for (let n = 1; n <= 22; n++) {
      const to = `p${n}@${n % 2 === 0 ? 'gmail.com' : 'yahoo.com'}`;
      world.clock.now += 1_000;
      await report(await world.insertSent({ to }), [{ address: to }]);
    }
    const bounced = { address: parseAddress('p2@gmail.com'), reason: 'complaint' } as const;
    await world.ctx.storage.unit((tx) =>
      suppress(tx, world.ctx, { ...bounced, scope: 'marketing', source: 'system' }),
    );
    const lift = (from: number, until: number, provider?: string) =>
      liftProvisional(world.ctx, 'reviewer:rita', {
        ...{ from, until, reason: 'Their server was wrong.' },
        ...(provider === undefined ? {} : { provider }),
      });
    expect(await lift(start, start + 1_000)).toBe(0);
    expect(await lift(start, start + 5_000, 'gmail')).toBe(2);
    expect(await reasons('p2@gmail.com')).toEqual(['complaint marketing']);
    expect(await reasons('p3@yahoo.com')).toEqual(['hard_bounce all']);
    world.clock.now += 7 * DAY;
    expect(await lift(start, world.clock.now)).toBe(0);
    world.clock.now -= DAY;
    expect(await lift(start, world.clock.now)).toBe(20);
    expect(await reasons('p22@gmail.com')).toEqual([]);
    await expect(lift(2, 1)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  test.each([5, 11])(
    'never lifts with a storm what a reviewer told of too, after failure %i',
    async (told) => {
      const start = world.clock.now;
      const rita = { reason: 'hard_bounce', scope: 'all', source: 'reviewer:rita' } as const;
      const address = parseAddress('p1@gmail.com');
      for (let n = 1; n <= 12; n++) {
        const to = `p${n}@gmail.com`;
        await report(await world.insertSent({ to }), [{ address: to }]);
        if (n !== told) continue;
        const again = await world.ctx.storage.unit((tx) =>
          suppress(tx, world.ctx, { ...rita, address }),
        );
        expect(again).toMatchObject({ added: false });
      }
      const range = { from: start, until: start + DAY, reason: 'Their server was wrong.' };
      expect(await liftProvisional(world.ctx, 'reviewer:rita', range)).toBe(11);
      expect(await reasons('p1@gmail.com')).toEqual(['hard_bounce all']);
      expect(await reasons('p2@gmail.com')).toEqual([]);
    },
  );

  test('nor what an imported list calls dead', async () => {
    const start = world.clock.now;
    for (let n = 1; n <= 12; n++) {
      const to = `p${n}@gmail.com`;
      await report(await world.insertSent({ to }), [{ address: to }]);
    }
    const list = [{ address: 'p1@gmail.com', reason: 'hard_bounce' }] as const;
    const options = { source: 'import:ses', scope: 'all' };
    expect(await importEntries(world.ctx, list, options)).toMatchObject({ known: 1, added: 0 });
    const range = { from: start, until: start + DAY, reason: 'Their server was wrong.' };
    expect(await liftProvisional(world.ctx, 'reviewer:rita', range)).toBe(11);
    expect(await reasons('p1@gmail.com')).toEqual(['hard_bounce all']);
  });

  test('who has many dead addresses every hour has no storm', async () => {
    const hour = Math.floor(world.clock.now / 3_600_000) * 3_600_000;
    const rows = Array.from({ length: 24 * 27 }, (_, n) => ({
      ...{ tenant: 'default', provider: 'gmail', failures: 4 },
      hour: hour - (n + 2) * 3_600_000,
    }));
    await world.ctx.storage.unit((tx) => tx.insertInto('address_failure').values(rows).execute());
    for (let n = 1; n <= 15; n++) {
      const to = `p${n}@gmail.com`;
      await report(await world.insertSent({ to }), [{ address: to }]);
    }
    expect(await events(/provisional/)).toEqual([]);
  });

  test('an address that is suppressed for another reason gets the bounce besides', async () => {
    const sent = await world.insertSent();
    const address = parseAddress('ana@example.com');
    const manual = { address, scope: 'marketing', reason: 'manual', source: 'system' } as const;
    await world.ctx.storage.unit((tx) => suppress(tx, world.ctx, manual));
    await report(sent);
    expect(await reasons('ana@example.com')).toEqual(['manual marketing', 'hard_bounce all']);
  });
});
