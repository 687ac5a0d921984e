import { defineOffer } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { approveTemplate } from '../support/approve-template.ts';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';

const DAY = 86_400_000;

describe.each(databases)('claims on $name', ({ open }) => {
  let world: WardenWorld | undefined;

  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  async function start(options: WorldOptions = {}): Promise<WardenWorld> {
    world = await openWorld(open, options);
    return world;
  }

  async function send(to: string, body: string, subject = 'News') {
    const [sent] = (await world?.agent().send({ to, subject, body }))?.messages ?? [];
    return { status: sent?.status, messageId: sent?.messageId ?? '' };
  }

  it('a reviewer approves and remembers: the next one goes out until it expires', async () => {
    const { warden, clock, sink } = await start();
    const reviewer = warden.reviewer('kim');
    const body = '30% more people renew, see https://stories.example.net/1.';
    const first = await send('ana@example.com', body);
    expect(first.status).toBe('held');
    const shown = await reviewer.show(first.messageId);
    expect(shown.findings.map(({ code }) => code).toSorted()).toEqual([
      'CLAIM_UNSUPPORTED',
      'LINK_HOST_UNKNOWN',
    ]);
    expect(shown.findings.map(({ evidence }) => evidence)).toEqual([
      { host: 'stories.example.net' },
      { words: '30%', kind: 'percentage', where: 'body', offset: 0 },
    ]);
    const until = clock.now + 30 * DAY;
    const decided = await reviewer.decide(first.messageId, 'approve', {
      remember: [
        { kind: 'claim', value: '30%', until },
        { kind: 'host', value: 'Stories.example.net', until },
      ],
    });
    expect(decided.state).toBe('queued');
    await warden.tick();
    expect(sink.messages).toHaveLength(1);
    expect((await send('ben@example.com', `Hello. ${body}`)).status).toBe('queued');
    expect((await send('cem@example.com', 'Hello. 31% more people renew.')).status).toBe('held');
    clock.now = until;
    expect((await send('dee@example.com', `Hi. ${body}`)).status).toBe('held');
  });

  it('remembering one of two claims leaves the approval of the other as it was', async () => {
    const { warden, clock, sink } = await start();
    const first = await send('ana@example.com', '30% more people renew, and 12% write to us.');
    const until = clock.now + DAY;
    const remember = [{ kind: 'claim', value: '30%', until }] as const;
    await warden.reviewer('kim').decide(first.messageId, 'approve', { remember });
    await warden.tick();
    expect(sink.messages).toHaveLength(1);
  });

  it('a fact is remembered with the words around the claim', async () => {
    const { warden, clock } = await start();
    const first = await send('ana@example.com', '30% more people renew.');
    const until = clock.now + DAY;
    const remember = [{ kind: 'fact', value: '30% more people renew', until }] as const;
    await warden.reviewer('kim').decide(first.messageId, 'approve', { remember });
    expect((await send('ben@example.com', 'Last year 30 % more people renew.')).status).toBe(
      'queued',
    );
    expect((await send('cem@example.com', 'Only for you: 30% off.')).status).toBe('held');
  });

  it.each([
    [{ kind: 'host', value: 'https://x.example/', until: DAY }],
    [{ kind: 'host', value: 'com', until: DAY }],
    [{ kind: 'host', value: 'bit.ly', until: DAY }],
    [{ kind: 'claim', value: ' ', until: DAY }],
    [{ kind: 'claim', value: 'free gift', until: 0 }],
    [{ kind: 'claim', value: 'free gift', until: 401 * DAY }],
    [{ kind: 'claim', value: 'free gift', until: Number.NaN }],
  ] as const)('refuses to remember %o, and decides nothing', async ({ kind, value, until }) => {
    const { warden, clock } = await start();
    const first = await send('ana@example.com', 'A free gift.');
    const remember = [{ kind, value, until: clock.now + until }];
    const reviewer = warden.reviewer('kim');
    await expect(reviewer.decide(first.messageId, 'approve', { remember })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    expect((await reviewer.listPending()).messages).toHaveLength(1);
  });

  it('P3: an agent remembers nothing, and nothing is remembered with a rejection', async () => {
    const { warden, clock } = await start();
    const first = await send('ana@example.com', 'A free gift.');
    const remember = [{ kind: 'claim', value: 'free gift', until: clock.now + DAY }] as const;
    expect(
      Object.keys(warden.agent('bot', { mailboxes: ['lifecycle@acme.example'] })),
    ).not.toContain('decide');
    await expect(
      warden.reviewer('kim').decide(first.messageId, 'reject', { reason: 'No.', remember }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect((await send('ben@example.com', 'Hello. A free gift.')).status).toBe('held');
  });

  it('an offer that ends between approval and dispatch is blocked at claim', async () => {
    const endsAt = Date.parse('2026-03-02T10:00:00Z');
    const offer = defineOffer({ id: 'flash', percent: 10, startsAt: endsAt - DAY, endsAt });
    const { clock, warden, sink } = await start({ offers: [offer] });
    const sent = await send('ana@example.com', 'You get 10% off.');
    expect(sent.status).toBe('queued');
    clock.now = endsAt;
    await warden.tick();
    expect(sink.messages).toHaveLength(0);
    const [delivery] = await warden.reviewer('kim').deliveries(sent.messageId);
    expect(delivery).toMatchObject({ state: 'blocked', code: 'OFFER_EXPIRED' });
  });

  it('an offer that goes on after mail said it would end is seen by a person first', async () => {
    const endsAt = Date.parse('2026-03-04T00:00:00Z');
    const flash = { id: 'flash', percent: 10, startsAt: endsAt - 3 * DAY, endsAt };
    const { clock, warden, another } = await start({ offers: [defineOffer(flash)] });
    expect(
      (await send('ana@example.com', 'You get 10% off. The offer ends on March 3.')).status,
    ).toBe('queued');
    const extended = { ...flash, id: 'flash-2', endsAt: endsAt + 5 * DAY };
    const later = await another({ offers: [defineOffer(extended)] });
    const sendLater = async (to: string, body: string) => {
      const bot = later.agent('bot', { mailboxes: ['lifecycle@acme.example'] });
      const { messages = [] } = await bot.send({ to, subject: 'News', body });
      return messages[0]?.code;
    };
    clock.now = endsAt + DAY;
    // Nobody was told anything yet: the message never left.
    expect(await sendLater('ben@example.com', 'You get 10% off.')).toBe('ALLOWED');
    clock.now = endsAt - DAY;
    await warden.tick();
    clock.now = endsAt + DAY;
    expect(await sendLater('cem@example.com', 'Hello. You get 10% off.')).toBe(
      'OFFER_EXTENDED_AFTER_DEADLINE',
    );
    expect(await sendLater('dee@example.com', 'We moved to another street.')).toBe('ALLOWED');
  });

  it('what an agent puts into an approved template is read: text, and the host of a URL', async () => {
    const { warden, agent } = await start({
      templates: [
        {
          id: 'news',
          subject: 'News',
          body: '50% off, guaranteed! {{ line }} [Read]({{ link }}) https://partner.example.net/x',
          variables: { line: 'text', link: 'url' },
        },
      ],
    });
    await approveTemplate(warden.reviewer('kim'), 'news');
    const use = async (to: string, line: string, link: string) => {
      const variables = { line, link };
      const { messages = [] } = await agent().send({ to, template: 'news', variables });
      return messages[0]?.code;
    };
    expect(await use('ana@example.com', 'Hello', 'https://acme.example/1')).toBe('ALLOWED');
    expect(await use('ben@example.com', '90% off', 'https://acme.example/1')).toBe(
      'CLAIM_UNSUPPORTED',
    );
    expect(await use('cem@example.com', 'Hi', 'https://evil.example.net/1')).toBe(
      'LINK_HOST_UNKNOWN',
    );
  });
});
