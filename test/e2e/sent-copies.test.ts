import type { CopyOutcome, Inbox, MailboxOptions, SentCopy } from '@mailwarden/core';
import { MailwardenError } from '@mailwarden/core';
import { imap } from '@mailwarden/core/imap';
import { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStored } from '../faults/stored.ts';
import { databases } from '../support/databases.ts';
import { createTestMailbox, type TestMailbox } from '../support/shared-dovecot.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const MINUTE = 60_000;

/** What happens around the real thing. */
type Around = (
  copy: SentCopy,
  keep: (copy: SentCopy) => Promise<CopyOutcome>,
) => Promise<CopyOutcome>;

describe.each(databases)('copies in the Sent folder on Dovecot, on $name', ({ open }) => {
  let account: TestMailbox;
  let world: WardenWorld;
  let around: Around;
  const kept: CopyOutcome[] = [];

  beforeEach(async () => {
    account = createTestMailbox();
    around = (copy, keep) => keep(copy);
    kept.length = 0;
    await asColleague((client) => client.mailboxCreate('Sent'));
    await start();
  });
  afterEach(() => world.close());

  async function start(mailbox: Partial<MailboxOptions> = {}): Promise<void> {
    world = await openWorld(open, {
      inbox: watched(),
      mailbox,
      trustedAuthservId: 'mx.acme.example',
    });
  }
  function watched(): Inbox {
    const real = imap(account.login);
    return {
      ...real,
      async keepCopy(copy) {
        const outcome = await around(
          copy,
          async (each) => (await real.keepCopy?.(each)) ?? 'unwanted',
        );
        kept.push(outcome);
        return outcome;
      },
    };
  }
  async function asColleague<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ ...account.login, doSTARTTLS: false, logger: false });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }
  const copies = () =>
    asColleague(async (client) => {
      await client.mailboxOpen('Sent', { readOnly: true });
      const query = { source: true, flags: true, internalDate: true } as const;
      return client.mailbox !== false && client.mailbox.exists > 0
        ? client.fetchAll('1:*', query)
        : [];
    });
  /** A customer asks; gives the id of the question. */
  async function ask(): Promise<string> {
    await account.deliver(
      `Authentication-Results: mx.acme.example; dmarc=pass header.from=customer.example
From: Ana <${ANA}>
To: ${MARKETING}
Subject: A question
Message-ID: <question@customer.example>

How much is it?
`,
    );
    await world.warden.tick();
    const found = await world.agent().checkInbox({});
    return found.status === 'ok' ? (found.emails[0]?.id ?? '') : '';
  }
  async function answer(): Promise<string> {
    const messageId = await ask();
    const reply = await world.agent().reply({ messageId, body: 'It is 10.' });
    expect(reply.status).toBe('queued');
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(1);
    return messageId;
  }
  const header = (raw: Buffer | undefined, name: string) =>
    new RegExp(`^${name}: (.*?)\\r?$`, 'im').exec(raw?.toString('latin1') ?? '')?.[1];

  it('an answer lies there once, as it went out, and is nobody else’s answer', async () => {
    const question = await answer();
    const sentAt = world.clock.now;
    world.clock.now += MINUTE;
    for (let times = 0; times < 3; times += 1) await world.warden.tick();
    const [copy, ...others] = await copies();
    expect(others).toEqual([]);
    const raw = copy?.source;
    const sent = world.sink.messages[0]?.raw;
    for (const name of ['Message-ID', 'X-Mailwarden-Id', 'Date', 'From', 'To', 'Subject']) {
      expect(header(raw, name)).toBe(header(sent, name));
    }
    expect(copy?.flags).toContain('\\Seen');
    expect(new Date(copy?.internalDate ?? 0).getTime()).toBe(sentAt);
    expect(kept).toEqual(['stored']);
    const page = await world.agent().checkInbox({});
    const threadId = page.status === 'ok' ? (page.emails[0]?.threadId ?? '') : '';
    const thread = await world.agent().getThread({ threadId });
    expect(
      thread.status === 'ok' ? thread.emails.map(({ sentElsewhere }) => sentElsewhere) : [],
    ).toEqual([undefined, undefined]);
    expect(world.events.map(({ type }) => type)).not.toContain('message.sent_elsewhere');
    const more = await world.agent().reply({ messageId: question, body: 'And 5 for two.' });
    expect(more.status).toBe('queued');
  });

  it('marketing is not copied, nor anything where the mailbox says no', async () => {
    await world.agent().send({ to: ANA, subject: 'News', body: 'Hello' });
    await world.warden.tick();
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(1);
    await world.close();
    account = createTestMailbox();
    await asColleague((client) => client.mailboxCreate('Sent'));
    await start({ copyToSent: false });
    await answer();
    await world.warden.tick();
    expect(kept).toEqual([]);
    expect(await copies()).toEqual([]);
  });

  it('what the provider has put there itself is enough, seen at any moment', async () => {
    const question = await answer();
    const putThere = (at: number) =>
      asColleague((client) => {
        const raw = world.sink.messages[at]?.raw ?? Buffer.alloc(0);
        return client.append('Sent', raw, [], new Date(world.clock.now));
      });
    await putThere(0);
    await world.warden.tick();
    expect(kept).toEqual([]);
    await world.agent().reply({ messageId: question, body: 'And 5 for two.' });
    await world.warden.tick();
    around = async (copy, keep) => {
      await putThere(1);
      return keep(copy);
    };
    await world.warden.tick();
    expect(kept).toEqual(['found']);
    expect(await copies()).toHaveLength(2);
  });

  it('a crash between the copy and its record leaves one copy', async () => {
    await answer();
    around = async (copy, keep) => {
      await keep(copy);
      throw new MailwardenError('INBOX_UNAVAILABLE');
    };
    await world.warden.tick();
    expect(await copies()).toHaveLength(1);
    around = (copy, keep) => keep(copy);
    world.clock.now += 2 * MINUTE;
    await world.warden.tick();
    expect(kept).toEqual([]);
    expect(await copies()).toHaveLength(1);
  });

  it('a process that dies with a copy in hand is followed by another after its lease', async () => {
    await answer();
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    around = async () => {
      begin();
      await promise;
      throw new MailwardenError('INBOX_UNAVAILABLE');
    };
    const hanging = world.warden.tick();
    await begun;
    around = (copy, keep) => keep(copy);
    const other = await world.another({ inbox: watched() });
    await other.tick();
    expect(kept).toEqual([]);
    world.clock.now += 11 * MINUTE;
    await other.tick();
    expect(kept).toEqual(['stored']);
    resolve();
    await hanging;
    world.clock.now += 2 * MINUTE;
    await world.warden.tick();
    expect(kept).toEqual(['stored']);
    expect(await copies()).toHaveLength(1);
  });

  it('a server that refuses copies keeps no mail from going out or coming in', async () => {
    const question = await answer();
    let refusals = 0;
    around = () => {
      refusals += 1;
      return Promise.reject(new MailwardenError('INBOX_UNAVAILABLE'));
    };
    await world.warden.tick();
    await world.agent().reply({ messageId: question, body: 'And 5 for two.' });
    await account.deliver(
      `From: Ben <ben@customer.example>\nTo: ${MARKETING}\nSubject: Hi\n\nHi\n`,
    );
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(2);
    expect(await world.agent().checkInbox({})).toMatchObject({ total: 2 });
    expect(world.errors.map(({ code }) => code)).toContain('INBOX_UNAVAILABLE');
    // Tried again ever more rarely, and given up.
    world.clock.now += 4 * 24 * 60 * MINUTE;
    await world.warden.tick();
    world.clock.now += 24 * 60 * MINUTE;
    const before = refusals;
    await world.warden.tick();
    await world.warden.tick();
    expect(refusals - before).toBeLessThanOrEqual(1);
    const { storage } = await openStored(world.database);
    const states = await storage.db.selectFrom('delivery').select('state').execute();
    expect(states).toEqual([{ state: 'sent' }, { state: 'sent' }]);
  });

  it('P8: what was erased is not brought back, also while the folder was waited for', async () => {
    await answer();
    around = async (copy, keep) => {
      await world.warden.system().erasePerson(ANA, { reason: 'request' });
      return keep(copy);
    };
    await world.warden.tick();
    expect(kept).toEqual(['unwanted']);
    await world.warden.tick();
    expect(kept).toEqual(['unwanted']);
    expect(await copies()).toEqual([]);
  });

  it('without a Sent folder, and in mailboxes without an inbox, nothing waits', async () => {
    await asColleague((client) => client.mailboxDelete('Sent'));
    await answer();
    await world.warden.tick();
    expect(kept).toEqual(['no_folder']);
    await world.agent('bot', { mailboxes: [SUPPORT] }).send({ to: ANA, subject: 'Hi', body: 'Hi' });
    await world.warden.tick();
    const { storage } = await openStored(world.database);
    const due = await storage.db
      .selectFrom('delivery')
      .select('id')
      .where('copy_due_at', 'is not', null)
      .execute();
    expect(due).toEqual([]);
  });
});
