import { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { createTestMailbox, type TestMailbox } from '../../../../test/support/shared-dovecot.ts';
import { imap } from '../imap.ts';
import { createInboxSync } from './inbox-sync.ts';
import { syncInbox } from './sync-inbox.ts';

function message(n: number, fields = ''): string {
  return `From: ana@example.com\nMessage-ID: <n${n}@example.com>\nSubject: n${n}\n${fields}\nbody ${n}\n`;
}

describe.each(databases)('the sync of an inbox on $name', ({ open }) => {
  let account: TestMailbox;
  let world: ContextWorld;
  beforeEach(async () => {
    account = createTestMailbox();
    world = await openContextWorld(open, {
      mailbox: { inbox: imap({ ...account.login, folders: ['INBOX', 'Support'] }) },
    });
    await asOwner((client) => client.mailboxCreate('Support'));
  });
  afterEach(async () => {
    await world.mailbox.inbox?.close();
    await world.close();
  });

  async function asOwner<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ ...account.login, doSTARTTLS: false, logger: false });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }

  async function subjects(): Promise<readonly string[]> {
    const rows = await world.ctx.storage.db
      .selectFrom('message')
      .select('subject')
      .orderBy('id')
      .execute();
    return rows.map(({ subject }) => subject);
  }

  test('stores 300 messages once, in order, and goes on from there', async () => {
    const expected = Array.from({ length: 300 }, (_, n) => `n${n}`);
    await account.deliverAll(expected.map((_, n) => message(n)));
    expect(await syncInbox(world.ctx, world.mailbox)).toBe(300);
    expect(await subjects()).toEqual(expected);
    await account.deliver(message(300));
    expect(await syncInbox(world.ctx, world.mailbox)).toBe(1);
    expect(await subjects()).toHaveLength(301);
  });

  test('resumes after a crash between two messages', async () => {
    await account.deliverAll([0, 1, 2, 3].map((n) => message(n)));
    let units = 0;
    const { storage } = world.ctx;
    const crashing = {
      ...world.ctx,
      storage: {
        db: storage.db,
        capabilities: storage.capabilities,
        unit: <T>(work: Parameters<typeof storage.unit<T>>[0]) =>
          storage.unit<T>(async (tx) => {
            const result = await work(tx);
            units += 1;
            if (units === 3) throw new Error('power failure');
            return result;
          }),
      } as typeof storage,
    };
    await expect(syncInbox(crashing, world.mailbox)).rejects.toThrow('power failure');
    expect(await subjects()).toEqual(['n0', 'n1']);
    expect(await syncInbox(world.ctx, world.mailbox)).toBe(2);
    expect(await subjects()).toEqual(['n0', 'n1', 'n2', 'n3']);
  });

  test('stores nothing twice when UIDVALIDITY changes', async () => {
    const fill = (numbers: readonly number[]) =>
      asOwner(async (client) => {
        await client.mailboxDelete('Support');
        await client.mailboxCreate('Support');
        for (const n of numbers) await client.append('Support', message(n));
      });
    await fill([0, 1]);
    await syncInbox(world.ctx, world.mailbox);
    await fill([0, 1, 2]);
    expect(await syncInbox(world.ctx, world.mailbox)).toBe(3);
    expect(await subjects()).toEqual(['n0', 'n1', 'n2']);
  });

  test('stores a message once that lies in two folders', async () => {
    await account.deliver(message(0));
    await asOwner(async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageCopy('1', 'Support');
    });
    expect(await syncInbox(world.ctx, world.mailbox)).toBe(2);
    expect(await subjects()).toEqual(['n0']);
  });

  test('stores once what two workers read at the same time', async () => {
    await account.deliverAll([0, 1, 2, 3, 4].map((n) => message(n)));
    const other = { ...world.mailbox, inbox: imap(account.login) };
    await Promise.all([
      syncInbox(world.ctx, world.mailbox),
      syncInbox(world.ctx, other).finally(() => other.inbox.close()),
    ]);
    expect(await subjects()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4']);
  });

  test('links a reply to the delivery that it answers', async () => {
    const sent = await world.insertSent({ tags: ['win_back'] });
    await account.deliver(message(0, `In-Reply-To: <${sent.internetMessageId}>\n`));
    await syncInbox(world.ctx, world.mailbox);
    const { replied_at } = await world.ctx.storage.db
      .selectFrom('delivery')
      .select('replied_at')
      .where('id', '=', sent.deliveryId)
      .executeTakeFirstOrThrow();
    expect(replied_at).toBe(world.clock.now);
  });

  test('reports a server that refuses and tries again on the next pass', async () => {
    const reports: unknown[] = [];
    const wrong = imap({ ...account.login, auth: { user: account.user, pass: 'wrong' } });
    const mailboxes = (inbox: typeof wrong) => new Map([['x', { ...world.mailbox, inbox }]]);
    const refused = createInboxSync({
      ...world.ctx,
      mailboxes: mailboxes(wrong),
      report: (error) => reports.push(error),
    });
    expect(await refused.pass()).toBe(0);
    expect(reports).toMatchObject([{ code: 'INBOX_UNAVAILABLE' }]);
    await wrong.close();
    await account.deliver(message(0));
    expect(await createInboxSync(world.ctx).pass()).toBe(1);
  });
});
