import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { ingest } from '../inbound/ingest.ts';
import type { Transport } from '../transport/transport.ts';
import type { ClaimedMessage } from './claim-messages.ts';
import { deliverMessage } from './deliver-message.ts';
import { failBuild } from './fail-build.ts';
import { createPost } from './post.ts';

const INVOICE = [
  'From: Ana <ana@example.com>',
  'To: support@acme.example',
  'Message-ID: <1@example.com>',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  '',
  'Here it is.',
  '--b',
  'Content-Type: text/plain; name=invoice.txt',
  'Content-Disposition: attachment; filename=invoice.txt',
  '',
  'Total: 10',
  '--b--',
  '',
].join('\r\n');

describe.each(databases)('delivering on $name', ({ open }) => {
  let world: ContextWorld;
  let sent: number;
  let claimed: ClaimedMessage;

  beforeEach(async () => {
    world = await openContextWorld(open);
    sent = 0;
    const { ctx, mailbox } = world;
    const { messageId } = await ingest(ctx, mailbox, INVOICE, { quarantine: false });
    const row = await ctx.storage.db
      .selectFrom('message')
      .select('attachments')
      .where('id', '=', messageId)
      .executeTakeFirstOrThrow();
    const { id, deliveryId } = await world.insertSent({
      message: { category: 'transactional', attachments: row.attachments },
      delivery: {
        state: 'claimed',
        lease_until: Date.now() + 60_000,
        lease_owner: 'w',
        sent_at: null,
      },
    });
    const transport: Transport = {
      maxConnections: 1,
      send: ({ rcptTo }) => {
        sent += 1;
        const accepted = rcptTo.map((address) => ({ address, reply: { code: 250, text: 'Ok' } }));
        return Promise.resolve({ phase: 'done', accepted, rejected: [] });
      },
      verify: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    const message = await ctx.storage.db
      .selectFrom('message')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    claimed = {
      message,
      mailbox: { ...mailbox, transport },
      deliveries: [await delivery(deliveryId)],
    };
  });
  afterEach(() => world.close());

  const delivery = (id: string) =>
    world.ctx.storage.db
      .selectFrom('delivery')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
  const first = () => claimed.deliveries[0]?.id ?? '';

  it('sends the attachment that was decided on', async () => {
    await deliverMessage(world.ctx, createPost(world.ctx, 'w'), claimed);
    expect(await delivery(first())).toMatchObject({ state: 'sent' });
    expect(sent).toBe(1);
  });

  it('P4: sends nothing when the stored bytes of an attachment are others than those approved', async () => {
    await world.ctx.storage.unit((tx) =>
      tx
        .updateTable('chunk')
        .set({ data: Buffer.from('Total: 99') })
        .where('owner_id', 'like', '%.1')
        .execute(),
    );
    await deliverMessage(quiet(world.ctx), createPost(world.ctx, 'w'), claimed);
    expect(await delivery(first())).toMatchObject({ state: 'failed', reason_code: 'BUILD_FAILED' });
    expect(sent).toBe(0);
  });

  it('P2: goes back to the queue when the database did not answer while it was built', async () => {
    const ctx = quiet(world.ctx);
    const storage = new Proxy(ctx.storage, {
      get: (target, key) => {
        if (key === 'db') throw new MailwardenError('STORAGE_UNAVAILABLE');
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    await deliverMessage({ ...ctx, storage }, createPost(ctx, 'w'), claimed);
    const row = await delivery(first());
    expect(row).toMatchObject({ state: 'queued' });
    expect(row.due_at).toBe(world.clock.now + ctx.settings.dispatch.retryDelay);
    expect(sent).toBe(0);
  });

  it('P7: leaves the places of what another worker has claimed since', async () => {
    const ctx = quiet(world.ctx);
    const [row] = claimed.deliveries;
    if (row === undefined) throw new Error('Nothing was claimed.');
    const place = { tenant: 'default', id: 'r1', kind: 'wire:mailbox', subject: row.mailbox };
    await ctx.storage.unit(async (tx) => {
      await tx
        .updateTable('delivery')
        .set({ fence: row.fence + 1, lease_owner: 'v' })
        .execute();
      const places = tx.insertInto('reservation');
      await places.values({ ...place, delivery_id: row.id, at: ctx.now() }).execute();
    });
    await failBuild(ctx, 'w', claimed.deliveries, new Error('It cannot be built.'));
    expect(await delivery(row.id)).toMatchObject({ state: 'claimed', lease_owner: 'v' });
    const left = await ctx.storage.db.selectFrom('reservation').select('id').execute();
    expect(left).toEqual([{ id: 'r1' }]);
  });
});

function quiet(ctx: Context): Context {
  return { ...ctx, report: () => undefined };
}
