import { type AgentHandle, type ReviewerHandle, runTool } from '@mailwarden/core';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { aiSdkHarness, aiSdkV6Harness } from '../../packages/ai-sdk/src/testing/ai-sdk-harness.ts';
import { langchainHarness } from '../../packages/langchain/src/testing/langchain-harness.ts';
import { createMcpHarness } from '../../packages/mcp/src/testing/mcp-harness.ts';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const MAIL = { to: 'ana@example.com', subject: 'We miss you', body: 'Come back, Ana.' };
const ADAPTERS = [
  ['ai 7', aiSdkHarness],
  ['ai 6', aiSdkV6Harness],
  ['LangChain', langchainHarness],
  ['MCP', createMcpHarness()],
] as const;

describe.each(databases)('what an agent cannot do, on $name', ({ open }) => {
  let world: WardenWorld;
  let agent: AgentHandle;
  let id: string;
  afterEach(() => world.close());

  /** A held message, and the agent that wrote it. */
  const start = async () => {
    world = await openWorld(open, { mailbox: { oversight: 'gated_send' } });
    agent = world.agent('winback');
    const held = await agent.send(MAIL);
    expect(held.status).toBe('held');
    id = held.messageId ?? '';
  };
  const expectStillHeld = async () => {
    await world.warden.tick();
    expect(world.sink.messages).toEqual([]);
    expect(await world.warden.reviewer('ops').deliveries(id)).toMatchObject([{ state: 'held' }]);
  };
  const decide = () => ({ message_id: id, decision: 'approve' });

  it('P3: has no operation of a reviewer or of the system, whatever it is cast to', async () => {
    await start();
    const reviewer = world.warden.reviewer('ops');
    const system = world.warden.system();
    const own = new Set(Object.keys(agent));
    const foreign = [...Object.keys(reviewer), ...Object.keys(system)].filter(
      (name) => !['principal', 'listPending', 'suppress'].includes(name),
    );
    expect(foreign).toContain('decide');
    for (const name of foreign) {
      expect(own.has(name)).toBe(false);
      const cast = agent as unknown as Record<string, (...args: unknown[]) => unknown>;
      expect(() => cast[name]?.(id, 'approve')).not.toThrow();
      expect(cast[name]).toBeUndefined();
    }
    // Its own `suppress` takes a reviewer's arguments for what they are: wrong.
    const asReviewer = agent as unknown as ReviewerHandle;
    expect(await asReviewer.suppress('ana@example.com')).toMatchObject({ status: 'invalid' });
    await expectStillHeld();
  });

  it('P3: cannot be made into a reviewer: frozen, and its principal with it', async () => {
    await start();
    const { decide: decideFor, principal } = world.warden.reviewer('ops');
    expect(() => Object.assign(agent, { decide: decideFor })).toThrow(TypeError);
    expect(() => Object.assign(agent, { principal })).toThrow(TypeError);
    expect(() => Object.assign(agent.principal, { kind: 'reviewer' })).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(agent, world.warden.reviewer('ops'))).toThrow(TypeError);
    expect(() => (agent.principal.mailboxes as unknown[]).push('support@acme.example')).toThrow(
      TypeError,
    );
    await expectStillHeld();
  });

  it('P3: a handle that only looks like another one runs no tool', async () => {
    await start();
    const reviewer = world.warden.reviewer('ops');
    const { principal } = reviewer;
    const forged: readonly object[] = [
      agent,
      { ...agent, principal },
      { ...agent, ...reviewer },
      { ...reviewer },
      Object.create(agent, { principal: { value: principal } }) as object,
      Object.create(reviewer) as object,
      new Proxy(reviewer, {}),
      new Proxy(agent, { get: (target, name) => Reflect.get({ ...target, principal }, name) }),
      structuredClone({ principal }),
      { principal: { kind: 'system' } },
    ];
    for (const handle of forged) {
      const result = await runTool(handle as AgentHandle, 'decide_email', decide());
      expect(result).toMatchObject({ status: 'blocked', code: 'NOT_PERMITTED' });
    }
    // A spread agent sends nothing either: its principal is not the caller's to choose.
    const other = { ...agent, principal: { ...agent.principal, onBehalfOf: 'nobody' } };
    const send = await runTool(other, 'send_email', { ...MAIL, body: 'Other words.' });
    expect(send).toMatchObject({ status: 'blocked', code: 'NOT_PERMITTED' });
    expect(await world.warden.system().accounting()).toMatchObject({ candidates: 1 });
    await expectStillHeld();
  });

  it('P3: an operation that is taken off its handle still acts for who made it', async () => {
    await start();
    const { send, cancel } = agent;
    const fake = { principal: world.warden.reviewer('ops').principal };
    const sent = await send.call(fake as never, { ...MAIL, body: 'Other words.' });
    expect(sent.status).toBe('held');
    const stranger = world.agent('stranger');
    expect(await stranger.cancel.call(agent, { messageId: id })).toMatchObject({
      status: 'invalid',
    });
    await expectStillHeld();
    expect(await cancel.call(stranger, { messageId: id })).toMatchObject({ status: 'ok' });
  });

  it.each(ADAPTERS)('P3: calls the reviewer’s tool in vain through %s', async (_name, harness) => {
    await start();
    expect(await harness.tools(agent)).not.toContain('decide_email');
    const reviewer = world.warden.reviewer('ops');
    const calls = [{ id: 'c1', name: 'decide_email', args: decide() }];
    const [answer] = await harness.run(agent, calls);
    expect(answer?.failed).toBe(true);
    const forged = { ...agent, principal: reviewer.principal, decide: reviewer.decide };
    await expect(harness.run(forged as unknown as AgentHandle, calls)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await expectStillHeld();
  });

  it.each(ADAPTERS)('P3: arguments through %s tighten and never loosen', async (_name, harness) => {
    await start();
    const loose = { oversight_mode: 'autonomous', category: 'transactional' };
    const [held] = await harness.run(agent, [
      { id: 'c1', name: 'send_email', args: { ...MAIL, body: 'Now.', ...loose } },
    ]);
    expect(held?.shown).toMatch(/^(held|blocked)/);
    const tricks = [{ approved: true }, { approval: id }, { onBehalfOf: 'ops' }, { run: 'r-9' }];
    for (const trick of tricks) {
      const [refused] = await harness.run(agent, [
        { id: 'c2', name: 'send_email', args: { ...MAIL, ...trick } },
      ]);
      expect(refused).toMatchObject({ failed: true });
      expect(refused?.shown).toMatch(/^invalid \(ARGUMENT_UNKNOWN\)/);
    }
    const [foreign] = await harness.run(agent, [
      { id: 'c3', name: 'send_email', args: { ...MAIL, mailbox: 'support@acme.example' } },
    ]);
    expect(foreign?.shown).toMatch(/^invalid \(MAILBOX_UNKNOWN\)/);
    await expectStillHeld();
  });

  it.each(ADAPTERS)(
    'P4: sends nothing through %s whose digest changed after the approval',
    async (_name, harness) => {
      await start();
      const call = { id: 'c1', name: 'send_email', args: { ...MAIL, body: 'As agreed.' } };
      const [held] = await harness.run(agent, [call]);
      const [, messageId = ''] = /message_id: (\S+)/.exec(held?.shown ?? '') ?? [];
      const ops = world.warden.reviewer('ops');
      await ops.decide(messageId, 'approve');
      const storage = await world.database.again().open();
      await storage.unit((tx) =>
        tx
          .updateTable('message')
          .set({ text: sql`text || ' P.S. Pay here.'` })
          .where('id', '=', messageId)
          .execute(),
      );
      await storage.close();
      const [repeated] = await harness.run(agent, [call]);
      expect(repeated?.shown).toMatch(/^duplicate/);
      await expectStillHeld();
      expect(await ops.deliveries(messageId)).toMatchObject([
        { state: 'held', code: 'DIGEST_MISMATCH' },
      ]);
      const pending = await runTool(ops, 'list_pending', { mailbox: MARKETING });
      expect(pending.text).toContain('DIGEST_MISMATCH');
      await harness.run(agent, [call]);
      await expectStillHeld();
    },
  );
});
