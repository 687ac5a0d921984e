import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ContextWorld,
  openContextWorld,
  type SentMessage,
} from '../../../../../test/support/context-world.ts';
import { databases } from '../../../../../test/support/databases.ts';
import { answer, complaint, type GivenComplaint } from '../../../../../test/support/report-mail.ts';
import { checkSuppression } from '../../suppression/check-suppression.ts';
import { liftSuppression } from '../../suppression/lift-suppression.ts';
import { parseSubject } from '../../suppression/parse-subject.ts';
import { importEntries } from '../../suppression/transfer/import-entries.ts';
import { ingestRaw } from '../ingest-raw.ts';

describe.each(databases)('complaints and automatic answers on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const db = () => world.ctx.storage.db;
  const take = (raw: string, mailbox = 'support@acme.example') =>
    ingestRaw(world.ctx, mailbox, raw);
  const complain = (sent: SentMessage, given: Partial<GivenComplaint> = {}, mailbox?: string) =>
    take(complaint({ about: sent.internetMessageId, ...given }), mailbox);
  const delivery = ({ deliveryId }: SentMessage) =>
    db().selectFrom('delivery').selectAll().where('id', '=', deliveryId).executeTakeFirstOrThrow();
  const reasons = async (address: string) =>
    (await checkSuppression(world.ctx, address)).suppressions.map(
      ({ reason, scope }) => `${reason} ${scope}`,
    );
  const events = async () =>
    (await db().selectFrom('event').selectAll().orderBy('seq').execute()).map((event) => ({
      ...event,
      data: JSON.parse(event.data) as Record<string, unknown>,
    }));

  test('a complaint stops marketing in every spelling, and is told once', async () => {
    const sent = await world.insertSent({ to: 'Ana+news@example.com' });
    await complain(sent);
    await complain(sent, { type: 'fraud' });
    expect(await reasons('ana@example.com')).toEqual(['complaint marketing']);
    expect(await delivery(sent)).toMatchObject({
      ...{ state: 'sent', complained_at: world.clock.now, bounced_at: null },
    });
    const told = (await events()).filter(({ type }) => type === 'delivery.complained');
    expect(told).toMatchObject([
      { actor: 'recipient', delivery_id: sent.deliveryId, data: { feedback: 'abuse' } },
    ]);
  });

  test('it counts in the mailbox that was registered for complaints, too', async () => {
    const sent = await world.insertSent();
    await complain(sent, {}, 'sales@acme.example');
    expect(await reasons('ana@example.com')).toEqual(['complaint marketing']);
  });

  test.each(['not-spam', 'auth-failure'])('%s is no complaint', async (type) => {
    const sent = await world.insertSent();
    await complain(sent, { type });
    expect(await reasons('ana@example.com')).toEqual([]);
    expect((await delivery(sent)).complained_at).toBeNull();
  });

  test('an opt-out is an unsubscribe, not a complaint', async () => {
    const sent = await world.insertSent();
    await complain(sent, { type: 'opt-out' });
    expect(await reasons('ana@example.com')).toEqual(['unsubscribe marketing']);
    expect(await delivery(sent)).toMatchObject({
      ...{ complained_at: null, unsubscribed_at: world.clock.now },
    });
  });

  /** The same message, to Bob as well. */
  async function shared(): Promise<SentMessage> {
    const sent = await world.insertSent();
    const bob = await world.insertSent({ to: 'bob@example.com' });
    await world.ctx.storage.unit((tx) =>
      tx
        .updateTable('delivery')
        .set({ message_id: sent.id })
        .where('id', '=', bob.deliveryId)
        .execute(),
    );
    return sent;
  }
  const lift = (address: string) =>
    world.ctx.storage.unit((tx) =>
      liftSuppression(tx, world.ctx, {
        subject: parseSubject(address),
        ...{ by: 'reviewer:rita', reason: 'Ana says that she did not complain.' },
      }),
    );

  test('a reviewer lifts a complaint that any of several recipients can have written', async () => {
    const sent = await shared();
    await complain(sent, { recipient: 'ana@example.com' });
    expect(await reasons('ana@example.com')).toEqual(['complaint marketing']);
    await expect(lift('ana@example.com')).resolves.toBe(1);
    expect(await reasons('ana@example.com')).toEqual([]);
    const lifted = (await events()).filter(({ type }) => type === 'suppression.lifted');
    expect(lifted).toMatchObject([{ actor: 'reviewer:rita', data: { reason: 'complaint' } }]);
    await complain(sent, { recipient: 'ana@example.com', type: 'fraud' });
    expect(await reasons('ana@example.com')).toEqual([]);
  });

  test('P3: no reviewer lifts a complaint about mail that one person had', async () => {
    await complain(await shared(), { recipient: 'ana@example.com' });
    await complain(await world.insertSent());
    await expect(lift('ana@example.com')).rejects.toMatchObject({ code: 'LIFT_NOT_ALLOWED' });
    expect(await reasons('ana@example.com')).toEqual(['complaint marketing']);
  });

  test('P3: nor one that a list tells of as well', async () => {
    await complain(await shared(), { recipient: 'ana@example.com' });
    const entry = { address: 'ana@example.com', reason: 'complaint' } as const;
    const options = { source: 'import:ses', scope: 'marketing' };
    expect(await importEntries(world.ctx, [entry], options)).toMatchObject({ known: 1 });
    await expect(lift('ana@example.com')).rejects.toMatchObject({ code: 'LIFT_NOT_ALLOWED' });
  });

  test('an opt-out that any of several recipients can have written waits for a person', async () => {
    await complain(await shared(), { type: 'opt-out', recipient: 'ana@example.com' });
    expect(await reasons('ana@example.com')).toEqual([]);
    expect(await db().selectFrom('stop_request').selectAll().execute()).toHaveLength(1);
  });

  test("an opt-out in its reader's name, about no mail, waits for a person", async () => {
    await world.insertSent();
    const apple = {
      From: 'ana@example.com',
      'X-Apple-Unsubscribe': 'true',
      Subject: 'Unsubscribe',
    };
    await take(answer(apple, ''));
    expect(await reasons('ana@example.com')).toEqual([]);
    expect(await db().selectFrom('stop_request').selectAll().execute()).toHaveLength(1);
  });

  test('one about mail that nobody sent changes nothing, whomever it names', async () => {
    await world.insertSent();
    await take(complaint({ about: 'guess@acme.example', recipient: 'ana@example.com' }));
    expect(await reasons('ana@example.com')).toEqual([]);
    const ignored = (await events()).filter(({ type }) => type === 'report.ignored');
    expect(ignored).toMatchObject([{ data: { why: 'message_unknown', kind: 'feedback_report' } }]);
  });

  test('it is held against whom we wrote to, not against whom it names', async () => {
    const sent = await world.insertSent();
    await complain(sent, { recipient: 'eve@elsewhere.example' });
    expect(await reasons('eve@elsewhere.example')).toEqual([]);
    expect(await reasons('ana@example.com')).toEqual(['complaint marketing']);
  });

  test('an automatic answer is neither reply nor bounce and makes no contact', async () => {
    const sent = await world.insertSent();
    const fields = {
      From: 'Ana <ana@example.com>',
      Subject: 'Automatic reply: News',
      'Auto-Submitted': 'auto-replied',
      Date: 'Sun, 22 Nov 2026 09:00:00 +0000',
    };
    const away = 'I am out of the office until 30 November 2026. Please do not email me.';
    await take(answer(fields, away, sent.internetMessageId));
    expect(await delivery(sent)).toMatchObject({
      ...{ replied_at: null, bounced_at: null, unsubscribed_at: null },
    });
    expect(await db().selectFrom('contact').selectAll().execute()).toEqual([]);
    expect(await reasons('ana@example.com')).toEqual([]);
    const told = (await events()).filter(({ type }) => type === 'delivery.auto_replied');
    expect(told).toMatchObject([
      {
        delivery_id: sent.deliveryId,
        data: { autoReply: 'vacation', until: Date.UTC(2026, 10, 30) },
      },
    ]);
  });
});
