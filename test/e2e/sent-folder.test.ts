import { imap } from '@mailwarden/core/imap';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStored } from '../faults/stored.ts';
import { databases } from '../support/databases.ts';
import { createTestMailbox, type TestMailbox } from '../support/shared-dovecot.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const MINUTE = 60_000;

describe.each(databases)('the Sent folder on Dovecot, on $name', ({ open }) => {
  let account: TestMailbox;
  let server: ScriptedSmtpServer;
  let world: WardenWorld;
  let breaks = 0;

  beforeEach(async () => {
    account = createTestMailbox();
    breaks = 0;
    server = await startScriptedSmtpServer({
      dot: () => {
        breaks -= 1;
        return breaks >= 0 ? { act: 'drop' } : undefined;
      },
    });
    world = await openWorld(open, {
      smtpUrl: server.url,
      inbox: imap(account.login),
      trustedAuthservId: 'mx.acme.example',
    });
    await asColleague((client) => client.mailboxCreate('Sent'));
  });
  afterEach(async () => {
    await world.close();
    await server.close();
  });

  async function asColleague<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ ...account.login, doSTARTTLS: false, logger: false });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }
  const putIntoSent = (raw: string, at?: number) =>
    asColleague((client) =>
      client.append('Sent', raw, ['\\Seen'], at === undefined ? undefined : new Date(at)),
    );
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
  const answer = (from = MARKETING) => `From: Bob <${from}>
To: ${ANA}
Subject: Re: A question
Message-ID: <answer@acme.example>
In-Reply-To: <question@customer.example>

It is 10. Please unsubscribe me.
`;
  const states = async () =>
    (await world.warden.system().deliveries()).map(({ state, code }) => `${state} ${code}`);

  it('a colleague who answered from their own client holds the answer of an agent', async () => {
    const question = await ask();
    world.clock.now += MINUTE;
    await putIntoSent(answer());
    await world.warden.tick();
    const late = await world.agent().reply({ messageId: question, body: 'It is 10.' });
    expect(late).toMatchObject({ status: 'held', code: 'HUMAN_ALREADY_REPLIED' });
    const reviewer = world.warden.reviewer('ops');
    const messageId = 'messageId' in late ? (late.messageId ?? '') : '';
    const { review } = await reviewer.show(messageId);
    await reviewer.decide(messageId, 'approve', { review });
    await world.warden.tick();
    expect(server.accepted).toHaveLength(1);
  });

  it('holds an answer that was waiting to go out', async () => {
    const question = await ask();
    const sendAt = world.clock.now + 10 * MINUTE;
    const early = await world.agent().reply({ messageId: question, body: 'It is 10.', sendAt });
    expect(early.status).toBe('scheduled');
    world.clock.now += MINUTE;
    await putIntoSent(answer());
    await world.warden.tick();
    world.clock.now = sendAt + 1;
    await world.warden.tick();
    expect(await states()).toEqual(['held HUMAN_ALREADY_REPLIED']);
    expect(server.accepted).toEqual([]);
  });

  it('belongs to the conversation, and is no mail that came in', async () => {
    const question = await ask();
    world.clock.now += MINUTE;
    await putIntoSent(answer('bob.private@mail.example'));
    await world.warden.tick();
    const agent = world.agent();
    const inbox = await agent.checkInbox({});
    expect(inbox).toMatchObject({ status: 'ok', total: 1, emails: [{ replyIds: [] }] });
    const threadId = inbox.status === 'ok' ? (inbox.emails[0]?.threadId ?? '') : '';
    const thread = await agent.getThread({ threadId });
    expect(thread).toMatchObject({
      status: 'ok',
      emails: [{ id: question }, { sentElsewhere: true, from: 'bob.private@mail.example' }],
    });
    expect(world.events.map(({ type }) => type)).toContain('message.sent_elsewhere');
    // They wrote nothing to us, and ask for nothing.
    const { storage } = await openStored(world.database);
    const contacts = await storage.db.selectFrom('contact').select('address').execute();
    expect(contacts).toEqual([{ address: ANA }]);
    expect(await world.warden.system().check(ANA)).toMatchObject({ suppressions: [] });
  });

  it('what was sent before the question, or lies elsewhere, holds nothing', async () => {
    await putIntoSent(answer().replace('<answer@', '<before@'), world.clock.now - 24 * 60 * MINUTE);
    const question = await ask();
    world.clock.now += MINUTE;
    // Anybody can write in the mailbox's name.
    await account.deliver(answer());
    await world.warden.tick();
    const reply = await world.agent().reply({ messageId: question, body: 'It is 10.' });
    expect(reply.status).toBe('queued');
  });

  it('P6: a copy settles mail of which nobody knew whether it left; the same in the inbox does not', async () => {
    breaks = 1;
    await world.agent().send({ to: ANA, subject: 'News', body: 'Hello' });
    await world.warden.tick();
    expect(await states()).toEqual([expect.stringMatching(/^unknown/)]);
    const copy = server.received.at(-1)?.raw.toString('latin1') ?? '';
    await account.deliver(copy);
    await world.warden.tick();
    expect(await states()).toEqual([expect.stringMatching(/^unknown/)]);
    await putIntoSent(copy);
    await world.warden.tick();
    expect(await states()).toEqual(['sent FOUND_IN_SENT']);
    await world.warden.tick();
    expect(server.accepted).toEqual([]);
  });
});
