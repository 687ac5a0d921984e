import type { AgentHandle, SendOutcome } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { createMovingInbox } from '../support/moving-inbox.ts';
import {
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const DAY = 86_400_000;
/** It goes out and there is nothing to add. */
const QUIET = expect.toSatisfy(({ status, notices = [] }: SendOutcome) => {
  return status === 'queued' && notices.length === 0;
});

describe.each(databases)('one text to many is no conversation on $name', ({ open }) => {
  let world: WardenWorld;
  let agent: AgentHandle;
  let questions: readonly string[];
  afterEach(() => world.close());

  /** So many people ask something. */
  const start = async (people: number, options: WorldOptions = {}) => {
    const inbox = createMovingInbox();
    world = await openWorld(open, {
      trustedAuthservId: 'mx.acme.example',
      internalDomains: ['acme.example'],
      ...options,
      mailbox: { inbox, ...options.mailbox },
    });
    for (let at = 0; at < people; at += 1) inbox.put(question(at), world.clock.now);
    await world.warden.tick();
    agent = world.agent('bot', { mailboxes: [SUPPORT] });
    const found = await agent.checkInbox({ limit: 100 });
    if (found.status !== 'ok') throw new Error('no inbox');
    questions = found.emails.map(({ id }) => id).toSorted();
  };
  const answer = (at: number, more: { body?: string; sendAt?: number } = {}) =>
    agent.reply({ messageId: questions[at] ?? '', body: toBody(at), ...more });
  const answerAll = async (from: number, to: number, more?: { sendAt: number }) => {
    const outcomes: SendOutcome[] = [];
    for (let at = from; at < to; at += 1) outcomes.push(await answer(at, more));
    return outcomes;
  };
  const states = async () => {
    const rows = await world.warden.system().deliveries();
    return rows.map(({ state, code }) => `${state} ${code}`).sort();
  };

  it('judges the sixth answer of nearly one text as marketing, footer and law included', async () => {
    await start(8);
    const outcomes = await answerAll(0, 6);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(6).fill('queued'));
    expect(outcomes.map(({ notices = [] }) => notices.join())).toEqual([
      ...Array(5).fill(''),
      'It counts as marketing: more than 5 people were told nearly the same today.',
    ]);
    await world.warden.tick();
    await world.sink.waitFor(6);
    const footers = world.sink.messages.filter(
      (mail) => mail.header('List-Unsubscribe') !== undefined,
    );
    expect(footers).toHaveLength(1);
    expect(footers[0]?.part('text/plain')).toContain('123 Main St');
    // The person of the seventh gets no marketing.
    await world.warden.reviewer('rita').suppress('person6@example.com', { scope: 'marketing' });
    expect(await answer(6)).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
    const other = {
      body: 'Hi,\n\nyour invoice for March was paid twice, so the second one is void.',
    };
    expect(await answer(7, other)).toEqual(QUIET);
    expect(
      await agent.preview({ to: 'lee@acme.example', subject: 'x', body: toBody(0) }),
    ).toMatchObject({ category: 'conversational' });
  });

  it('counts what an answer quotes unless the person wrote it', async () => {
    await start(8);
    const quote = (at: number, text: string) => ({
      body: `Hi,\n\n${words(at).slice(0, 5)}\n\n${text.replaceAll(/^/gm, '> ')}`,
    });
    for (let at = 0; at < 7; at += 1) {
      expect(await answer(at, quote(at, 'Where is\nmy export?'))).toEqual(QUIET);
    }
    const text = toBody(0).split('\n\n')[1] ?? '';
    for (let at = 0; at < 5; at += 1) expect(await answer(at, quote(at + 7, text))).toEqual(QUIET);
    expect(await answer(5, quote(12, text))).toMatchObject({
      notices: [expect.stringContaining('more than 5 people were told nearly the same')],
    });
    const advert = await answer(6, { body: 'Here it is.\n\n> Save 20% on all lamps today!' });
    expect(advert).toMatchObject({ status: 'held', code: 'ANSWER_ADVERTISES' });
  });

  it('lets colleagues have one text, however many they are', async () => {
    await start(0);
    for (let at = 0; at < 8; at += 1) {
      const mail = { to: `person${at}@acme.example`, subject: 'Export', body: toBody(at) };
      expect(await agent.send(mail)).toMatchObject({ status: 'queued' });
    }
    await world.warden.tick();
    await world.sink.waitFor(8);
    expect(world.sink.messages.some((mail) => mail.header('List-Unsubscribe') !== undefined)).toBe(
      false,
    );
  });

  it('P7: holds at claim what became marketing since, and no two processes take the last place', async () => {
    await start(9);
    const sendAt = world.clock.now + 5 * DAY;
    await answerAll(0, 3, { sendAt });
    world.clock.now += 2 * DAY;
    await answerAll(3, 6, { sendAt });
    world.clock.now += 2 * DAY;
    await answerAll(6, 9, { sendAt });
    world.clock.now = sendAt;
    const other = await world.another();
    await Promise.all([world.warden.tick(), other.tick(), world.warden.tick(), other.tick()]);
    await Promise.all([world.warden.tick(), other.tick()]);
    expect(await states()).toEqual([
      ...Array(4).fill('held CONVERSATION_SAME_BODY'),
      ...Array(5).fill('sent SENT'),
    ]);
    const rita = world.warden.reviewer('rita');
    const held = (await world.warden.system().deliveries()).find(({ state }) => state === 'held');
    const id = held?.messageId ?? '';
    expect(await rita.decide(id, 'approve')).toMatchObject({ state: 'queued' });
    await world.warden.tick();
    expect(await states()).toEqual([
      ...Array(3).fill('held CONVERSATION_SAME_BODY'),
      ...Array(6).fill('sent SENT'),
    ]);
  });

  it('P7: counts what waits, and of eight that ask at once five are answers', async () => {
    await start(8, { mailbox: { oversight: 'gated_send' } });
    const all = await Promise.all(questions.map((_, at) => answer(at)));
    const isMarketing = ({ notices = [] }: SendOutcome) => notices.join().includes('marketing');
    expect(all.filter((one) => one.status === 'held')).toHaveLength(8);
    const marketing = all.filter(isMarketing).length;
    const storage = await world.database.again().open();
    const rows = await storage.db
      .selectFrom('message')
      .select('decision')
      .where('category', '=', 'conversational')
      .execute();
    await storage.close();
    const late = rows.filter(({ decision }) => decision?.includes('CONVERSATION_SAME_BODY'));
    expect(marketing + late.length).toBe(3);
    expect(rows.length - late.length).toBe(5);
  });

  it('forgets after a day', async () => {
    await start(7);
    await answerAll(0, 5);
    await world.warden.tick();
    world.clock.now += DAY;
    expect(await answer(5)).toEqual(QUIET);
  });

  it('counts people who never wrote to the mailbox: the twenty-first is marketing', async () => {
    await start(22);
    const storage = await world.database.again().open();
    // Mail of machines counts for nobody's, whatever the loop guard made of it.
    await storage.unit((tx) => tx.updateTable('message').set({ auto_submitted: 1 }).execute());
    await storage.close();
    const bodies = Array.from({ length: 22 }, (_, at) => ({ body: words(at) }));
    const outcomes: SendOutcome[] = [];
    for (const [at, more] of bodies.entries()) outcomes.push(await answer(at, more));
    expect(outcomes.map(({ notices = [] }) => notices.join())).toEqual([
      ...Array(20).fill(''),
      ...Array(2).fill(expect.stringContaining('20 people who never wrote')),
    ]);
  });
});

function toBody(at: number): string {
  const extra = ['now', 'today', 'here', 'again'][at % 4];
  return `Hi Person${at},\n\nthank you for your question ${at}. The export is under Settings, then Data. It takes up to ${at} minutes, and we send a link ${extra} when it is ready.\n\nKim, Acme support`;
}

/** Nothing in common with the others. */
function words(at: number): string {
  return Array.from(
    { length: 12 },
    (_, n) => `${'abcdefghijklmnopqrstuvwxyz'[at]}${'mnopqrstuvwx'[n]}`,
  ).join(' ');
}

function question(at: number): string {
  return `From: Person ${at} <person${at}@example.com>
To: ${SUPPORT}
Subject: A question
Message-ID: <q${at}@example.com>
Date: Mon, 2 Mar 2026 08:00:00 +0000
Authentication-Results: mx.acme.example; dmarc=pass header.from=example.com

Where is my export?
`;
}
