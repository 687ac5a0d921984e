import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import {
  MARKETING,
  openWorld,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const MAIL = { to: 'ana@example.com', subject: 'We miss you', body: 'Come back, Ana.' };

describe.each(databases)('approval on $name', ({ open }) => {
  let world: WardenWorld;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, { mailbox: { oversight: 'gated_send' }, ...options });
    return world;
  };
  afterEach(() => world.close());

  const hold = async (mail: object = MAIL, options: object = {}) => {
    const held = await world.agent('winback', options).send(mail);
    expect(held).toMatchObject({ status: 'held', code: 'REVIEW_REQUIRED' });
    return held.messageId ?? '';
  };

  it('P4: of twenty concurrent approvals one wins and one message goes out', async () => {
    const { warden, sink, another } = await start();
    const id = await hold();
    const wardens = [warden, await another(), await another()];
    const decisions = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        (wardens[index % 3] ?? warden).reviewer(`person-${index}`).decide(id, 'approve'),
      ),
    );
    expect(decisions.filter((each) => each.status === 'fulfilled').length).toBe(1);
    for (const each of decisions) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'NOT_PENDING' });
    }
    await Promise.all(wardens.map((each) => each.tick()));
    expect((await sink.waitFor(1)).length).toBe(1);
  });

  it('gives a rejection’s reason to the agent, which revises at most five times', async () => {
    const { warden, agent, sink } = await start();
    let id = await hold();
    for (let round = 1; round <= 5; round += 1) {
      await warden.reviewer('ops').decide(id, 'reject', { reason: `Too pushy (${round})` });
      const pending = await agent('winback').listPending();
      expect(pending).toMatchObject({ status: 'ok' });
      const reasons = pending.status === 'ok' ? pending.messages.map((each) => each.reason) : [];
      expect(reasons).toContain(`Too pushy (${round})`);
      id = await hold({ ...MAIL, body: `Come back, round ${round}.`, revises: id });
    }
    const sixth = await agent('winback').send({ ...MAIL, body: 'Once more.', revises: id });
    expect(sixth).toMatchObject({ status: 'invalid', code: 'REVISION_ROUNDS' });
    await warden.tick();
    expect(sink.messages).toEqual([]);
  });

  it('cancels a held draft that its agent revises, and of another agent none', async () => {
    const { warden, agent } = await start();
    const id = await hold();
    const foreign = await agent('other').send({ ...MAIL, body: 'Mine now.', revises: id });
    expect(foreign).toMatchObject({ status: 'invalid', code: 'MESSAGE_NOT_FOUND' });
    await hold({ ...MAIL, body: 'Better.', revises: id });
    expect(await warden.reviewer('ops').deliveries(id)).toMatchObject([
      { state: 'cancelled', code: 'REVISED' },
    ]);
    await expect(warden.reviewer('ops').decide(id, 'approve')).rejects.toMatchObject({
      code: 'NOT_PENDING',
    });
  });

  it('sends what a reviewer edited, and keeps what it replaced', async () => {
    const { warden, sink } = await start();
    const id = await hold();
    const result = await warden.reviewer('ops').decide(id, 'approve', {
      revision: 1,
      edit: { subject: 'Hello again', body: 'We would be glad to see you.' },
    });
    expect(result).toMatchObject({ state: 'queued', revision: 2 });
    await warden.tick();
    const [mail] = await sink.waitFor(1);
    expect(mail?.header('Subject')).toBe('Hello again');
    expect(mail?.part('text/plain')).toContain('glad to see you');
    expect(mail?.part('text/plain')).toContain('Acme, Inc.');
    const shown = await warden.reviewer('ops').show(id);
    expect(shown.revisions).toMatchObject([
      { revision: 1, subject: 'We miss you', editedBy: 'ops' },
    ]);
  });

  it('asks a second person for an edit when the mailbox says four eyes', async () => {
    const { warden, sink } = await start({ mailbox: { oversight: 'gated_send', fourEyes: true } });
    const id = await hold();
    const edited = await warden
      .reviewer('ops')
      .decide(id, 'approve', { edit: { subject: 'Hello again' } });
    expect(edited.state).toBe('held');
    await expect(warden.reviewer('ops').decide(id, 'approve')).rejects.toMatchObject({
      code: 'OWN_MESSAGE',
    });
    await warden.reviewer('second').decide(id, 'approve', { revision: 2 });
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
  });

  it('P4: the author, agent or person, does not decide', async () => {
    const { warden } = await start();
    const id = await hold(MAIL, { onBehalfOf: 'kim' });
    for (const author of ['winback', 'kim']) {
      await expect(warden.reviewer(author).decide(id, 'approve')).rejects.toMatchObject({
        code: 'OWN_MESSAGE',
      });
    }
  });

  it('refuses a decision on a revision that has changed', async () => {
    const { warden } = await start({ mailbox: { oversight: 'gated_send', fourEyes: true } });
    const id = await hold();
    await warden.reviewer('a').decide(id, 'approve', { edit: { body: 'New words.' } });
    await expect(warden.reviewer('b').decide(id, 'approve', { revision: 1 })).rejects.toMatchObject(
      { code: 'REVISION_CONFLICT' },
    );
  });

  it('P4: content that changed in the database after approval is held, not sent', async () => {
    const { warden, sink, database } = await start();
    const id = await hold();
    await warden.reviewer('ops').decide(id, 'approve');
    const storage = await database.again().open();
    await storage.unit((tx) =>
      tx.updateTable('message').set({ text: sql`text || ' P.S.'` }).where('id', '=', id).execute(),
    );
    await storage.close();
    await warden.tick();
    expect(sink.messages).toEqual([]);
    expect(await warden.reviewer('ops').deliveries(id)).toMatchObject([
      { state: 'held', code: 'DIGEST_MISMATCH' },
    ]);
  });

  it('lets a decision run out after the review time, with a warning before', async () => {
    const { warden, clock, events } = await start();
    const id = await hold();
    clock.now += 4 * 86_400_000 + 1;
    await warden.tick();
    expect(events.map((event) => event.type)).toContain('review.expiring');
    clock.now += 86_400_000;
    await expect(warden.reviewer('ops').decide(id, 'approve')).rejects.toMatchObject({
      code: 'NOT_PENDING',
    });
    await warden.tick();
    expect(await warden.reviewer('ops').deliveries(id)).toMatchObject([
      { state: 'expired', code: 'REVIEW_EXPIRED' },
    ]);
  });

  it('an approval does not overrule an unsubscribe', async () => {
    const { warden, sink } = await start();
    const id = await hold();
    await warden.system().suppress('ana@example.com', { reason: 'unsubscribe' });
    const result = await warden.reviewer('ops').decide(id, 'approve');
    expect(result).toMatchObject({ state: 'blocked', code: 'SUPPRESSED' });
    await warden.tick();
    expect(sink.messages).toEqual([]);
  });

  it('P3: an agent’s wish and the operator’s rules only tighten', async () => {
    const { warden, agent, sink } = await start({
      mailbox: {
        oversight: { default: 'autonomous' },
        tighten: [
          { when: { tag: 'win_back' }, to: 'gated_send' },
          { when: { firstOf: 'campaign' }, to: 'gated_send' },
        ],
      },
    });
    const send = (more: object) => agent().send({ ...MAIL, body: JSON.stringify(more), ...more });
    expect((await send({ oversightMode: 'gated_send' })).status).toBe('held');
    expect((await send({ tags: ['win_back'] })).status).toBe('held');
    // Leaving the campaign out is no way around "the first of a campaign".
    expect((await send({ to: 'cy@example.com' })).status).toBe('held');
    const first = await send({ campaign: 'c1', to: 'ben@example.com' });
    expect(first.status).toBe('held');
    await warden.reviewer('ops').decide(first.messageId ?? '', 'approve');
    await warden.tick();
    const next = { campaign: 'c1', to: 'cy@example.com', oversightMode: 'autonomous' };
    expect((await send(next)).status).toBe('queued');
    await warden.tick();
    expect((await sink.waitFor(2)).length).toBe(2);
  });

  it('a mode that a person set holds up to the ceiling, and read-only parks what is queued', async () => {
    const { warden, agent, sink } = await start({ mailbox: { oversight: 'autonomous' } });
    const ops = warden.reviewer('ops');
    await agent().send(MAIL);
    await ops.setMode(MARKETING, 'read_only', 'an incident');
    expect(await agent().send({ ...MAIL, body: 'Two' })).toMatchObject({ code: 'MODE_READ_ONLY' });
    await warden.tick();
    expect(sink.messages).toEqual([]);
    expect(await warden.system().accounting()).toMatchObject({ held: 1, blocked: 1 });
    await ops.setMode(MARKETING, 'autonomous', 'it is over');
    world.clock.now += 61_000;
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
  });

  it('refuses a mode above what the code allows', async () => {
    const { warden } = await start();
    await expect(
      warden.reviewer('ops').setMode(MARKETING, 'autonomous', 'trust me'),
    ).rejects.toMatchObject({ code: 'MODE_ABOVE_CEILING' });
  });
});
