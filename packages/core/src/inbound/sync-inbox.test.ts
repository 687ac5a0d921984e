import { ImapFlow } from 'imapflow';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { createTestMailbox, type TestMailbox } from '../../../../test/support/shared-dovecot.ts';
import { startTcpRelay } from '../../../../test/support/tcp-relay.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { imap } from '../imap.ts';
import { readChunks } from '../messages/read-chunks.ts';
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
    const lines: unknown[] = [];
    const info = (line: string, fields?: object): void => void lines.push({ line, ...fields });
    const logger = { debug() {}, info, warn() {}, error() {} };
    expect(await syncInbox({ ...world.ctx, logger }, world.mailbox)).toBe(300);
    // 100 come in after the first two hundred.
    expect(lines).toContainEqual({ line: 'more mail is coming in', left: 100 });
    expect(await subjects()).toEqual(expected);
    await account.deliver(message(300));
    expect(await syncInbox(world.ctx, world.mailbox)).toBe(1);
    expect(await subjects()).toHaveLength(301);
  });

  test('resumes after the database went away in the middle of a batch', async () => {
    const expected = Array.from({ length: 250 }, (_, n) => `n${n}`);
    await account.deliverAll(expected.map((_, n) => message(n)));
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
            if (units === 2) throw new MailwardenError('STORAGE_UNAVAILABLE');
            return result;
          }),
      } as typeof storage,
    };
    await expect(syncInbox(crashing, world.mailbox)).rejects.toThrow(MailwardenError);
    expect(await subjects()).toEqual(expected.slice(0, 200));
    expect(await syncInbox(world.ctx, world.mailbox)).toBe(50);
    expect(await subjects()).toEqual(expected);
  });

  test('keeps of a message that cannot be stored the bytes, and stores its neighbours', async () => {
    const reports: unknown[] = [];
    const ctx = { ...world.ctx, report: (error: unknown) => void reports.push(error) };
    // What a fault of our own does: the database refuses what is about to be written.
    await refuseContacts(world, 'bad@example.com');
    const bad = message(1).replace('ana@', 'bad@');
    await account.deliverAll([message(0), bad, message(2)]);
    expect(await syncInbox(ctx, world.mailbox)).toBe(3);
    expect(await subjects()).toEqual(['n0', '', 'n2']);
    expect(reports).toHaveLength(1);
    const { db } = ctx.storage;
    const stored = await db.selectFrom('message').selectAll().orderBy('id').execute();
    expect(stored.map(({ quarantined }) => quarantined)).toEqual([0, 1, 0]);
    const raw = await readChunks(db, 'default', stored[1]?.id ?? '');
    expect(raw.toString()).toContain('Subject: n1');
    await account.deliver(message(3));
    expect(await syncInbox(ctx, world.mailbox)).toBe(1);
  });

  test('threads what came together, in the order in which it came', async () => {
    await account.deliverAll([
      message(0),
      message(1, 'In-Reply-To: <n0@example.com>\n'),
      message(2, 'References: <n1@example.com>\n'),
      message(3),
    ]);
    await syncInbox(world.ctx, world.mailbox);
    const rows = await world.ctx.storage.db
      .selectFrom('message')
      .selectAll()
      .orderBy('id')
      .execute();
    const [first, second, third, alone] = rows;
    expect(rows.map(({ subject }) => subject)).toEqual(['n0', 'n1', 'n2', 'n3']);
    expect([second?.parent_id, third?.parent_id]).toEqual([first?.id, second?.id]);
    expect(new Set(rows.map((row) => row.thread_id)).size).toBe(2);
    expect(alone?.parent_id).toBeNull();
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

  test('goes on by itself after the connection broke, and stores what is pushed', async () => {
    const relay = await startTcpRelay(account.server.imapPort);
    const login = { ...account.login, port: relay.port, pollInterval: 3_600_000 };
    const inbox = imap(login);
    const mailboxes = new Map([['x', { ...world.mailbox, inbox }]]);
    const sync = createInboxSync({ ...world.ctx, mailboxes, report: () => {} });
    const stored = (count: number) =>
      expect.poll(async () => (await subjects()).length, { timeout: 20_000 }).toBe(count);
    try {
      sync.run();
      await account.deliver(message(0));
      await stored(1);
      await relay.cut();
      await account.deliver(message(1));
      await stored(2);
    } finally {
      await sync.stop();
      await inbox.close();
      await relay.stop();
    }
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

/** Makes the database refuse a contact, as a broken trigger or a constraint does. */
async function refuseContacts({ ctx }: ContextWorld, address: string): Promise<void> {
  const { supportsRowLocks } = ctx.storage.capabilities;
  await ctx.storage.unit(async (tx) => {
    if (supportsRowLocks) {
      await sql`alter table ${sql.table('contact')}
        add constraint no_bad check (address <> ${sql.lit(address)})`.execute(tx);
    } else {
      await sql`create trigger no_bad before insert on ${sql.table('contact')}
        when new.address = ${sql.lit(address)} begin select raise(abort, 'no'); end`.execute(tx);
    }
  });
}
