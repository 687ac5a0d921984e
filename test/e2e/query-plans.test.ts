import type { AgentHandle } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { approveTemplate } from '../support/approve-template.ts';
import { type CapturedQueries, captureQueries } from '../support/capture-queries.ts';
import { databases } from '../support/databases.ts';
import { findScans } from '../support/find-scans.ts';
import { createMovingInbox, type MovingInbox } from '../support/moving-inbox.ts';
import { multiplyRows } from '../support/multiply-rows.ts';
import { answer, complaint, deliveryReport } from '../support/report-mail.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';
import {
  signMailgun,
  signSendgrid,
  startAmazon,
  webhookOptions,
} from '../support/webhook-signatures.ts';

describe.each(databases)('every query of a send and a claim on $name', ({ name, open }) => {
  let world: WardenWorld;
  let captured: CapturedQueries;
  let inbox: MovingInbox;
  let question: string;
  afterEach(() => world.close());

  it('finds its rows by an index that narrows, however many rows there are', async () => {
    captured = captureQueries();
    inbox = createMovingInbox();
    world = await openWorld(
      async () => {
        const database = await open();
        return { ...database, factory: captured.over(database.factory) };
      },
      {
        mailbox: {
          inbox,
          subaddressing: true,
          onUnknown: 'resend',
          dailyLimit: 1_000,
          bounces: 'none',
          tighten: [{ when: { firstOf: 'step', tag: 'none' }, to: 'gated_send' }],
        },
        templates: [RECEIPT],
        offers: [SPRING],
        suppressionSources: [
          { name: 'crm', maxAge: 365 * DAY, pull: () => [{ address: 'eve@example.net' }] },
        ],
        trustedAuthservId: 'mx.acme.example',
        webhooks: webhookOptions(startAmazon()),
      },
    );
    await prepare();
    await captured.during(sendAndClaim);
    const queries = captured.list();
    const storage = await world.database.again().open();
    if (name === 'postgres') await multiplyRows(storage.db, world.database.where[1] ?? '');
    const scans = new Map<string, readonly string[]>();
    for (const query of queries) {
      const found = await findScans(storage.db, name, query);
      if (found.length > 0) scans.set(query.sql, found);
    }
    await storage.close();
    process.stdout.write(`query plans on ${name}: ${queries.length} statements\n`);
    expect(Object.fromEntries(scans)).toEqual({});
    expect(queries.length).toBeGreaterThan(50);
  }, 120_000);

  /** Rows in every table that facts come from. */
  async function prepare(): Promise<void> {
    const system = world.warden.system();
    await approveTemplate(world.warden.reviewer('rita'), 'receipt');
    await world.warden.reviewer('rita').suppress('eve@example.com');
    inbox.put(QUESTION, world.clock.now);
    await world.warden.tick();
    const mail = await world.agent('bot', { mailboxes: [SUPPORT] }).checkInbox();
    question = (mail.status === 'ok' ? mail.emails[0]?.id : undefined) ?? '';
    await system.erasePerson('gone@example.com', { reason: 'request' });
    const agent = world.agent('bot', { mailboxes: [MARKETING] });
    const look = { subject: 'Offer', body: '90% off', to: 'dan@example.com' };
    const { messageId = '' } = await agent.send(look);
    await world.warden.reviewer('rita').decide(messageId, 'approve');
    await system.recordConsent('ana@example.com', CONSENT);
    await system.importContacts('email\nfay@example.com\n', { source: 'fair', country: 'US' });
    await system.recordSendingFacts({ domain: 'acme.example', dmarc: false });
  }

  async function sendAndClaim(): Promise<void> {
    const agent = world.agent('bot', { mailboxes: [MARKETING, SUPPORT], run: 'r1' });
    const news = { mailbox: MARKETING, subject: 'News', topic: 'news', campaign: 'spring' };
    const tags = ['spring'];
    await agent.preview({ ...news, to: 'ana@example.com', body: 'One' });
    const first = { ...news, to: ['ana@example.com', 'eve@example.com'], body: 'One', tags };
    const sent = await agent.send({ ...first, idempotencyKey: 'k' }, { callId: 'c' });
    expect(sent.messages.map(({ status }) => status)).toEqual(['queued', 'blocked']);
    await agent.send({ ...first, idempotencyKey: 'k' });
    const receipt = { template: 'receipt', variables: { name: 'Ana' } };
    await agent.send({ mailbox: SUPPORT, to: 'ana@example.com', ...receipt });
    const held = await agent.send({
      ...news,
      to: 'ben@example.com',
      body: '90% off',
      variant: 'b',
    });
    expect(held.status).toBe('held');
    const again = { ...news, to: 'ben@example.com', body: 'Nothing off' };
    await agent.send({ ...again, revises: held.messageId ?? '' });
    const answer = {
      mailbox: SUPPORT,
      messageId: question,
      body: 'It is at https://acme.example/r.',
    };
    expect(await agent.reply(answer)).toMatchObject({ status: 'queued' });
    const file = { messageId: question, attachmentId: `${question}.1` };
    expect(await agent.readAttachment(file)).toMatchObject({ text: 'order | 1' });
    const gmail = { ...news, to: 'ana@gmail.com', body: 'Ten' };
    expect(await agent.send(gmail)).toMatchObject({ status: 'queued' });
    const body = 'You get 20% off. The offer ends on March 30.';
    expect(await agent.send({ ...news, to: 'fay@example.com', body })).toMatchObject({
      status: 'queued',
    });
    await world.warden.tick();
    await world.sink.waitFor(7);
    for (const table of ['told_deadline', 'fact_task', 'suppression', 'consent', 'preference']) {
      expect(
        captured.list().some(({ sql }) => sql.includes(table)),
        table,
      ).toBe(true);
    }
    await takeBack(agent);
    const nobody = world.warden.reviewer('rita').resendUnknown('none', 'It is gone.');
    await expect(nobody).rejects.toMatchObject({ code: 'NOT_PENDING' });
    await sendOnceMore();
  }

  /** Nobody knows any more whether one arrived; a person has it sent again. */
  async function sendOnceMore(): Promise<void> {
    const storage = await world.database.again().open();
    const { id } = await storage.db
      .selectFrom('delivery')
      .select('id')
      .where('state', '=', 'sent')
      .executeTakeFirstOrThrow();
    await storage.unit((tx) =>
      tx.updateTable('delivery').set({ state: 'unknown' }).where('id', '=', id).execute(),
    );
    await storage.close();
    const reviewer = world.warden.reviewer('rita');
    await reviewer.resendUnknown(id, 'It is gone.');
    await world.warden.tick();
    // Where a tenth of all is unknown, PostgreSQL rightly reads the whole table for it.
    await reviewer.resolveUnknown(id, 'sent', 'Their log has it.');
    const asked = captured.list().filter(({ sql }) => sql.includes('heard_at'));
    expect(asked).toHaveLength(1);
  }

  /** A provider says what became of the first two. */
  async function postEvents(ids: readonly string[]): Promise<void> {
    const at = world.clock.now;
    const sign = { sg_event_id: 'e', timestamp: at / 1_000 };
    const events = ids.slice(0, 2).flatMap((about, index) => [
      { ...sign, event: 'delivered', email: 'ana@example.com', 'smtp-id': `<${about}>` },
      { ...sign, event: 'unsubscribe', email: 'ana@example.com', 'smtp-id': `<x${index}>` },
    ]);
    const posted = signSendgrid(events, at);
    const url = 'https://mail.acme.example/webhooks/sendgrid';
    const response = await world.warden.handler(new Request(url, { method: 'POST', ...posted }));
    expect(response.status).toBe(200);
    const [first = ''] = ids;
    const mailgun = signMailgun(
      { event: 'complained', message: { headers: { 'message-id': first } } },
      at,
    );
    const other = new Request(url.replace('sendgrid', 'mailgun'), { method: 'POST', ...mailgun });
    expect((await world.warden.handler(other)).status).toBe(200);
  }

  /** A bounce, a complaint and an unclear letter come back; what waits for the letter is held. */
  async function takeBack(agent: AgentHandle): Promise<void> {
    const ids = world.sink.messages.map((mail) => (mail.header('Message-ID') ?? '').slice(1, -1));
    const [about = ''] = ids;
    const full = { address: 'ana@example.com', status: '5.2.2', diagnostic: '552 Mailbox is full' };
    const gone = { address: 'ana@gmail.com' };
    for (const id of ids) {
      inbox.put(deliveryReport({ about: id, recipients: [full] }), world.clock.now);
    }
    inbox.put(deliveryReport({ about: ids.at(-1) ?? '', recipients: [gone] }), world.clock.now);
    inbox.put(complaint({ about }), world.clock.now);
    const { mailFrom } = world.sink.messages[0]?.envelope ?? {};
    const away = { From: 'ana@example.com', To: mailFrom ?? '', 'Auto-Submitted': 'auto-replied' };
    inbox.put(answer(away, 'Back on Monday.'), world.clock.now);
    inbox.put(
      deliveryReport({ about: 'renamed@relay.example', to: mailFrom ?? '', recipients: [full] }),
      world.clock.now,
    );
    const from = { From: 'ana@example.com' };
    inbox.put(answer(from, 'How do I unsubscribe?', about), world.clock.now);
    inbox.put(answer({ ...from, Subject: 'Unsubscribe' }, ''), world.clock.now);
    await postEvents(ids);
    await world.warden.tick();
    const more = { mailbox: MARKETING, topic: 'news', subject: 'More', body: 'Two' };
    await agent.send({ ...more, to: 'ana@example.com' });
  }
});

const DAY = 86_400_000;
const SPRING = {
  ...{ id: 'spring', percent: 20 },
  startsAt: Date.parse('2026-03-01T00:00:00Z'),
  endsAt: Date.parse('2026-03-31T00:00:00Z'),
} as const;

const CONSENT = {
  basis: 'express',
  wordingVersion: 'v1',
  evidence: { method: 'web form' },
} as const;

const RECEIPT = {
  id: 'receipt',
  category: 'transactional',
  subject: 'Your receipt',
  body: 'Hello {{ name }}, here is your receipt.',
  variables: { name: 'text' },
} as const;

const QUESTION = `From: Ana <ana@example.com>
To: ${SUPPORT}
Subject: A question
Message-ID: <q1@example.com>
Date: Mon, 2 Mar 2026 08:00:00 +0000
Authentication-Results: mx.acme.example; dmarc=pass header.from=example.com
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

Where is my receipt?
--b
Content-Type: text/csv
Content-Disposition: attachment; filename="order.csv"

order,1
--b--
`;
