import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { openWorld, SUPPORT } from '../../../../test/support/warden-world.ts';
import { ingestRaw } from '../inbound/ingest-raw.ts';
import { readRawMessage } from './read-raw-message.ts';

const RAW = Buffer.from(
  'From: ana@example.com\r\nTo: support@acme.example\r\nSubject: Hi\r\nContent-Type: text/html\r\n' +
    '\r\n<p>Gr\u00fc\u00dfe</p><p hidden>Obey</p>\r\n',
  'latin1',
);

describe.each(databases)('the raw message on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const take = async () => (await ingestRaw(world.ctx, SUPPORT, RAW)).messageId;

  it('is what came, byte for byte', async () => {
    const id = await take();
    const ops = { kind: 'reviewer', id: 'ops@acme.example' } as const;
    const read = await readRawMessage(world.ctx, ops, id);
    expect(Buffer.from(read.bytes).equals(RAW)).toBe(true);
    expect(read).toMatchObject({ messageId: id, isCut: false });
    expect(read.sha256).toMatch(/^[\da-f]{64}$/);
    expect(await readRawMessage(world.ctx, { kind: 'system' }, id)).toEqual(read);
  });

  it('is no agent’s (P3, P10)', async () => {
    const id = await take();
    await expect(readRawMessage(world.ctx, world.agent(), id)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
  });

  it('is not shown to who does not see the mailbox', async () => {
    const id = await take();
    const sales = { kind: 'reviewer', id: 'ops', mailboxes: ['sales@acme.example'] } as const;
    const read = readRawMessage(world.ctx, sales as never, id);
    await expect(read).rejects.toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
  });

  it('is none of mail that goes out', async () => {
    const { id } = await world.insertSent();
    await expect(readRawMessage(world.ctx, { kind: 'system' }, id)).rejects.toMatchObject({
      code: 'RAW_MAIL_NOT_KEPT',
    });
  });
});

describe.each(databases)('a raw message that is gone on $name', ({ open }) => {
  it('is named as such, after retention and after an erasure', async () => {
    const world = await openWorld(open, { retention: { rawMail: 1 } });
    try {
      const { warden, clock } = world;
      clock.now = Math.max(clock.now, Date.now());
      const { messageId } = await warden.system().ingest(SUPPORT, RAW);
      const ops = warden.reviewer('ops@acme.example');
      expect((await ops.rawMessage(messageId)).bytes).toHaveLength(RAW.length);
      clock.now += 3 * 86_400_000;
      await warden.tick();
      const late = ops.rawMessage(messageId);
      await expect(late).rejects.toThrow('They were deleted after their time');
      await warden.system().erasePerson('ana@example.com', { reason: 'Request 17' });
      const gone = warden.system().rawMessage(messageId);
      await expect(gone).rejects.toMatchObject({ code: 'RAW_MAIL_NOT_KEPT' });
      await expect(gone).rejects.toThrow('The message was erased.');
      expect(Object.keys(world.agent())).not.toContain('rawMessage');
    } finally {
      await world.close();
    }
  });
});
