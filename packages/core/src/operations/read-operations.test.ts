import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { slot } from '../compose/slots.ts';
import { type IngestOptions, ingest } from '../inbound/ingest.ts';
import { ingestRaw } from '../inbound/ingest-raw.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import { renderEmail } from '../tools/render/render-email.ts';
import { checkInbox } from './check-inbox.ts';
import { getThread } from './get-thread.ts';
import type { CheckInboxInput, InboxFilter } from './inputs.ts';
import { readEmail } from './read-email.ts';
import { tagEmail } from './tag-email.ts';

let count = 0;

function mail(fields: Readonly<Record<string, string>> = {}, body = 'Hello\n'): string {
  count += 1;
  const all: Record<string, string> = {
    From: 'ana@example.com',
    To: 'support@acme.example',
    Subject: 'Hi',
    'Message-ID': `<r${count}@example.com>`,
    ...fields,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

describe.each(databases)('reading on $name', ({ open }) => {
  let world: ContextWorld;
  let agent: AgentPrincipal;
  beforeEach(async () => {
    world = await openContextWorld(open);
    agent = world.agent();
  });
  afterEach(() => world.close());

  async function take(
    fields: Readonly<Record<string, string>> = {},
    body?: string,
    options: Partial<IngestOptions> = {},
  ): Promise<string> {
    world.clock.now += 1_000;
    const all = { quarantine: false, ...options };
    return (await ingest(world.ctx, world.mailbox, mail(fields, body), all)).messageId;
  }

  async function list(filter: InboxFilter = {}, rest: CheckInboxInput = {}, as = agent) {
    const outcome = await checkInbox(world.ctx, as, { filter, ...rest });
    if (outcome.status !== 'ok') throw new Error(outcome.reason);
    return outcome;
  }

  async function ids(filter: InboxFilter = {}, as = agent): Promise<readonly string[]> {
    return (await list(filter, {}, as)).emails.map(({ id }) => id);
  }

  function replyTo(sent: { readonly internetMessageId: string }) {
    return { 'In-Reply-To': `<${sent.internetMessageId}>` };
  }

  describe('check_inbox', () => {
    test('lists received mail, newest first, without bodies', async () => {
      await world.insertSent();
      const first = await take({ Subject: 'One' }, 'the secret body');
      const second = await take({ Subject: 'Two' });
      const page = await list();
      expect(page.total).toBe(2);
      expect(page.emails.map(({ id }) => id)).toEqual([second, first]);
      expect(page.emails[1]).toEqual({
        id: first,
        threadId: expect.any(String),
        mailbox: 'support@acme.example',
        direction: 'inbound',
        from: 'ana@example.com',
        to: ['support@acme.example'],
        subject: 'One',
        at: world.clock.now - 1_000,
        tags: [],
        unread: true,
        replyIds: [],
      });
      expect(JSON.stringify(page)).not.toContain('secret');
    });

    test('narrows by every filter, and by all of them together', async () => {
      const bob = await take({ From: 'bob@example.org', Subject: 'Price of Pumps' }, 'Ten, please');
      const ana = await take({ Subject: 'Hallö' }, 'I want a demo\n\n> old pumps\n');
      const before = world.clock.now;
      const late = await take({ Subject: '100% sure_thing' });
      await tagEmail(world.ctx, agent, { messageId: bob, tags: ['Lead', 'hot'] });
      await tagEmail(world.ctx, agent, { messageId: ana, tags: ['lead'] });
      expect(await ids({ from: 'EXAMPLE.org' })).toEqual([bob]);
      expect(await ids({ subject: 'pumps' })).toEqual([bob]);
      expect(await ids({ subject: 'Hallö' })).toEqual([ana]);
      expect(await ids({ text: 'please TEN' })).toEqual([bob]);
      expect(await ids({ text: 'pumps' })).toEqual([bob]);
      expect(await ids({ subject: '0% sure_' })).toEqual([late]);
      expect(await ids({ subject: '_' })).toEqual([late]);
      expect(await ids({ subject: '\\' })).toEqual([]);
      expect(await ids({ tags: ['lead'] })).toEqual([ana, bob]);
      expect(await ids({ tags: 'LEAD', excludeTags: ['hot'] })).toEqual([ana]);
      expect(await ids({ tags: ['lead', 'hot'] })).toEqual([bob]);
      expect(await ids({ since: before })).toEqual([late, ana]);
      expect(await ids({ before: new Date(before).toISOString() })).toEqual([bob]);
      expect(await ids({ tags: ['lead'], from: 'ana', since: before })).toEqual([ana]);
      expect(await ids({ tags: ['lead'], from: 'ana', before })).toEqual([]);
    });

    test('treats empty text, null and empty lists as absent', async () => {
      const id = await take();
      const filler = { tags: [], from: '', subject: null, text: ' ', since: null, unread: null };
      const outcome = await checkInbox(world.ctx, agent, {
        mailbox: '',
        cursor: '',
        filter: filler as unknown as InboxFilter,
      });
      expect(outcome).toMatchObject({ status: 'ok', total: 1, emails: [{ id }] });
      const bare = await checkInbox(world.ctx, agent, {
        filter: null as unknown as InboxFilter,
      });
      expect(bare).toMatchObject({ total: 1 });
    });

    test('finds sent mail that was answered by a person, with the answers', async () => {
      const answered = await world.insertSent({ tags: ['win_back'], message: { campaign: 'q4' } });
      const silent = await world.insertSent({ tags: ['win_back'], to: 'bob@example.com' });
      await take({ ...replyTo(silent), From: 'bob@example.com', 'Auto-Submitted': 'auto-replied' });
      const reply = await take(replyTo(answered));
      const page = await list({ hasReplies: true, tags: ['win_back'] });
      expect(page.emails).toMatchObject([
        { id: answered.id, direction: 'outbound', replyIds: [reply], state: 'sent', unread: false },
      ]);
      expect(await ids({ hasReplies: false })).toEqual([silent.id]);
      expect(await ids({ tags: ['win_back'] })).toEqual([reply]);
      expect(await ids({ campaign: 'q4' })).toEqual([reply]);
      expect(await ids({ campaign: 'q4', direction: 'any' })).toEqual([reply, answered.id]);
    });

    test('shows the state of the least finished delivery and what became of the mail', async () => {
      const sent = await world.insertSent({ delivery: { bounced_at: 5 } });
      await world.ctx.storage.unit(async (tx) => {
        const row = await tx.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
        const other = { recipient_exact: 'x', recipient: 'bob@example.com', bounced_at: null };
        await tx
          .insertInto('delivery')
          .values({ ...row, id: `${row.id.slice(0, -1)}0x`, ...other, state: 'deferred' })
          .execute();
      });
      const [email] = (await list({ direction: 'outbound' })).emails;
      expect(email).toMatchObject({ id: sent.id, state: 'deferred', tags: ['bounced'] });
      expect(await ids({ direction: 'outbound', tags: ['bounced'] })).toEqual([sent.id]);
      expect(await ids({ direction: 'outbound', excludeTags: ['bounced'] })).toEqual([]);
    });

    test('knows what each agent has read', async () => {
      const [one, two] = [await take(), await take()];
      const other = world.agent({ id: 'other' });
      await readEmail(world.ctx, agent, { messageId: one });
      expect(await ids({ unread: true })).toEqual([two]);
      expect(await ids({ unread: false })).toEqual([one]);
      expect(await ids({ unread: true }, other)).toEqual([two, one]);
      expect((await list()).emails.map(({ unread }) => unread)).toEqual([true, false]);
    });

    test('turns pages that new mail does not move', async () => {
      const all: string[] = [];
      for (let n = 0; n < 5; n++) all.unshift(await take());
      const first = await list({}, { limit: 2 });
      await take();
      const second = await list({}, { limit: 2, cursor: first.cursor ?? '' });
      const third = await list({}, { limit: 2, cursor: second.cursor ?? '' });
      const pages = [first, second, third].map(({ emails }) => emails.map(({ id }) => id));
      expect(pages).toEqual([all.slice(0, 2), all.slice(2, 4), all.slice(4)]);
      expect([first.total, third.total]).toEqual([5, 6]);
      expect(third.cursor).toBeUndefined();
      expect(first.cursor).not.toContain(all[1] ?? '');
    });

    test('turns pages of mail that came in the same millisecond', async () => {
      const receivedAt = world.clock.now;
      const all = [];
      for (let n = 0; n < 4; n++) all.push(await take({}, undefined, { receivedAt }));
      const first = await list({}, { limit: 3 });
      const second = await list({}, { limit: 3, cursor: first.cursor ?? '' });
      const seen = [...first.emails, ...second.emails].map(({ id }) => id);
      expect([...seen].sort()).toEqual([...all].sort());
      expect(new Set(seen).size).toBe(4);
    });

    test.each([
      [{ filter: { tag: ['x'] } }, 'ARGUMENT_UNKNOWN', 'excludeTags'],
      [{ filter: 'all' }, 'ARGUMENT_INVALID', 'filter'],
      [{ filter: { unread: 'yes' } }, 'ARGUMENT_INVALID', 'unread'],
      [{ filter: { since: 'yesterday' } }, 'ARGUMENT_INVALID', 'since'],
      [{ filter: { direction: 'sent' } }, 'ARGUMENT_INVALID', 'outbound'],
      [{ limit: 0 }, 'ARGUMENT_INVALID', 'limit'],
      [{ cursor: 'made-up' }, 'ARGUMENT_INVALID', 'cursor'],
      [{ folder: 'INBOX' }, 'ARGUMENT_UNKNOWN', 'mailbox'],
      [{ mailbox: 'sales@acme.example' }, 'MAILBOX_UNKNOWN', 'support@acme.example'],
      [{ mailbox: 'nobody@acme.example' }, 'MAILBOX_UNKNOWN', 'support@acme.example'],
    ])('refuses %j', async (input, code, names) => {
      const outcome = await checkInbox(world.ctx, agent, input as CheckInboxInput);
      expect(outcome).toMatchObject({ status: 'invalid', code });
      expect(outcome).toHaveProperty('reason', expect.stringContaining(names));
    });

    test('asks an agent of two mailboxes which one, and lists them', async () => {
      const both = world.agent({
        mailboxes: [...world.ctx.mailboxes.values()].map((m) => m.address),
      });
      const outcome = await checkInbox(world.ctx, both, {});
      expect(outcome).toMatchObject({ status: 'invalid', code: 'MAILBOX_REQUIRED' });
      expect(outcome).toHaveProperty('reason', expect.stringContaining('sales@acme.example'));
    });
  });

  describe('read_email', () => {
    test('gives what the person wrote, and how sure it is who they are', async () => {
      const sent = await world.insertSent();
      const id = await take(
        { ...replyTo(sent), 'Content-Type': 'multipart/mixed; boundary=b' },
        '--b\r\n\r\nYes!\r\n\r\nOn Mon Acme <support@acme.example> wrote:\r\n> old\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\neHl6\r\n--b--\r\n',
      );
      expect(await readEmail(world.ctx, agent, { messageId: id })).toEqual({
        status: 'ok',
        id,
        threadId: sent.threadId,
        mailbox: 'support@acme.example',
        direction: 'inbound',
        from: 'ana@example.com',
        to: ['support@acme.example'],
        cc: [],
        subject: 'Hi',
        at: world.clock.now,
        tags: [],
        body: 'Yes!',
        truncated: false,
        authenticated: false,
        firstSeen: true,
        autoSubmitted: false,
        attachments: [
          { id: `${id}.1`, name: 'a.pdf', type: 'application/pdf', size: 3, readable: true },
        ],
        inReplyToMessageId: sent.id,
      });
    });

    const seen = async (messageId: string) => {
      const outcome = await readEmail(world.ctx, agent, { messageId });
      return outcome.status === 'ok' ? outcome.firstSeen : outcome.code;
    };

    test('of two that came at one instant, one is the first from its sender', async () => {
      const ids = [
        await take({ From: 'ana@example.com' }),
        await take({ From: 'ana@example.com' }),
      ];
      await world.ctx.storage.unit((tx) =>
        tx.updateTable('message').set({ created_at: world.clock.now }).execute(),
      );
      expect(await Promise.all(ids.map(seen))).toEqual([true, false]);
    });

    test('nobody gets known by mail that lies in quarantine', async () => {
      const hidden = await take({ From: 'ana@example.com' });
      await world.ctx.storage.unit((tx) =>
        tx.updateTable('message').set({ quarantined: 1 }).where('id', '=', hidden).execute(),
      );
      world.clock.now += 1_000;
      expect(await seen(await take({ From: 'ana@example.com' }))).toBe(true);
    });

    test('says whether anything came from this sender before, in any spelling', async () => {
      const first = await take({ From: 'Ana <ana@example.com>' });
      world.clock.now += 1_000;
      const again = await take({ From: 'ANA@example.com' });
      const other = await take({ From: 'bob@example.com' });
      expect([await seen(first), await seen(again), await seen(other)]).toEqual([
        true,
        false,
        true,
      ]);
    });

    test('cuts a long text and says so', async () => {
      const exact = await take({}, 'x'.repeat(12_000));
      const over = await take({}, 'x'.repeat(12_001));
      expect(await readEmail(world.ctx, agent, { messageId: exact })).toMatchObject({
        truncated: false,
      });
      const cut = await readEmail(world.ctx, agent, { messageId: over });
      expect(cut).toMatchObject({ truncated: true, body: 'x'.repeat(12_000) });
    });

    test('gives sent mail without a live link, with its deliveries', async () => {
      const nonce = 'nonce-nonce-nonce-nonce';
      const text = `Hello\nUnsubscribe: ${slot('unsubscribe', nonce)}`;
      const sent = await world.insertSent({ message: { text, nonce } });
      const outcome = await readEmail(world.ctx, agent, { messageId: sent.id });
      expect(outcome).toMatchObject({
        status: 'ok',
        deliveries: [{ id: sent.deliveryId, recipient: 'ana@example.com', state: 'sent' }],
      });
      expect(JSON.stringify(outcome)).not.toContain(nonce);
    });

    test('marks the message as read for this agent and run, once', async () => {
      const id = await take();
      await readEmail(world.ctx, world.agent({ run: 'r-1' }), { messageId: id });
      await readEmail(world.ctx, world.agent({ run: 'r-1' }), { messageId: id });
      await readEmail(world.ctx, world.agent({ run: 'r-2' }), { messageId: id });
      const marks = await world.ctx.storage.db
        .selectFrom('read_mark')
        .selectAll()
        .orderBy('run')
        .execute();
      expect(marks).toMatchObject([
        { message_id: id, agent: 'bot', run: 'r-1' },
        { message_id: id, agent: 'bot', run: 'r-2' },
      ]);
    });

    test('finds nothing of another mailbox, nor what waits for a person', async () => {
      const hidden = await take({}, undefined, { quarantine: true });
      const other = await ingestRaw(world.ctx, 'sales@acme.example', mail());
      for (const messageId of [hidden, other.messageId, 'made-up', '']) {
        expect(await readEmail(world.ctx, agent, { messageId })).toMatchObject({
          status: 'invalid',
          code: 'MESSAGE_NOT_FOUND',
        });
      }
      expect(await ids({ direction: 'any' })).toEqual([]);
      const person = { kind: 'reviewer', id: 'ops@acme.example' } as const;
      expect(await readEmail(world.ctx, person, { messageId: hidden })).toMatchObject({
        status: 'ok',
      });
    });
  });

  describe('what was written in HTML', () => {
    const HTML = { 'Content-Type': 'text/html' };
    const both = (text: string, html: string) =>
      `--b\r\n\r\n${text}\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b--\r\n`;
    const read = async (id: string) => {
      const outcome = await readEmail(world.ctx, agent, { messageId: id });
      if (outcome.status !== 'ok') throw new Error(outcome.reason);
      return outcome;
    };

    test('is Markdown, and says so', async () => {
      const id = await take(HTML, '<h1>Order</h1><p>See <a href="https://a.example/">it</a></p>');
      expect(await read(id)).toMatchObject({
        body: '# Order\n\nSee [it](https://a.example/)',
        bodyFormat: 'markdown',
      });
      expect(renderEmail(await read(id), 0).text).toContain('"body_format":"markdown"');
    });

    test('is the text that came with it where the new text was read from that', async () => {
      const type = { 'Content-Type': 'multipart/alternative; boundary=b' };
      const id = await take(type, both('Other *words*', '<p>Some <b>words</b></p>'));
      expect(await read(id)).not.toHaveProperty('bodyFormat');
      expect((await read(id)).body).toBe('Other *words*');
      const same = await take(type, both('Some words', '<p>Some <b>words</b></p>'));
      expect((await read(same)).body).toBe('Some **words**');
    });

    test('is the words alone when it is very long', async () => {
      const id = await take(HTML, `<p>Some <b>words</b></p>${'<p></p>'.repeat(75_000)}`);
      expect(await read(id)).not.toHaveProperty('bodyFormat');
      expect((await read(id)).body).toBe('Some words');
    });

    test('shows no return path that tags take apart', async () => {
      const token = 'abcdefgh'.repeat(5);
      const words = `<p><b>Hi</b> support+b-${token}@acme.example`;
      const id = await take(HTML, `${words} support+b-<i></i>${token}@acme.example</p>`);
      expect((await read(id)).body).toBe('**Hi** support@acme.example support@acme.example');
    });

    test('is Markdown in a thread, the newest first when it is long', async () => {
      const first = await take(HTML, `<p>Some <b>words</b></p>${'<p></p>'.repeat(40_000)}`);
      const { threadId, ...rest } = await read(first);
      expect(rest.bodyFormat).toBe('markdown');
      const about = await world.ctx.storage.db
        .selectFrom('message')
        .select('internet_message_id as name')
        .where('id', '=', first)
        .executeTakeFirstOrThrow();
      await take(
        { ...HTML, 'In-Reply-To': `<${about.name}>` },
        `<p>More <b>words</b></p>${'<p></p>'.repeat(40_000)}`,
      );
      const thread = await getThread(world.ctx, agent, { threadId });
      const bodies = thread.status === 'ok' ? thread.emails.map(({ body }) => body) : [];
      expect(bodies).toEqual(['Some words', 'More **words**']);
    });
  });

  describe('get_thread', () => {
    test('gives the conversation, oldest first, and counts as reading', async () => {
      const sent = await world.insertSent();
      const first = await take(replyTo(sent));
      const second = await take({ ...replyTo(sent), Cc: 'boss@example.com' });
      await take(replyTo(sent), undefined, { quarantine: true });
      const thread = await getThread(world.ctx, agent, { threadId: sent.threadId });
      expect(thread).toMatchObject({
        status: 'ok',
        threadId: sent.threadId,
        subject: 'How are you getting on?',
        participants: ['support@acme.example', 'ana@example.com', 'boss@example.com'],
        emails: [{ id: sent.id }, { id: first }, { id: second }],
      });
      expect(await ids({ unread: true })).toEqual([]);
    });

    test('stays small however long it is, and keeps the newest', async () => {
      const sent = await world.insertSent();
      let last = '';
      for (let n = 0; n < 35; n++) last = await take(replyTo(sent), 'y'.repeat(20_000));
      const thread = await getThread(world.ctx, agent, { threadId: sent.threadId });
      if (thread.status !== 'ok') throw new Error(thread.reason);
      expect(thread.emails).toHaveLength(30);
      expect(thread.emails.at(-1)).toMatchObject({ id: last, truncated: true });
      const size = thread.emails.reduce((sum, { body }) => sum + body.length, 0);
      expect(size).toBeLessThanOrEqual(12_000);
    });

    test('is not found in another mailbox', async () => {
      const { messageId } = await ingestRaw(world.ctx, 'sales@acme.example', mail());
      const { thread_id } = await world.ctx.storage.db
        .selectFrom('message')
        .select('thread_id')
        .where('id', '=', messageId)
        .executeTakeFirstOrThrow();
      expect(await getThread(world.ctx, agent, { threadId: thread_id })).toMatchObject({
        status: 'invalid',
        code: 'THREAD_NOT_FOUND',
      });
    });
  });
});
