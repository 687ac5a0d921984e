import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MAILBOX, openSamplesWorld, type SamplesWorld } from './samples-world.ts';
import { surfaces } from './surfaces.ts';

const [sqlite] = databases;
if (sqlite === undefined) throw new Error('no database to test on');

/** The published calls, with their own argument names and the result fields that they read. */
describe.each(surfaces)('the published samples through $name', ({ call }) => {
  let world: SamplesWorld;
  let agent: AgentHandle;
  let reviewer: ReviewerHandle;
  const start = async () => {
    world = await openSamplesWorld(sqlite.open);
    agent = world.warden.agent('winback-bot', { mailboxes: [MAILBOX], run: 'r-81' });
    reviewer = world.warden.reviewer('ops@acme.example');
    for (const name of ['ana', 'ben', 'cem']) {
      await agent.contacts({ address: `${name}@example.com`, addTags: ['lapsed'] });
    }
  };
  afterEach(() => world.close());

  const sendWinBack = (to: string) =>
    call(agent, 'send_email', {
      mailbox: MAILBOX,
      to,
      subject: 'We miss you',
      body: 'Come back and look around.',
      tags: ['win_back'],
      headers: { 'X-Campaign-ID': 'win-back-q1' },
      oversight_mode: 'gated_send',
    });

  it('finds contacts with their tags', async () => {
    await start();
    const { contacts, total } = await call(agent, 'manage_contacts', {
      query: 'tag:lapsed',
      mailbox: MAILBOX,
    });
    expect(total).toBe(3);
    expect(contacts).toContainEqual(
      expect.objectContaining({
        id: expect.any(String),
        email: 'ana@example.com',
        tags: ['lapsed'],
        can_email: true,
        can_email_reason: expect.any(String),
      }),
    );
  });

  it('sends into review, lists by tag, approves two of three and rejects one', async () => {
    await start();
    const sent = await Promise.all(
      ['ana', 'ben', 'cem'].map((name) => sendWinBack(`${name}@example.com`)),
    );
    for (const { status, message_id } of sent) {
      expect({ status, message_id }).toEqual({ status: 'held', message_id: expect.any(String) });
    }
    const pending = await call(reviewer, 'list_pending', { mailbox: MAILBOX, tag: 'win_back' });
    const messages = pending.messages as { id: string; to: string[]; subject: string }[];
    expect(messages.map(({ to, subject }) => `${to.join()} ${subject}`).sort()).toEqual([
      'ana@example.com We miss you',
      'ben@example.com We miss you',
      'cem@example.com We miss you',
    ]);
    for (const { id, to } of messages) {
      const approve = !to.includes('cem@example.com');
      const decided = await call(reviewer, 'decide_email', {
        message_id: id,
        decision: approve ? 'approve' : 'reject',
        reason: approve ? '' : 'Too soon for Cem.',
      });
      expect(decided).toMatchObject({ message_id: id, state: approve ? 'queued' : 'rejected' });
    }
    await world.warden.tick();
    const delivered = world.sink.messages;
    expect(delivered.flatMap(({ envelope }) => envelope.rcptTo).sort()).toEqual([
      'ana@example.com',
      'ben@example.com',
    ]);
    expect(delivered.map((message) => message.header('X-Campaign-ID'))).toEqual([
      'win-back-q1',
      'win-back-q1',
    ]);
    const seen = await call(agent, 'list_pending', { mailbox: MAILBOX, tag: 'win_back' });
    expect(seen.messages).toEqual([
      expect.objectContaining({ id: sent[2]?.message_id, reason: 'Too soon for Cem.' }),
    ]);
  });

  it('finds what was answered, reads and threads the answer, and tags it', async () => {
    await start();
    const { message_id } = await sendWinBack('ana@example.com');
    await call(reviewer, 'decide_email', { message_id, decision: 'approve', reason: null });
    await world.warden.tick();
    await world.answer(0, 'What does it cost for 20 people?');

    const answered = await call(agent, 'check_inbox', {
      mailbox: MAILBOX,
      filter: { tags: ['win_back'], has_replies: true },
    });
    expect(answered.emails).toMatchObject([
      { id: message_id, has_replies: true, reply_ids: [expect.any(String)] },
    ]);
    const inbox = () => call(agent, 'check_inbox', { mailbox: MAILBOX, filter: { unread: true } });
    const { emails } = (await inbox()) as { emails: { id: string }[] };
    expect(emails).toHaveLength(1);
    const id = emails[0]?.id;

    const read = await call(agent, 'read_email', { mailbox: MAILBOX, message_id: id });
    expect(read).toMatchObject({
      from: 'ana@example.com',
      thread_id: expect.any(String),
      body: expect.stringContaining('What does it cost for 20 people?'),
    });
    expect(await inbox()).toMatchObject({ total: 0 });

    const thread = await call(agent, 'get_thread', {
      mailbox: MAILBOX,
      thread_id: read.thread_id,
    });
    expect(thread.emails).toMatchObject([{ id: message_id }, { id }]);

    const tag = () => call(agent, 'tag_email', { message_id: id, tags: ['mql'] });
    expect(await tag()).toMatchObject({ added: ['mql'], tags: expect.arrayContaining(['mql']) });
    expect(await tag()).toMatchObject({ added: [] });
    const { contacts } = (await call(agent, 'manage_contacts', {
      query: 'ana@example.com',
      mailbox: MAILBOX,
    })) as { contacts: { id: string }[] };
    expect(
      await call(agent, 'tag_email', { contact_id: contacts[0]?.id, tags: ['hot'] }),
    ).toMatchObject({ added: ['hot'] });
  });
});
