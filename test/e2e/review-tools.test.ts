import { type ReviewerHandle, runTool } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';

const [sqlite] = databases;
if (sqlite === undefined) throw new Error('no database to test on');

describe('a reviewer that uses tools', () => {
  let world: WardenWorld;
  let reviewer: ReviewerHandle;
  const start = async () => {
    world = await openWorld(sqlite.open, { mailbox: { oversight: 'gated_send', fourEyes: true } });
    reviewer = world.warden.reviewer('ops@acme.example');
  };
  afterEach(() => world.close());

  const call = (name: string, args: object) => runTool(reviewer, name, args);
  const hold = async (name: string, body = 'have a look.') => {
    const to = `${name.toLowerCase()}@example.com`;
    const { messageId } = await world
      .agent()
      .send({ to, subject: 'News', body: `Hi ${name},\n\n${body}` });
    return messageId ?? '';
  };

  it('P4: reads a message before it decides on exactly that', async () => {
    await start();
    const id = await hold('Ana');
    const shown = await call('review_email', { message_id: id });
    expect(shown.text).toContain('have a look.');
    expect(shown.text).toContain('REVIEW_REQUIRED');
    expect(shown.text).not.toMatch(/\/u\/[\w-]{44}/);
    const { review } = shown.data;
    const other = world.warden.reviewer('other@acme.example');
    await other.decide(id, 'approve', { edit: { body: 'Something else.' } });
    const args = { message_id: id, decision: 'approve', review };
    expect(await call('decide_email', args)).toMatchObject({ code: 'REVISION_CONFLICT' });
    const again = await call('review_email', { message_id: id });
    expect(again.text).toContain('Something else.');
    expect(await call('decide_email', { ...args, review: again.data.review })).toMatchObject({
      status: 'ok',
      data: { state: 'queued' },
    });
  });

  it('reads a long text in bounded pieces, and is told to decide at its end', async () => {
    await start();
    const id = await hold('Ana', 'All work and no play. '.repeat(2_000));
    let offset: unknown = 0;
    let read = '';
    for (let calls = 0; offset !== undefined && calls < 10; calls += 1) {
      const piece = await call('review_email', { message_id: id, offset });
      expect(piece.text.length).toBeLessThanOrEqual(16_000);
      expect(JSON.stringify(piece.data).length).toBeLessThanOrEqual(40_000);
      expect(piece.text.includes('To decide on exactly this')).toBe(
        piece.data.next_offset === undefined,
      );
      read += String(piece.data.text);
      offset = piece.data.next_offset;
    }
    expect(read).toBe((await reviewer.show(id)).text);
  });

  it('P4: finds the groups, reads a sample and decides on one', async () => {
    await start();
    for (const name of ['Ana', 'Ben', 'Cem', 'Dora']) {
      await hold(name, 'A long story. '.repeat(1_000));
    }
    const groups = await call('review_email', {});
    expect(groups).toMatchObject({ status: 'ok', data: { total: 1, groups: [{ count: 4 }] } });
    const [{ id: group } = { id: '' }] = groups.data.groups as { id: string }[];
    const shown = await call('review_email', { group, sample: 3 });
    expect(shown.text.length).toBeLessThanOrEqual(16_000);
    expect(shown.text).toContain('4 messages of one kind; 3 of them follow.');
    expect(shown.text).toContain('Where it says cut, read the whole text');
    const missing = await call('decide_email', { group, decision: 'approve' });
    expect(missing).toMatchObject({ status: 'invalid', code: 'ARGUMENT_INVALID' });
    const decided = await call('decide_email', {
      group,
      decision: 'approve',
      review: shown.data.review,
    });
    expect(decided).toMatchObject({ status: 'ok', data: { done: 4, joined: 0 } });
    expect(decided.text).toBe('4 of 4 messages are queued.');
  });

  it('P3: gives an agent none of it', async () => {
    await start();
    await hold('Ana');
    const agent = world.agent();
    expect(await runTool(agent, 'review_email', {})).toMatchObject({ code: 'NOT_PERMITTED' });
    for (const name of ['listGroups', 'showGroup', 'decideGroup', 'listRuleFeedback']) {
      expect(agent).not.toHaveProperty(name);
    }
  });

  it('asks which of both is meant', async () => {
    await start();
    for (const [name, args] of [
      ['decide_email', { decision: 'approve' }],
      ['decide_email', { decision: 'approve', message_id: 'a', group: 'b' }],
      ['review_email', { message_id: 'a', group: 'b' }],
    ] as const) {
      expect(await call(name, args)).toMatchObject({ status: 'invalid', code: 'ARGUMENT_INVALID' });
    }
  });
});
