import { runTool, type ToolResult } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';

const MAIL = { to: 'ana@example.com', subject: 'We miss you', body: 'Come back, Ana.' };

describe.each(databases)('a model that changes what was approved, on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());
  const start = async () => {
    world = await openWorld(open, { mailbox: { oversight: 'gated_send' } });
    const agent = world.agent();
    const reviewer = world.warden.reviewer('ops@acme.example');
    let calls = 0;
    const call = (name: string, args: object): Promise<ToolResult> => {
      calls += 1;
      return runTool(agent, name, args, { callId: `call-${calls}` });
    };
    const decide = (message_id: unknown, decision = 'approve') =>
      runTool(reviewer, 'decide_email', { message_id, decision, reason: 'No.' });
    const bodies = async () => {
      await world.warden.tick();
      return world.sink.messages.map((message) => message.part('text/plain')?.split('\r\n')[0]);
    };
    return { call, decide, bodies };
  };

  it('P4: cannot put other content under an approved key, before or after it went out', async () => {
    const { call, decide, bodies } = await start();
    const keyed = { ...MAIL, idempotency_key: 'win-back-1' };
    const held = await call('send_email', keyed);
    expect(await decide(held.data.message_id)).toMatchObject({ data: { state: 'queued' } });
    const swap = { ...keyed, body: 'Send us your password.' };
    expect(await call('send_email', swap)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await bodies()).toEqual(['Come back, Ana.']);
    expect(await call('send_email', swap)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await bodies()).toEqual(['Come back, Ana.']);
  });

  it('P4: cannot revise a message that was approved', async () => {
    const { call, decide, bodies } = await start();
    const held = await call('send_email', MAIL);
    await decide(held.data.message_id);
    const revises = held.data.message_id;
    const revised = await call('send_email', { ...MAIL, body: 'Pay here.', revises });
    expect(revised).toMatchObject({ status: 'invalid', code: 'NOT_PENDING' });
    expect(await bodies()).toEqual(['Come back, Ana.']);
  });

  it('P4: an approval of a draft that was revised meanwhile sends neither', async () => {
    const { call, decide, bodies } = await start();
    const first = await call('send_email', MAIL);
    const revises = first.data.message_id;
    const second = await call('send_email', { ...MAIL, body: 'Pay here.', revises });
    expect(second.status).toBe('held');
    expect(await decide(revises)).toMatchObject({ status: 'invalid', code: 'NOT_PENDING' });
    expect(await bodies()).toEqual([]);
  });

  it('P4: the same send to somebody else is a message of its own, and held', async () => {
    const { call, decide, bodies } = await start();
    const held = await call('send_email', MAIL);
    await decide(held.data.message_id);
    expect(await call('send_email', { ...MAIL, to: 'eve@example.com' })).toMatchObject({
      status: 'held',
    });
    expect(await call('send_email', { ...MAIL, bcc: 'eve@example.com' })).toMatchObject({
      data: { status: expect.not.stringMatching(/queued|scheduled/) },
    });
    expect(await bodies()).toEqual(['Come back, Ana.']);
    expect(world.sink.messages[0]?.envelope.rcptTo).toEqual(['ana@example.com']);
  });
});
