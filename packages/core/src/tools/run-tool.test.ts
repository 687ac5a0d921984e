import { describe, expect, it } from 'vitest';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { AgentHandle, ReviewerHandle } from '../principal/handles.ts';
import { bindPrincipal } from '../principal/registry.ts';
import { listTools } from './list-tools.ts';
import { runTool } from './run-tool.ts';
import { email, memoryAgent, memoryReviewer, QUEUED, summary } from './testing/memory-handles.ts';

describe('runTool', () => {
  it('hands the arguments of a send to the operation, with the id of the call', async () => {
    const { agent, calls } = memoryAgent();
    const result = await runTool(
      agent,
      'send_email',
      {
        mailbox: 'lifecycle@acme.example',
        to: 'ann@example.com',
        subject: 'Hi',
        body: 'Hello',
        tags: ['win_back'],
        headers: { 'X-Campaign-ID': 'spring' },
        send_at: '2027-03-01T09:00:00+01:00',
        oversight_mode: 'gated_send',
        idempotency_key: 'k1',
        revises: 'm0',
        cc: null,
      },
      { callId: 'call-1' },
    );
    expect(calls).toEqual([
      {
        operation: 'send',
        input: {
          mailbox: 'lifecycle@acme.example',
          to: ['ann@example.com'],
          subject: 'Hi',
          body: 'Hello',
          tags: ['win_back'],
          headers: ['X-Campaign-ID: spring'],
          sendAt: '2027-03-01T09:00:00+01:00',
          oversightMode: 'gated_send',
          idempotencyKey: 'k1',
          revises: 'm0',
        },
        call: { callId: 'call-1' },
      },
    ]);
    expect(result).toMatchObject({
      status: 'queued',
      code: 'QUEUED',
      data: { status: 'queued', message_id: 'm1', thread_id: 't1', to: ['ann@example.com'] },
    });
    expect(result.text).toBe(
      'queued (QUEUED). The message goes out now.\nmessage_id: m1 | thread_id: t1 | to: ann@example.com',
    );
  });

  it('names filters as the operation does', async () => {
    const { agent, calls } = memoryAgent();
    await runTool(agent, 'check_inbox', {
      mailbox: 'lifecycle@acme.example',
      filter: { exclude_tags: ['done'], has_replies: true, unread: true },
    });
    expect(calls[0]?.input).toEqual({
      mailbox: 'lifecycle@acme.example',
      filter: { excludeTags: ['done'], hasReplies: true, unread: true },
    });
  });

  it('gives rows in snake_case with instants as ISO 8601', async () => {
    const { agent } = memoryAgent({
      checkInbox: async () => ({
        status: 'ok',
        total: 7,
        emails: [summary({ replyIds: ['m10'], direction: 'outbound', state: 'sent' })],
        cursor: 'c2',
      }),
    });
    const result = await runTool(agent, 'check_inbox', {});
    expect(result.data).toMatchObject({
      total: 7,
      cursor: 'c2',
      emails: [
        {
          id: 'm9',
          thread_id: 't1',
          at: '2027-01-02T03:04:05.000Z',
          has_replies: true,
          reply_ids: ['m10'],
          state: 'sent',
        },
      ],
    });
    expect(result.text).toContain('7 messages in all, 1 on this page.');
    expect(result.text).toContain('More: make the same call with cursor c2');
  });

  it.each([
    ['reply_email', { message_id: 'm9', body: 'Yes' }, 'reply'],
    ['preview_email', { to: 'ann@example.com', body: 'Hi' }, 'preview'],
    ['cancel_email', { message_id: 'm1' }, 'cancel'],
    ['read_email', { message_id: 'm9', offset: 0 }, 'readEmail'],
    ['read_email', { message_id: 'm9', attachment_id: '' }, 'readEmail'],
    ['read_email', { message_id: 'm9', attachment_id: 'm9.1' }, 'readAttachment'],
    ['get_thread', { thread_id: 't1' }, 'getThread'],
    ['tag_email', { message_id: 'm9', tags: ['mql'] }, 'tag'],
    ['manage_contacts', { query: 'tag:trial' }, 'contacts'],
    ['suppress_contact', { address: 'ann@example.com' }, 'suppress'],
    ['list_pending', { tag: 'win_back' }, 'listPending'],
  ])('%s reaches its operation', async (name, args, operation) => {
    const { agent, calls } = memoryAgent();
    const result = await runTool(agent, name, args);
    expect(result.status).toMatch(/ok|queued/);
    expect(calls.map((call) => call.operation)).toEqual([operation]);
    expect(() => JSON.stringify(result.data)).not.toThrow();
  });

  it('lets a reviewer list and decide, and nothing else', async () => {
    const { reviewer, calls } = memoryReviewer();
    expect(listTools(reviewer).map((tool) => tool.name)).toEqual([
      'list_pending',
      'review_email',
      'decide_email',
    ]);
    const decided = await runTool(reviewer, 'decide_email', {
      message_id: 'm1',
      decision: 'reject',
      reason: 'Too pushy.',
    });
    expect(decided).toMatchObject({
      status: 'ok',
      code: 'REJECTED',
      data: { message_id: 'm1', decision: 'reject', state: 'rejected' },
    });
    expect(await runTool(reviewer, 'list_pending', {})).toMatchObject({ data: { total: 0 } });
    expect(await runTool(reviewer, 'send_email', { to: 'a@b.example' })).toMatchObject({
      status: 'blocked',
      code: 'NOT_PERMITTED',
    });
    expect(calls).toHaveLength(2);
  });

  it('blocks an agent that decides, whatever the handle looks like (P3)', async () => {
    const { agent } = memoryAgent();
    const { reviewer, calls } = memoryReviewer();
    const args = { message_id: 'm1', decision: 'approve' };
    const disguises: readonly object[] = [
      agent,
      Object.assign(Object.create(agent) as object, { decide: reviewer.decide.bind(reviewer) }),
      { ...agent, decide: reviewer.decide.bind(reviewer), principal: reviewer.principal },
      { ...reviewer },
      Object.create(reviewer) as object,
      new Proxy(reviewer, {}),
    ];
    for (const handle of disguises) {
      expect(await runTool(handle as AgentHandle, 'decide_email', args)).toMatchObject({
        status: 'blocked',
        code: 'NOT_PERMITTED',
      });
    }
    expect(calls).toEqual([]);
  });

  it('tells the application of an unexpected error, and the model nothing of it', async () => {
    const fault = new TypeError('at /srv/app/secret.js');
    const reported: unknown[] = [];
    const { agent } = memoryAgent();
    const handle = bindPrincipal(
      { ...agent, send: () => Promise.reject(fault) },
      agent.principal,
      (error) => void reported.push(error),
    );
    const result = await runTool(handle, 'send_email', { to: 'ann@example.com' });
    expect(result.text).toMatch(/^unavailable \(INTERNAL\)\./);
    expect(JSON.stringify(result)).not.toContain('/srv');
    await runTool(handle, 'send_email', { to: 42 });
    expect(reported).toEqual([fault]);
  });

  it('gives the system handle no tools', async () => {
    const system = bindPrincipal({}, { kind: 'system' }) as AgentHandle;
    expect(listTools(system)).toEqual([]);
    expect(await runTool(system, 'send_email', { to: 'a@b.example' })).toMatchObject({
      code: 'NOT_PERMITTED',
    });
  });

  it('names the tools there are when asked for another', async () => {
    const { agent } = memoryAgent();
    const result = await runTool(agent, 'constructor', {});
    expect(result).toMatchObject({ status: 'invalid', code: 'TOOL_UNKNOWN' });
    expect(result.text).toContain('send_email, reply_email');
    expect(result.text).not.toContain('decide_email');
  });

  it('does nothing for a call that was given up', async () => {
    const { agent, calls } = memoryAgent();
    const signal = AbortSignal.abort();
    expect(await runTool(agent, 'send_email', { to: 'ann@example.com' }, { signal })).toMatchObject(
      { code: 'CALL_ABORTED' },
    );
    expect(calls).toEqual([]);
  });

  it('tells nothing about an unexpected error', async () => {
    const { agent } = memoryAgent({
      send: async () => {
        throw new TypeError('secret at /srv/app/node_modules/x.js:12');
      },
    });
    expect(await runTool(agent, 'send_email', { to: 'ann@example.com' })).toEqual({
      status: 'unavailable',
      code: 'INTERNAL',
      text: 'unavailable (INTERNAL). Something went wrong here. Report it with the code and the time.',
      data: {
        status: 'unavailable',
        code: 'INTERNAL',
        reason: 'Something went wrong here. Report it with the code and the time.',
      },
    });
  });

  it('keeps details of our own faults from the model, and details of the caller’s', async () => {
    const thrown = (error: MailwardenError) =>
      memoryReviewer({
        decide: async () => {
          throw error;
        },
      }).reviewer;
    const args = { message_id: 'm1', decision: 'approve' };
    const fault = new MailwardenError('STORAGE_UNAVAILABLE', { detail: 'at /var/lib/mw.db' });
    expect(await runTool(thrown(fault), 'decide_email', args)).toMatchObject({
      status: 'unavailable',
      code: 'STORAGE_UNAVAILABLE',
      text: expect.not.stringContaining('/var/lib'),
    });
    const mistake = new MailwardenError('NOT_PENDING', { detail: 'It was rejected.' });
    expect(await runTool(thrown(mistake), 'decide_email', args)).toMatchObject({
      status: 'invalid',
      code: 'NOT_PENDING',
      text: expect.stringContaining('It was rejected.'),
    });
    const own = new MailwardenError('OWN_MESSAGE');
    expect(await runTool(thrown(own), 'decide_email', args)).toMatchObject({ status: 'blocked' });
  });

  it('passes a refusal on with its reason', async () => {
    const { agent } = memoryAgent({
      readEmail: async () => ({
        status: 'invalid',
        code: 'MESSAGE_NOT_FOUND',
        reason: 'There is no such message for this caller.',
      }),
    });
    expect(await runTool(agent, 'read_email', { message_id: 'nope' })).toMatchObject({
      status: 'invalid',
      text: 'invalid (MESSAGE_NOT_FOUND). There is no such message for this caller.',
    });
  });

  it('lists one line per message when a send became several', async () => {
    const messages = Array.from({ length: 2_000 }, (_, index) => ({
      status: index === 7 ? ('blocked' as const) : ('queued' as const),
      code: index === 7 ? 'SUPPRESSED' : 'QUEUED',
      reason: index === 7 ? 'They unsubscribed.' : 'It goes out now.',
      messageId: `0198c0de-0000-7000-8000-${String(index).padStart(12, '0')}`,
      to: [`person${index}@example.com`],
    }));
    const { agent } = memoryAgent({ send: async () => ({ ...QUEUED, messages }) });
    const result = await runTool(agent, 'send_email', { to: ['x@example.com'] });
    expect(result.text.length).toBeLessThanOrEqual(16_000);
    expect(result.text).toContain('2000 messages, one per recipient.');
    expect(result.text).toContain('1 blocked (SUPPRESSED). They unsubscribed.');
    expect(result.text).toMatch(/\d+ more messages are not listed here/);
    expect(result.data.messages).toHaveLength(2_000);
  });

  it('serves a long body in pieces that join to the whole', async () => {
    const body = Array.from({ length: 9_000 }, (_, index) => `word${index}😀`).join(' ');
    const { agent } = memoryAgent({
      readEmail: async ({ offset = 0 }) => ({
        status: 'ok',
        ...email({ body: body.slice(offset) }),
      }),
    });
    let whole = '';
    let offset: number | undefined = 0;
    while (offset !== undefined) {
      const { text } = await runTool(agent, 'read_email', { message_id: 'm9', offset });
      expect(text.length).toBeLessThanOrEqual(16_000);
      expect(text.isWellFormed()).toBe(true);
      const [, piece = ''] = /\n\n([\s\S]*)\n\[end mail-data/.exec(text) ?? [];
      whole += piece;
      const next = /Make the same call with offset (\d+)/.exec(text)?.[1];
      offset = next === undefined ? undefined : Number(next);
    }
    expect(whole).toBe(body);
  });
});

describe('listTools', () => {
  it('refuses an object that no warden made', () => {
    expect(() => listTools({} as ReviewerHandle)).toThrow(MailwardenError);
  });
});
