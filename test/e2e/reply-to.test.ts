import type { AgentHandle } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { createMovingInbox, type MovingInbox } from '../support/moving-inbox.ts';
import {
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const ANSWER = { body: 'Yes, the export of March is in the folder since this morning.' };
const LOOK = { status: 'held', code: 'REPLY_TO_ELSEWHERE' } as const;

interface Mail {
  readonly from?: string;
  readonly replyTo?: string;
  /** What our own server says of From. */
  readonly dmarc?: 'pass' | 'fail';
  readonly answers?: string;
}

describe.each(databases)('answers to Reply-To on $name', ({ open }) => {
  let world: WardenWorld;
  let agent: AgentHandle;
  let inbox: MovingInbox;
  let count = 0;
  afterEach(() => world.close());

  const start = async (options: WorldOptions = {}) => {
    inbox = createMovingInbox();
    world = await openWorld(open, {
      ...{ trustedAuthservId: 'mx.acme.example', mailbox: { inbox } },
      ...options,
    });
    agent = world.agent('bot', { mailboxes: [SUPPORT] });
  };
  const take = async ({ from = 'ana@example.com', replyTo, dmarc = 'pass', answers }: Mail) => {
    count += 1;
    world.clock.now += 61_000;
    const id = `m${count}@example.com`;
    const fields = [
      `From: ${from}`,
      `To: ${SUPPORT}`,
      `Subject: Question ${id}`,
      `Message-ID: <${id}>`,
      ...(replyTo === undefined ? [] : [`Reply-To: ${replyTo}`]),
      ...(answers === undefined ? [] : [`In-Reply-To: <${answers}>`]),
      `Authentication-Results: mx.acme.example; dmarc=${dmarc} header.from=${from.split('@')[1]}`,
    ];
    inbox.put(`${fields.join('\n')}\n\nWhere is my export of March?\n`, world.clock.now);
    await world.warden.tick();
    return id;
  };
  const answer = async (id: string) => {
    const found = await agent.checkInbox({ limit: 100 });
    if (found.status !== 'ok') throw new Error('no inbox');
    const at = found.emails.find((email) => JSON.stringify(email).includes(`Question ${id}`));
    const outcome = await agent.reply({ messageId: at?.id ?? '', ...ANSWER });
    await world.warden.tick();
    return outcome;
  };
  const recipients = () => world.sink.messages.flatMap(({ envelope }) => envelope.rcptTo);

  it('go there unseen when the sender is proven and it is of their house', async () => {
    await start();
    const id = await take({ replyTo: 'Help <help@support.example.com>' });
    expect(await answer(id)).toMatchObject({ status: 'queued' });
    expect(recipients()).toEqual(['help@support.example.com']);
    expect(world.sink.messages[0]?.header('List-Unsubscribe')).toBeUndefined();
  });

  it('P3: to a stranger wait for a person, who sees both addresses', async () => {
    await start();
    const id = await take({ replyTo: 'victim@other.example' });
    const held = await answer(id);
    expect(held).toMatchObject({
      ...LOOK,
      reason: expect.stringContaining('victim@other.example'),
    });
    expect(recipients()).toEqual([]);
    const rita = world.warden.reviewer('rita');
    expect(await rita.decide(held.messageId ?? '', 'approve')).toMatchObject({ state: 'queued' });
    await world.warden.tick();
    expect(recipients()).toEqual(['victim@other.example']);
  });

  it.each([
    ['at one public provider', { from: 'eve@gmail.com', replyTo: 'victim@gmail.com' }],
    ['of an unproven sender', { replyTo: 'help@example.com', dmarc: 'fail' }],
  ] as const)('P3: to somebody %s wait for a person', async (_name, mail) => {
    await start();
    expect(await answer(await take(mail))).toMatchObject(LOOK);
  });

  it('P10: to a colleague or a customer, whom a stranger names, wait for a person', async () => {
    await start({ internalDomains: ['acme.example'] });
    await world.warden.system().recordRelationship({
      ...{ address: 'customer@other.example', kind: 'customer' },
    });
    for (const replyTo of ['boss@acme.example', 'customer@other.example']) {
      expect(await answer(await take({ from: 'eve@evil.example', replyTo }))).toMatchObject(LOOK);
    }
  });

  it('P3: mail forged in the name of the victim before does not speak for them', async () => {
    await start();
    const forged = await take({ from: 'victim@other.example', dmarc: 'fail' });
    const id = await take({ replyTo: 'victim@other.example', answers: forged });
    expect(await answer(id)).toMatchObject(LOOK);
  });

  it('go unseen to somebody else who proved themselves in the thread', async () => {
    await start();
    const first = await take({ from: 'ben@other.example' });
    const id = await take({ replyTo: 'ben@other.example', answers: first });
    expect(await answer(id)).toMatchObject({ status: 'queued' });
    expect(recipients()).toEqual(['ben@other.example']);
  });

  it('counts the address for this thread only, and ordinary answers stay free', async () => {
    await start();
    await answer(await take({ replyTo: 'help@example.com' }));
    const other = await take({ from: 'cleo@other.example', replyTo: 'help@example.com' });
    expect(await answer(other)).toMatchObject(LOOK);
    expect(await answer(await take({ replyTo: 'Ana@example.com' }))).toMatchObject({
      status: 'queued',
    });
  });
});
