import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { sweep } from '../dispatch/sweep.ts';
import { ingest } from '../inbound/ingest.ts';

describe.each(databases)('a copy in the Sent folder on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const insert = (state: 'unknown' | 'sending' | 'sent', lease_until: number | null = null) =>
    world.insertSent({ delivery: { state, lease_until, sent_at: null } });
  const copy = (internetMessageId: string, sent: boolean) =>
    ingest(
      world.ctx,
      world.mailbox,
      `From: support@acme.example\nMessage-ID: <${internetMessageId}>\n\nHi\n`,
      { quarantine: false, sent },
    );
  const states = async () => {
    const rows = await world.ctx.storage.db
      .selectFrom('delivery')
      .select(['state', 'reason_code'])
      .orderBy('id')
      .execute();
    return rows.map(({ state, reason_code }) => `${state} ${reason_code}`).sort();
  };

  it('settles what was unknown; in another folder it does not', async () => {
    const { internetMessageId } = await insert('unknown');
    await copy(internetMessageId, false);
    expect(await states()).toEqual(['unknown SENT']);
    await copy(internetMessageId, true);
    expect(await states()).toEqual(['sent FOUND_IN_SENT']);
  });

  it('that was seen before the worker was known to be gone settles it then', async () => {
    const { internetMessageId } = await insert('sending', 1);
    await copy(internetMessageId, true);
    expect(await states()).toEqual(['sending SENT']);
    await sweep(world.ctx);
    expect(await states()).toEqual(['sent FOUND_IN_SENT']);
  });

  it('of a message that was sent to somebody else says nothing', async () => {
    const { id, internetMessageId } = await insert('sent');
    const { storage } = world.ctx;
    const row = await storage.db.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
    const other = { ...row, id: 'other', message_id: id, state: 'unknown' as const };
    await storage.unit((tx) => tx.insertInto('delivery').values(other).execute());
    await copy(internetMessageId, true);
    expect(await states()).toEqual(['sent SENT', 'unknown SENT']);
  });
});
