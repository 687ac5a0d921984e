import type { AgentHandle, GroupView, Mailwarden, ReviewerHandle } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const NAMES = ['Ana', 'Ben', 'Cem', 'Dora', 'Eve', 'Finn', 'Gus', 'Hana'];

describe.each(databases)('groups of held mail on $name', ({ open }) => {
  let world: WardenWorld;
  let reviewer: ReviewerHandle;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, { mailbox: { oversight: 'gated_send' }, ...options });
    reviewer = world.warden.reviewer('ops@acme.example');
    return world;
  };
  afterEach(() => world.close());

  const draft = async (
    name: string,
    change: { body?: string; agent?: AgentHandle; mailbox?: string; campaign?: string } = {},
  ) => {
    const { body = 'have a look at https://acme.example/p/1 today.', agent, ...rest } = change;
    const held = await (agent ?? world.agent()).send({
      to: `${name.toLowerCase()}@example.com`,
      subject: `News for ${name}`,
      body: `Hi ${name},\n\n${body}`,
      ...rest,
    });
    expect(held).toMatchObject({ status: 'held' });
    return held.messageId ?? '';
  };
  const drafts = async (names: readonly string[] = NAMES) => {
    const ids: string[] = [];
    for (const name of names) ids.push(await draft(name));
    return ids;
  };
  const onlyGroup = async (handle = reviewer): Promise<GroupView> => {
    const { groups } = await handle.listGroups();
    expect(groups).toHaveLength(1);
    return handle.showGroup(groups[0]?.id ?? '', { sample: 3 });
  };
  const recipients = async (...wardens: readonly Mailwarden[]) => {
    await Promise.all((wardens.length > 0 ? wardens : [world.warden]).map((each) => each.tick()));
    return world.sink.messages.flatMap(({ envelope }) => envelope.rcptTo).sort();
  };

  it('P4: lists a kind, shows a sample, and sends exactly what was shown', async () => {
    await start();
    const ids = await drafts();
    const { groups, total } = await reviewer.listGroups();
    expect({ total, groups }).toMatchObject({
      total: 1,
      groups: [{ count: 8, codes: ['REVIEW_REQUIRED'], agent: 'bot', needs: 'look' }],
    });
    const view = await onlyGroup();
    expect(view).toMatchObject({ members: 8, outsiders: [], count: 8 });
    expect(view.sample).toHaveLength(3);
    expect(view.sample[0]?.body).toContain('have a look');
    expect(view.variations).toContainEqual({
      kind: 'name',
      distinct: 8,
      examples: expect.arrayContaining(['Dora']),
    });
    const decided = await reviewer.decideGroup(view.id, 'approve', { review: view.review });
    expect(decided).toMatchObject({ counts: { APPROVED: 8 }, unavailable: 0, joined: 0 });
    expect(decided.items.map(({ messageId }) => messageId)).toEqual(ids);
    expect(await recipients()).toEqual(NAMES.map((name) => `${name.toLowerCase()}@example.com`));
    expect((await reviewer.listGroups()).groups).toEqual([]);
    const approvals = world.events.filter(({ data }) => data.groupView === view.review);
    expect(approvals.filter(({ data }) => data.sampled === true)).toHaveLength(3);
    expect(approvals).toHaveLength(8);
  });

  it('rejects a group with a reason that each author reads', async () => {
    await start();
    await drafts(NAMES.slice(0, 3));
    const { id, review } = await onlyGroup();
    await expect(reviewer.decideGroup(id, 'reject', { review })).rejects.toMatchObject({
      code: 'REASON_REQUIRED',
    });
    await reviewer.decideGroup(id, 'reject', { review, reason: 'Too pushy.' });
    const pending = await world.agent().listPending();
    expect(pending).toMatchObject({ messages: Array(3).fill({ reason: 'Too pushy.' }) });
    expect(await recipients()).toEqual([]);
  });

  it('P4: what joined, was decided or was edited after the look is not decided by it', async () => {
    await start({ mailbox: { oversight: 'gated_send', fourEyes: true } });
    const [first = '', second = '', ...rest] = await drafts();
    const view = await onlyGroup();
    await draft('Ida');
    const other = world.warden.reviewer('other@acme.example');
    await other.decide(first, 'reject', { reason: 'Not this one.' });
    const edited = await other.decide(second, 'approve', { edit: { subject: 'You won' } });
    expect(edited).toMatchObject({ state: 'held', revision: 2 });
    const decided = await reviewer.decideGroup(view.id, 'approve', { review: view.review });
    expect(decided).toMatchObject({
      counts: { APPROVED: rest.length, NOT_PENDING: 1, REVISION_CONFLICT: 1 },
      joined: 1,
    });
    expect(decided.items.slice(0, 2)).toEqual([
      { messageId: first, result: 'fell_out', code: 'NOT_PENDING' },
      { messageId: second, result: 'fell_out', code: 'REVISION_CONFLICT' },
    ]);
    expect(await recipients()).toHaveLength(rest.length);
    const { groups } = await reviewer.listGroups();
    expect(groups.map(({ subject, count }) => [subject, count])).toEqual([
      ['You won', 1],
      ['News for Ida', 1],
    ]);
  });

  it('P4: a text that differs in a link, a claim or hidden text is in no approved group', async () => {
    await start();
    await drafts();
    const view = await onlyGroup();
    const crafted = [
      'have a look at https://evil.example/p/1 today.',
      'have a look at https://acme.example@evil.example/p/1 today.',
      'have a look at [https://acme.example/p/1](https://evil.example) today.',
      'have a look at https://acme.example/p/1 today.\u200b\u200b',
      'have a look at https://acme.example/p/1 today: 90 % off.',
      'have a look at https://acme.example/r?to=//evil.example today.',
    ];
    const results = await Promise.all(
      crafted.map((body) =>
        world.agent().send({
          to: 'ida@example.com',
          subject: 'News for Ida',
          body: `Hi Ida,\n\n${body}`,
        }),
      ),
    );
    // Some of it goes no further than the content rules.
    const held = results.filter(({ status }) => status === 'held').length;
    expect(held).toBeGreaterThan(2);
    await draft('Kai', { agent: world.agent('other') });
    await draft('Lou', { campaign: 'spring' });
    const decided = await reviewer.decideGroup(view.id, 'approve', { review: view.review });
    expect(decided).toMatchObject({ counts: { APPROVED: 8 }, joined: 0 });
    expect(await recipients()).toHaveLength(8);
    const { groups, total } = await reviewer.listGroups();
    expect({ total, counts: groups.map(({ count }) => count) }).toEqual({
      total: held + 2,
      counts: Array(held + 2).fill(1),
    });
  });

  it('P4: content that was changed behind its digest is outside of its group', async () => {
    await start();
    const [first = ''] = await drafts();
    const storage = await world.database.again().open();
    await storage.unit((tx) =>
      tx.updateTable('message').set({ body: 'Pay here' }).where('id', '=', first).execute(),
    );
    const view = await onlyGroup();
    expect(view).toMatchObject({ members: 7, outsiders: [first] });
    await reviewer.decideGroup(view.id, 'approve', { review: view.review });
    expect(await recipients()).toHaveLength(7);
  });

  it('P4: a look counts for who looked, for one decision, for its group and for a day', async () => {
    const { warden, clock } = await start();
    await drafts(NAMES.slice(0, 3));
    const { id, review } = await onlyGroup();
    const conflict = { code: 'REVISION_CONFLICT' };
    const other = warden.reviewer('other@acme.example');
    await expect(other.decideGroup(id, 'approve', { review })).rejects.toMatchObject(conflict);
    await expect(
      reviewer.decideGroup(id, 'approve', { review: '0198c0de-0000-7000-8000-000000000000' }),
    ).rejects.toMatchObject({ code: 'GROUP_NOT_FOUND' });
    await expect(
      reviewer.decideGroup(id.replaceAll(/./g, '0'), 'approve', { review }),
    ).rejects.toMatchObject({ code: 'GROUP_NOT_FOUND' });
    await expect(
      reviewer.decideGroup(id, 'approve', {} as { review: string }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    clock.now += 86_400_000;
    await expect(reviewer.decideGroup(id, 'approve', { review })).rejects.toMatchObject(conflict);
    const again = await onlyGroup();
    await reviewer.decideGroup(id, 'reject', { review: again.review, reason: 'No.' });
    await expect(
      reviewer.decideGroup(id, 'approve', { review: again.review }),
    ).rejects.toMatchObject(conflict);
    expect(await recipients()).toEqual([]);
    clock.now += 86_400_000;
    await warden.tick();
    const storage = await world.database.again().open();
    expect(await storage.db.selectFrom('review_member').selectAll().execute()).toEqual([]);
  });

  it('P4: the author decides on no message of a group, the others stay decidable', async () => {
    const { warden } = await start();
    await draft('Ana', { agent: world.agent('bot', { onBehalfOf: 'kim' }) });
    await draft('Ben');
    const kim = warden.reviewer('kim');
    const view = await onlyGroup(kim);
    const decided = await kim.decideGroup(view.id, 'approve', { review: view.review });
    expect(decided.items.map(({ result, code }) => [result, code])).toEqual([
      ['fell_out', 'OWN_MESSAGE'],
      ['decided', 'APPROVED'],
    ]);
    expect(await recipients()).toEqual(['ben@example.com']);
  });

  it('P2: an approval of a group replaces no missing fact', async () => {
    const { sink } = await start({ audience: { unknownCountry: 'strictest' } });
    await drafts(NAMES.slice(0, 3));
    const view = await onlyGroup();
    expect(view.needs).toBe('fact');
    const decided = await reviewer.decideGroup(view.id, 'approve', { review: view.review });
    expect(decided.items.map(({ result, state }) => [result, state])).toEqual(
      Array(3).fill(['decided', 'held']),
    );
    await world.warden.tick();
    expect(sink.messages).toEqual([]);
  });

  it('P4: of twenty concurrent decisions on a group each message is decided once', async () => {
    const { warden, another } = await start();
    await drafts();
    const wardens = [warden, await another()];
    const decisions = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const handle = (wardens[index % 2] ?? warden).reviewer(`person-${index % 10}`);
        const view = await onlyGroup(handle);
        return { handle, view };
      }),
    ).then((looks) =>
      Promise.all(
        looks.map(({ handle, view }) =>
          handle.decideGroup(view.id, 'approve', { review: view.review }),
        ),
      ),
    );
    const approved = decisions.flatMap(({ items }) =>
      items.flatMap((item) => (item.result === 'decided' ? item.messageId : [])),
    );
    expect(approved.sort()).toEqual([...new Set(approved)].sort());
    expect(approved).toHaveLength(8);
    for (const { items } of decisions) {
      for (const { result, code } of items) {
        if (result !== 'decided') expect([result, code]).toEqual(['fell_out', 'NOT_PENDING']);
      }
    }
    expect(await recipients(...wardens)).toHaveLength(8);
  });

  it('P4: the same call twice, also at once, decides once and says the same', async () => {
    await start();
    await drafts();
    const { id, review } = await onlyGroup();
    const [one, two] = await Promise.all([
      reviewer.decideGroup(id, 'approve', { review }),
      reviewer.decideGroup(id, 'approve', { review }),
    ]);
    expect(one).toEqual(two);
    expect(await reviewer.decideGroup(id, 'approve', { review })).toEqual(one);
    expect(await recipients()).toHaveLength(8);
  });

  it('shows and decides for a reviewer only what stands in their mailboxes', async () => {
    const { warden } = await start();
    const both = world.agent('bot', { mailboxes: [MARKETING, SUPPORT] });
    const own = await draft('Ana', { agent: both, mailbox: MARKETING });
    const foreign = await draft('Ben', { agent: both, mailbox: SUPPORT });
    const scoped = warden.reviewer('ops', { mailboxes: [MARKETING] });
    expect((await scoped.listPending()).messages.map(({ id }) => id)).toEqual([own]);
    const { groups } = await reviewer.listGroups();
    expect(groups.map(({ mailbox }) => mailbox)).toEqual([MARKETING, SUPPORT]);
    const [, hidden] = groups;
    expect((await scoped.listGroups()).total).toBe(1);
    const none = { code: 'GROUP_NOT_FOUND' };
    await expect(scoped.showGroup(hidden?.id ?? '')).rejects.toMatchObject(none);
    // What the same person was shown with a wider handle does not count with this one.
    const wide = warden.reviewer('ops');
    const { review } = await wide.showGroup(hidden?.id ?? '');
    const decided = await scoped.decideGroup(hidden?.id ?? '', 'approve', { review });
    expect(decided.items).toEqual([
      { messageId: foreign, result: 'fell_out', code: 'MESSAGE_NOT_FOUND' },
    ]);
    const unseen = { code: 'MESSAGE_NOT_FOUND' };
    await expect(scoped.show(foreign)).rejects.toMatchObject(unseen);
    await expect(scoped.decide(foreign, 'approve')).rejects.toMatchObject(unseen);
    await expect(scoped.listPending({ mailbox: SUPPORT })).rejects.toMatchObject({
      code: 'MAILBOX_UNKNOWN',
    });
    await expect(scoped.setMode(SUPPORT, 'read_only', 'x')).rejects.toMatchObject({
      code: 'MAILBOX_UNKNOWN',
    });
    expect(await scoped.deliveries(foreign)).toEqual([]);
    expect(() => warden.reviewer('ops', { mailboxes: [] })).toThrow(/which mailbox/);
  });

  it('pages groups, filters them, and refuses arguments that do not fit', async () => {
    await start();
    for (const [name, campaign] of [
      ['Ana', 'a'],
      ['Ben', 'b'],
      ['Cem', 'c'],
    ] as const) {
      await draft(name, { campaign });
    }
    const first = await reviewer.listGroups({ limit: 2 });
    expect(first.groups.map(({ campaign }) => campaign)).toEqual(['a', 'b']);
    expect(first.total).toBe(3);
    const second = await reviewer.listGroups({ cursor: first.cursor ?? '' });
    expect(second.groups.map(({ campaign }) => campaign)).toEqual(['c']);
    const only = await reviewer.listGroups({ campaign: 'b', mailbox: MARKETING });
    expect(only).toMatchObject({ total: 1, groups: [{ campaign: 'b' }] });
    for (const [given, code] of [
      [{ sample: 2 }, 'ARGUMENT_INVALID'],
      [{ sample: 51 }, 'ARGUMENT_INVALID'],
      [{ size: 3 }, 'ARGUMENT_UNKNOWN'],
    ] as const) {
      await expect(
        reviewer.showGroup(first.groups[0]?.id ?? '', given as object),
      ).rejects.toMatchObject({ code });
    }
  });
});
