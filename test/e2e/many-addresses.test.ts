import { createMailwarden, type Mailwarden, type MailwardenEvent } from '@mailwarden/core';
import { imap } from '@mailwarden/core/imap';
import { smtp } from '@mailwarden/core/smtp';
import { type SmtpSink, startSmtpSink } from '@mailwarden/testing';
import { ImapFlow } from 'imapflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, type TestDatabase } from '../support/databases.ts';
import { createTestMailbox, type TestMailbox } from '../support/shared-dovecot.ts';

const LOGIN = 'inbox@acme.example';
const SALES = 'sales@agents.acme.example';
const HELP = 'help@agents.acme.example';
const OLD = 'old@agents.acme.example';
const RECEIVED = 'Received: from mail.customer.example by mx.acme.example with ESMTP id 1';

describe.each(databases)('one login for many agents on Dovecot, on $name', ({ open }) => {
  let account: TestMailbox;
  let database: TestDatabase;
  let sink: SmtpSink;
  let warden: Mailwarden;
  let events: MailwardenEvent[];

  beforeEach(async () => {
    account = createTestMailbox();
    database = await open();
    sink = await startSmtpSink();
    events = [];
    const common = { oversight: 'autonomous', transport: smtp(sink.url) } as const;
    warden = await createMailwarden({
      database: database.factory,
      keys: [{ id: 'k1', secret: 'a secret that only these tests know, 1' }],
      trustedAuthservId: 'mx.acme.example',
      audience: { unknownCountry: 'US' },
      mailboxes: [
        {
          ...common,
          address: LOGIN,
          inbox: imap(account.login),
          addresses: '*@agents.acme.example',
        },
        { ...common, address: SALES },
        { ...common, address: HELP },
      ],
      onEvent: (event) => void events.push(event),
    });
  });
  afterEach(async () => {
    await warden.stop();
    await sink.close();
    await database.dispose();
  });

  const question = (to: string, top = [`X-Original-To: ${to}`, RECEIVED]) =>
    [
      'Authentication-Results: mx.acme.example; dmarc=pass header.from=customer.example',
      ...top,
      `From: Ana <ana@customer.example>\nTo: ${to}\nSubject: For ${to.split('@')[0]}`,
      `Message-ID: <${to.split('@')[0]}@customer.example>\n\nHow much is it?\n`,
    ].join('\n');
  const agent = (mailbox: string) => warden.agent('bot', { mailboxes: [mailbox] });
  async function inboxOf(mailbox: string) {
    const page = await agent(mailbox).checkInbox({});
    return page.status === 'ok' ? page.emails : expect.unreachable();
  }
  const subjects = async (mailbox: string) =>
    (await inboxOf(mailbox)).map(({ subject }) => subject);

  async function connect(): Promise<ImapFlow> {
    const client = new ImapFlow({ ...account.login, doSTARTTLS: false, logger: false });
    await client.connect();
    return client;
  }
  async function countSent(): Promise<number> {
    const client = await connect();
    const { exists } = await client.mailboxOpen('Sent', { readOnly: true });
    await client.logout();
    return exists;
  }

  it('each agent reads and answers its own mail and no other', async () => {
    const forged = [`X-Original-To: ${HELP}`, RECEIVED, `X-Original-To: ${SALES}`];
    await account.deliverAll([question(SALES), question(HELP, forged), question(LOGIN)]);
    await warden.tick();
    expect(await subjects(SALES)).toEqual(['For sales']);
    expect(await subjects(HELP)).toEqual(['For help']);
    expect(await subjects(LOGIN)).toEqual(['For inbox']);
    const [mail] = await inboxOf(SALES);
    const id = mail?.id ?? '';
    for (const other of [HELP, LOGIN]) {
      expect(await agent(other).readEmail({ messageId: id })).toMatchObject({ status: 'invalid' });
      const reply = await agent(other).reply({ messageId: id, body: 'It is 10.' });
      expect(reply).toMatchObject({ status: 'invalid', code: 'MESSAGE_NOT_FOUND' });
    }
    expect(await agent(SALES).reply({ messageId: id, body: 'It is 10.' })).toMatchObject({
      status: 'queued',
    });
    await warden.tick();
    expect(sink.messages.map((sent) => sent.header('from'))).toEqual([`<${SALES}>`]);
  });

  it('mail for an address that nobody has waits for people, and nobody sends as it', async () => {
    await account.deliver(question(OLD));
    await warden.tick();
    for (const mailbox of [SALES, HELP, LOGIN]) expect(await subjects(mailbox)).toEqual([]);
    expect(events.find(({ type }) => type === 'message.received')).toMatchObject({
      mailbox: LOGIN,
      data: { quarantined: true, unclaimed: 'address_undeclared' },
    });
    expect(() => agent(OLD)).toThrow(expect.objectContaining({ code: 'MAILBOX_UNKNOWN' }));
    const strangers = warden.reviewer('eve', { mailboxes: [SALES] });
    expect((await strangers.listPending({})).messages).toEqual([]);
    const reviewer = warden.reviewer('ops', { mailboxes: [LOGIN] });
    const { messages } = await reviewer.listPending({});
    await reviewer.decide(messages[0]?.id ?? '', 'approve');
    expect(await subjects(LOGIN)).toEqual(['For old']);
    expect(await subjects(SALES)).toEqual([]);
  });

  it('what a colleague answered as one address holds the agent of that address', async () => {
    await account.deliverAll([question(SALES), question(HELP)]);
    await warden.tick();
    const client = await connect();
    await client.mailboxCreate('Sent');
    const answer = `From: ${SALES}\nTo: ana@customer.example\nMessage-ID: <own@acme.example>\nIn-Reply-To: <sales@customer.example>\n\nIt is 10.\n`;
    await client.append('Sent', answer, ['\\Seen'], new Date(Date.now() + 60_000));
    await client.logout();
    await warden.tick();
    const [sales] = await inboxOf(SALES);
    const [help] = await inboxOf(HELP);
    expect(await agent(SALES).reply({ messageId: sales?.id ?? '', body: 'Ten.' })).toMatchObject({
      code: 'HUMAN_ALREADY_REPLIED',
    });
    expect(await agent(HELP).reply({ messageId: help?.id ?? '', body: 'Ten.' })).toMatchObject({
      status: 'queued',
    });
    // The copy of an agent's own mail comes there, too, and is nobody's answer.
    for (let times = 0; times < 3; times += 1) await warden.tick();
    expect(sink.messages).toHaveLength(1);
    const elsewhere = events.filter(({ type }) => type === 'message.sent_elsewhere');
    expect(elsewhere.map(({ mailbox }) => mailbox)).toEqual([SALES]);
    expect(await countSent()).toBe(2);
  });
});
