import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

describe.each(databases)('what a review found on $name', ({ open }) => {
  let world: WardenWorld;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return world;
  };
  afterEach(() => world.close());

  it('P3: a contact’s tag still tightens, and is known, after the keys were rotated', async () => {
    const tighten = [{ when: { tag: 'vip' }, to: 'gated_send' as const }];
    const { agent, another } = await start({ mailbox: { tighten } });
    await agent().contacts({ address: 'ana@example.com', addTags: ['vip'] });
    const rotated = await another({
      keys: [
        { id: 'k2', secret: 'another secret that only tests know, 2' },
        { id: 'k1', secret: 'a secret that only these tests know, 1' },
      ],
    });
    const bot = rotated.agent('bot', { mailboxes: [MARKETING] });
    const sent = await bot.send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    expect(sent).toMatchObject({ status: 'held', code: 'REVIEW_REQUIRED' });
  });

  it('P4: the author does not decide under another spelling of their own id', async () => {
    const { warden, agent } = await start({ mailbox: { oversight: 'gated_send' } });
    const bot = agent('bot', { onBehalfOf: 'Maria@acme.example' });
    const held = await bot.send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    for (const id of ['maria@acme.example', ' MARIA@ACME.EXAMPLE', 'Bot']) {
      await expect(
        warden.reviewer(id).decide(held.messageId ?? '', 'approve'),
      ).rejects.toMatchObject({
        code: 'OWN_MESSAGE',
      });
    }
  });

  it('P4: a delivery whose recipient is not one that was approved is parked, and approving again sends nothing', async () => {
    const { warden, sink, agent, clock } = await start({ mailbox: { oversight: 'gated_send' } });
    const held = await agent().send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    const reviewer = warden.reviewer('ops@acme.example');
    await reviewer.decide(held.messageId ?? '', 'approve');
    const storage = await world.database.again().open();
    await storage.unit((tx) =>
      tx.updateTable('delivery').set({ recipient: 'mallory@example.org' }).execute(),
    );
    await warden.tick();
    const [parked] = await reviewer.deliveries(held.messageId ?? '');
    expect(parked).toMatchObject({ state: 'held', code: 'DIGEST_MISMATCH' });
    expect(await reviewer.decide(held.messageId ?? '', 'approve')).toMatchObject({ state: 'held' });
    clock.now += 3_600_000;
    await warden.tick();
    expect(sink.messages).toHaveLength(0);
  });

  it('P7: a claim whose worker died takes one place of the daily limit, not two', async () => {
    const { warden, sink, agent, clock } = await start({ mailbox: { dailyLimit: 1 } });
    await agent().send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    const storage = await world.database.again().open();
    const lost = { state: 'claimed', fence: 1, lease_until: 1, lease_owner: 'dead' } as const;
    await storage.unit(async (tx) => {
      const row = await tx
        .updateTable('delivery')
        .set(lost)
        .returning('id')
        .executeTakeFirstOrThrow();
      const place = { tenant: 'default', id: 'place', kind: 'wire:mailbox', subject: MARKETING };
      await tx
        .insertInto('reservation')
        .values({ ...place, delivery_id: row.id, at: clock.now })
        .execute();
    });
    await warden.tick();
    expect(sink.messages).toHaveLength(1);
    expect(
      await storage.db
        .selectFrom('reservation')
        .selectAll()
        .where('kind', '=', 'wire:mailbox')
        .execute(),
    ).toHaveLength(1);
  });

  it('refuses a limit that is no number and options that do not exist, so that none is ignored', async () => {
    await start();
    for (const [options, code] of [
      [{ mailbox: { dailyLimit: Number.NaN } }, 'OPTION_INVALID'],
      [{ mailbox: { dailyLimit: '10' } }, 'OPTION_INVALID'],
      [{ mailbox: { tighten: [{ when: { tags: 'vip' }, to: 'gated_send' }] } }, 'OPTION_UNKNOWN'],
      [{ budgets: { sendPerDay: 5 } }, 'OPTION_UNKNOWN'],
      [{ dispatch: { retries: 5 } }, 'OPTION_UNKNOWN'],
      [
        { senders: { acme: { legalName: 'Acme', postalAddress: 'x', address: 'y' } } },
        'OPTION_UNKNOWN',
      ],
    ] as const) {
      await expect(world.another(options as unknown as WorldOptions)).rejects.toMatchObject({
        code,
      });
    }
    const misspelt = { mailboxes: [MARKETING], onBehalfof: 'maria@acme.example' };
    expect(() => world.warden.agent('bot', misspelt)).toThrow(/onBehalfof/);
  });

  it('counts what an agent writes after its own mail as answers in the thread', async () => {
    const { agent } = await start();
    const first = await agent().send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    const codes: string[] = [];
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const body = `Did you see this? ${number}`;
      codes.push((await agent().reply({ messageId: first.messageId ?? '', body })).code);
    }
    expect(codes).toEqual([...Array<string>(5).fill('ALLOWED'), 'LOOP_REPLY_LIMIT']);
  });

  it('ends the revisions of a draft after five, also when each one starts from the first', async () => {
    const { warden, agent } = await start({ mailbox: { oversight: 'gated_send' } });
    const reviewer = warden.reviewer('ops@acme.example');
    const draft = { to: 'ana@example.com', subject: 'News', body: 'Hello' };
    const first = await agent().send(draft);
    await reviewer.decide(first.messageId ?? '', 'reject', { reason: 'No.' });
    const codes: string[] = [];
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const revises = first.messageId ?? '';
      const sent = await agent().send({ ...draft, body: `Hello ${number}`, revises });
      codes.push(sent.code);
      if (sent.status !== 'held') continue;
      await reviewer.decide(sent.messageId ?? '', 'reject', { reason: 'No.' });
    }
    expect(codes).toEqual([...Array<string>(5).fill('REVIEW_REQUIRED'), 'REVISION_ROUNDS']);
  });

  it('keeps one envelope whatever a worker takes at once: one blocked recipient blocks it', async () => {
    const { warden, sink, agent } = await start({
      internalDomains: ['acme.test'],
      dispatch: { concurrency: 2 },
    });
    const to = ['ana@acme.test', 'ben@acme.test', 'cem@acme.test'];
    await agent().send({ to, subject: 'Minutes', body: 'Monday' });
    await agent().send({ to, subject: 'Minutes', body: 'Tuesday' });
    await warden.tick();
    expect(sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([to, to]);
    sink.clear();
    await warden.system().pause(MARKETING, 'a look first');
    await agent().send({ to, subject: 'Minutes', body: 'Wednesday' });
    await warden.tick();
    await warden.system().suppress('cem@acme.test');
    await warden.system().resume(MARKETING);
    await warden.tick();
    expect(sink.messages).toHaveLength(0);
    expect(await warden.system().accounting()).toMatchObject({
      candidates: 9,
      sent: 6,
      blocked: 3,
    });
  });

  it('lets a parked delivery wait without an event a minute, and then asks with what is new', async () => {
    const { warden, agent, clock, events } = await start({ mailbox: { ceiling: 'autonomous' } });
    const reviewer = warden.reviewer('ops@acme.example');
    const sent = await agent().send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    await reviewer.setMode(MARKETING, 'read_only', 'stop');
    await warden.tick();
    const before = events.length;
    for (const _ of [1, 2, 3]) {
      clock.now += 60_000;
      await warden.tick();
    }
    expect(events).toHaveLength(before);
    await reviewer.setMode(MARKETING, 'gated_send', 'a look at each');
    clock.now += 60_000;
    await warden.tick();
    const shown = await reviewer.show(sent.messageId ?? '');
    expect(shown.findings.map((finding) => finding.code)).toEqual(['REVIEW_REQUIRED']);
    // What was shown is discharged by the first approval.
    expect(await reviewer.decide(shown.id, 'approve')).toMatchObject({ state: 'queued' });
  });

  it('ends a parked delivery when somebody unsubscribed meanwhile', async () => {
    const { warden, agent, clock } = await start({ mailbox: { ceiling: 'autonomous' } });
    const reviewer = warden.reviewer('ops@acme.example');
    await agent().send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    await reviewer.setMode(MARKETING, 'read_only', 'stop');
    await warden.tick();
    await warden.system().suppress('ana@example.com', { reason: 'unsubscribe' });
    await reviewer.setMode(MARKETING, 'autonomous', 'go');
    clock.now += 60_000;
    await warden.tick();
    expect(await warden.system().accounting()).toMatchObject({ candidates: 1, blocked: 1 });
  });

  it('P2: holds a stored message that cannot be read, and goes on with the others', async () => {
    const { warden, sink, agent, errors } = await start();
    const bad = await agent().send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    await agent().send({ to: 'ben@example.com', subject: 'News', body: 'Hello' });
    const storage = await world.database.again().open();
    await storage.unit((tx) =>
      tx
        .updateTable('message')
        .set({ headers: 'not JSON' })
        .where('id', '=', bad.messageId ?? '')
        .execute(),
    );
    await warden.tick();
    expect(sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([['ben@example.com']]);
    const [held] = await warden.reviewer('ops@acme.example').deliveries(bad.messageId ?? '');
    expect(held).toMatchObject({ state: 'held', code: 'MESSAGE_UNREADABLE' });
    expect(errors).toHaveLength(1);
  });

  it('goes on sending when what time does by itself fails', async () => {
    const { warden, sink, agent, errors, clock } = await start({ reviewExpiry: 1_000 });
    const look = { subject: 'Look', body: 'Hello', oversightMode: 'gated_send' } as const;
    const held = await agent().send({ ...look, to: 'ana@example.com' });
    expect(held.status).toBe('held');
    const storage = await world.database.again().open();
    await storage.unit((tx) => tx.updateTable('message').set({ decision: 'not JSON' }).execute());
    clock.now += 1_000;
    await agent().send({ to: 'ben@example.com', subject: 'News', body: 'Hello' });
    await warden.tick();
    expect(sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([['ben@example.com']]);
    expect(errors).toHaveLength(1);
  });

  it('lists to an agent what it has held in the mailboxes of its handle and in no other', async () => {
    const { agent } = await start({ mailbox: { oversight: 'gated_send' } });
    const both = agent('bot', { mailboxes: [MARKETING, SUPPORT] });
    await both.send({ mailbox: MARKETING, to: 'ana@example.com', subject: 'One', body: 'One' });
    await both.send({ mailbox: SUPPORT, to: 'ana@example.com', subject: 'Two', body: 'Two' });
    const subjects = async (mailboxes: readonly string[], id = 'bot') => {
      const page = await agent(id, { mailboxes }).listPending();
      return page.status === 'ok' ? page.messages.map(({ subject }) => subject) : page.code;
    };
    expect(await subjects([MARKETING, SUPPORT])).toEqual(['One', 'Two']);
    expect(await subjects([SUPPORT])).toEqual(['Two']);
    expect(await subjects([MARKETING, SUPPORT], 'other')).toEqual([]);
  });

  it('P7: a run that sends from two mailboxes at once has one budget', async () => {
    const { agent } = await start({ budgets: { sendsPerRun: 1 } });
    const bot = agent('bot', { mailboxes: [MARKETING, SUPPORT], run: 'r-81' });
    const sent = await Promise.all(
      [MARKETING, SUPPORT, MARKETING, SUPPORT].map((mailbox, number) =>
        bot.send({ mailbox, to: `p${number}@example.com`, subject: 'News', body: 'Hello' }),
      ),
    );
    const codes = sent.map((each) => each.code).sort();
    expect(codes).toEqual(['ALLOWED', ...Array<string>(3).fill('BUDGET_EXCEEDED')]);
  });

  it('pages through what is pending, and refuses arguments that do not exist or fit', async () => {
    const { warden, agent } = await start({ mailbox: { oversight: 'gated_send' } });
    for (const subject of ['One', 'Two', 'Three']) {
      await agent().send({ to: 'ana@example.com', subject, body: subject });
    }
    const reviewer = warden.reviewer('ops@acme.example');
    const first = await reviewer.listPending({ limit: 2 });
    expect(first.messages.map(({ subject }) => subject)).toEqual(['One', 'Two']);
    const second = await reviewer.listPending({ cursor: first.cursor ?? '' });
    expect(second.messages.map(({ subject }) => subject)).toEqual(['Three']);
    for (const [input, code] of [
      [{ tags: ['vip'] }, 'ARGUMENT_UNKNOWN'],
      [{ limit: Number.NaN }, 'ARGUMENT_INVALID'],
      [{ cursor: 'elsewhere' }, 'ARGUMENT_INVALID'],
    ] as const) {
      expect(await agent().listPending(input as object)).toMatchObject({ status: 'invalid', code });
    }
  });

  it('P4: an approval counts for what was looked at, not for what was found since', async () => {
    let extra = false;
    const rule = {
      id: 'acme-extra',
      version: '1',
      evaluate: () =>
        extra
          ? [
              {
                effect: 'hold',
                needs: 'look',
                code: 'ACME_NEW',
                message: 'New.',
                evidence: {},
              } as const,
            ]
          : [],
    };
    const { warden, agent, sink } = await start({
      rules: [rule],
      mailbox: { oversight: 'gated_send' },
    });
    const held = await agent().send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    const id = held.messageId ?? '';
    const { review } = await warden.reviewer('a').show(id);
    await warden.reviewer('b').decide(id, 'approve');
    extra = true;
    await warden.tick();
    await expect(warden.reviewer('a').decide(id, 'approve', { review })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
    });
    expect(sink.messages).toEqual([]);
    const again = await warden.reviewer('a').show(id);
    expect(again.findings).toContainEqual(
      expect.objectContaining({ code: 'ACME_NEW', isNew: true }),
    );
    await warden.reviewer('a').decide(id, 'approve', { review: again.review });
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
  });

  it('P2: what is parked for a cause that can pass is not ended by time', async () => {
    let broken = false;
    const block = {
      effect: 'block',
      retryable: true,
      code: 'ACME_DOWN',
      message: 'Down.',
      evidence: {},
    };
    const rule = {
      id: 'acme-down',
      version: '1',
      evaluate: () => (broken ? [block as never] : []),
    };
    const { warden, agent, clock, sink } = await start({ rules: [rule] });
    await agent().send({ to: 'ana@example.com', subject: 'News', body: 'Hello' });
    broken = true;
    await warden.tick();
    clock.now += 30 * 86_400_000;
    await warden.tick();
    expect(await warden.system().accounting()).toMatchObject({ held: 1, failed: 0 });
    broken = false;
    clock.now += 61_000;
    await warden.tick();
    expect((await sink.waitFor(1)).length).toBe(1);
  });

  it('P2: monitored without anybody who is told is held, and cannot be set', async () => {
    const { another } = await start();
    const blind = await another({ onEvent: undefined } as never);
    const bot = blind.agent('bot', { mailboxes: [MARKETING] });
    const mail = { to: 'ana@example.com', subject: 'News', body: 'Hello' };
    expect(await bot.send({ ...mail, oversightMode: 'monitored' })).toMatchObject({
      status: 'held',
    });
    await expect(
      blind.reviewer('ops').setMode(MARKETING, 'monitored', 'trust'),
    ).rejects.toMatchObject({ code: 'MONITOR_LISTENER_REQUIRED' });
  });

  it('a revision replaces one message for one recipient, and an edit goes with an approval', async () => {
    const { warden, agent } = await start({ mailbox: { oversight: 'gated_send' } });
    const mail = { to: 'ana@example.com', subject: 'News', body: 'Hello' };
    const { messageId = '' } = await agent().send(mail);
    const to = ['ana@example.com', 'ben@example.com'];
    const both = await agent().send({ ...mail, to, body: 'Better', revises: messageId });
    expect(both).toMatchObject({ status: 'invalid', code: 'ARGUMENT_INVALID' });
    const edit = { subject: 'x' };
    await expect(
      warden.reviewer('ops').decide(messageId, 'reject', { reason: 'no', edit }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await warden.reviewer('ops').deliveries(messageId)).toMatchObject([{ state: 'held' }]);
  });
});
