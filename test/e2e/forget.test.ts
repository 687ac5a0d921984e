import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';

const DAY = 86_400_000;
const BODY = '30% more people renew.';

describe.each(databases)('what reviewers remember on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  it('is listed, and forgotten: then it is held again, also what waits', async () => {
    world = await openWorld(open);
    const { warden, clock, sink } = world;
    const send = async (to: string) => {
      const { messages } = await world.agent().send({ to, subject: `For ${to}`, body: BODY });
      return messages?.[0];
    };
    const until = clock.now + 30 * DAY;
    const first = await send('ana@example.com');
    await warden.reviewer('kim').decide(first?.messageId ?? '', 'approve', {
      remember: [{ kind: 'claim', value: '30%', until }],
    });
    await warden.tick();
    sink.clear();
    const reviewer = warden.reviewer('lea');
    expect(await reviewer.listRemembered()).toEqual([
      {
        ...{ kind: 'claim', value: '30%', until, by: 'kim', messageId: first?.messageId },
        rememberedAt: clock.now,
      },
    ]);
    expect(await send('ben@example.com')).toMatchObject({ status: 'queued' });
    expect(await reviewer.forget({ kind: 'claim', value: ' 30% ' })).toBe(true);
    expect(await reviewer.forget({ kind: 'claim', value: '30%' })).toBe(false);
    expect(await reviewer.listRemembered()).toEqual([]);
    await warden.tick();
    expect(sink.messages).toEqual([]);
    expect(await send('cem@example.com')).toMatchObject({ status: 'held' });

    const storage = await world.database.again().open();
    const rows = await storage.db
      .selectFrom('event')
      .innerJoin('audit_detail', 'audit_detail.event_id', 'event.id')
      .select(['event.type', 'event.actor', 'event.data', 'audit_detail.details'])
      .where('event.type', 'in', ['content.remembered', 'content.forgotten'])
      .orderBy('event.seq')
      .execute();
    await storage.close();
    expect(rows.map(({ type, actor }) => [type, actor])).toEqual([
      ['content.remembered', 'reviewer:kim'],
      ['content.forgotten', 'reviewer:lea'],
    ]);
    for (const { data, details } of rows) {
      expect(JSON.parse(details ?? '')).toEqual({ value: '30%' });
      expect(data).not.toContain('30%');
    }
  });

  it('is not for agents, takes only what is remembered that way, and lists nothing that expired', async () => {
    world = await openWorld(open);
    const reviewer = world.warden.reviewer('kim');
    expect('forget' in world.agent()).toBe(false);
    const odd = { kind: 'word', value: '30%' } as never;
    await expect(reviewer.forget(odd)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    const { messages } = await world
      .agent()
      .send({ to: 'ana@example.com', subject: 'News', body: BODY });
    const until = world.clock.now + DAY;
    await reviewer.decide(messages?.[0]?.messageId ?? '', 'approve', {
      remember: [{ kind: 'claim', value: '30%', until }],
    });
    world.clock.now = until;
    expect(await reviewer.listRemembered()).toEqual([]);
  });
});
