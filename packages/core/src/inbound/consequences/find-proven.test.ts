import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ContextWorld,
  openContextWorld,
  type SentMessage,
} from '../../../../../test/support/context-world.ts';
import { databases } from '../../../../../test/support/databases.ts';
import {
  answer,
  complaint,
  deliveryReport,
  type GivenReport,
} from '../../../../../test/support/report-mail.ts';
import { toReturnPath } from '../../identity/return-path.ts';
import { createKeyRing } from '../../keys/create-key-ring.ts';
import { checkSuppression } from '../../suppression/check-suppression.ts';
import { ingestRaw } from '../ingest-raw.ts';

const DAY = 86_400_000;
const ANA = 'ana@example.com';
/** As a relay that gives the mail a Message-ID of its own would have it. */
const REWRITTEN = 'rewritten-by-a-relay@relay.example';
const stranger = createKeyRing(
  [{ id: 'k1', secret: 'a secret that strangers have, not ours' }],
  'default',
);

describe.each(databases)('what a report shows on $name', ({ open }) => {
  let world: ContextWorld;
  let sent: SentMessage;
  beforeEach(async () => {
    world = await openContextWorld(open);
    sent = await world.insertSent();
  });
  afterEach(() => world.close());

  const receive = (raw: string) => ingestRaw(world.ctx, 'support@acme.example', raw);
  const report = (shown: Partial<GivenReport>, address = ANA) =>
    receive(deliveryReport({ about: REWRITTEN, recipients: [{ address }], ...shown }));
  const reasons = async (address = ANA) =>
    (await checkSuppression(world.ctx, address)).suppressions.map(
      ({ reason, scope }) => `${reason} ${scope}`,
    );
  const ignored = async () =>
    (await world.ctx.storage.db.selectFrom('event').selectAll().orderBy('seq').execute())
      .filter(({ type }) => type === 'report.ignored')
      .map(({ data }) => (JSON.parse(data) as { why: string }).why);
  function pathOf(id: string, keys = world.ctx.keys): string {
    return toReturnPath(world.mailbox.address, keys.createToken('return_path', id)) ?? '';
  }
  async function also(to: string): Promise<void> {
    const other = await world.insertSent({ to });
    await world.ctx.storage.unit((tx) =>
      tx
        .updateTable('delivery')
        .set({ message_id: sent.id })
        .where('id', '=', other.deliveryId)
        .execute(),
    );
  }

  test('without any of our marks: nothing', async () => {
    await report({});
    expect(await reasons()).toEqual([]);
    expect(await ignored()).toEqual(['message_unknown']);
  });

  test('our return path in To, as servers write it', async () => {
    await report({ to: pathOf(sent.deliveryId) });
    expect(await reasons()).toEqual(['hard_bounce all']);
  });

  test.each(['Delivered-To', 'X-Original-To', 'Envelope-To'])(
    'our return path in %s',
    async (name) => {
      const raw = deliveryReport({ about: REWRITTEN, recipients: [{ address: ANA }] });
      await receive(`${name}: <${pathOf(sent.deliveryId).toUpperCase()}>\r\n${raw}`);
      expect(await reasons()).toEqual(['hard_bounce all']);
    },
  );

  test('the name that we gave the envelope', async () => {
    await report({ envelopeId: world.ctx.keys.createToken('return_path', sent.deliveryId) });
    expect(await reasons()).toEqual(['hard_bounce all']);
  });

  test('our own header field in the mail that came back', async () => {
    await report({ mailwardenId: world.ctx.keys.createToken('message', sent.id) });
    expect(await reasons()).toEqual(['hard_bounce all']);
  });

  test('P10: what others signed, or nobody, is no mark of ours', async () => {
    const { deliveryId, id } = sent;
    const forged = world.ctx.keys
      .createToken('return_path', deliveryId)
      .replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    await report({ to: pathOf(deliveryId, stranger) });
    await report({ to: `support+b-${forged}@acme.example` });
    await report({ envelopeId: stranger.createToken('return_path', deliveryId) });
    // One purpose is not another: neither an unsubscribe link nor a bare id will do.
    await report({ envelopeId: world.ctx.keys.createToken('unsubscribe', deliveryId) });
    await report({ envelopeId: deliveryId });
    await report({ mailwardenId: stranger.createToken('message', id) });
    await report({ mailwardenId: world.ctx.keys.createToken('unsubscribe', id) });
    expect(await reasons()).toEqual([]);
    expect(await ignored()).toEqual(Array.from({ length: 7 }, () => 'message_unknown'));
  });

  test('a mark of mail that is older than 30 days, or that is not there, proves nothing', async () => {
    await report({ to: pathOf(randomUUID()) });
    world.clock.now += 30 * DAY + 1;
    await report({ to: pathOf(sent.deliveryId) });
    await report({ mailwardenId: world.ctx.keys.createToken('message', sent.id) });
    expect(await reasons()).toEqual([]);
    expect(await ignored()).toEqual(['message_unknown', 'too_old', 'too_old']);
  });

  test('the return path outweighs the Message-ID that a report names', async () => {
    const other = await world.insertSent({ to: 'bob@example.com' });
    await report({ to: pathOf(sent.deliveryId), about: other.internetMessageId });
    expect(await reasons()).toEqual(['hard_bounce all']);
    expect(await reasons('bob@example.com')).toEqual([]);
  });

  test('of several recipients it still has to name one', async () => {
    await also('bob@example.com');
    await report({ to: pathOf(sent.deliveryId) }, 'mallory@example.com');
    expect(await ignored()).toEqual(['recipient_unknown']);
    await report({ to: pathOf(sent.deliveryId) }, 'bob@example.com');
    expect(await reasons('bob@example.com')).toEqual(['hard_bounce all']);
    expect(await reasons()).toEqual([]);
  });

  test('a complaint by the envelope that it was sent in, the recipient redacted', async () => {
    await receive(complaint({ about: REWRITTEN, mailFrom: pathOf(sent.deliveryId, stranger) }));
    expect(await reasons()).toEqual([]);
    await receive(complaint({ about: REWRITTEN, mailFrom: pathOf(sent.deliveryId) }));
    expect(await reasons()).toEqual(['complaint marketing']);
  });

  test('tokens that work are not kept where agents read', async () => {
    const { messageId } = await report({ to: pathOf(sent.deliveryId) });
    const row = await world.ctx.storage.db
      .selectFrom('message')
      .selectAll()
      .where('id', '=', messageId)
      .executeTakeFirstOrThrow();
    expect(row.to_addresses).toBe('["support@acme.example"]');
    expect(JSON.stringify(row)).not.toContain('+b-');
  });

  test('an automatic answer to the return path belongs to what it answers; a letter does not', async () => {
    const to = pathOf(sent.deliveryId);
    const away = { 'Auto-Submitted': 'auto-replied', From: ANA, To: to, Subject: 'Out of office' };
    const threadOf = async ({ messageId }: { readonly messageId: string }) =>
      (
        await world.ctx.storage.db
          .selectFrom('message')
          .select('thread_id')
          .where('id', '=', messageId)
          .executeTakeFirstOrThrow()
      ).thread_id;
    expect(await threadOf(await receive(answer(away, 'Back on Monday.')))).toBe(sent.threadId);
    const letter = await receive(answer({ From: ANA, To: to }, 'Hello, me again.'));
    expect(await threadOf(letter)).not.toBe(sent.threadId);
    const forged = { ...away, To: pathOf(sent.deliveryId, stranger) };
    expect(await threadOf(await receive(answer(forged, 'Away.')))).not.toBe(sent.threadId);
  });
});
