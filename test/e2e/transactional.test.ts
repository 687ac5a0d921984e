import type { TemplateOptions } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';

const SHIPPED: TemplateOptions = {
  id: 'shipped',
  category: 'transactional',
  subject: 'Your order {{ order }} is on its way',
  body: 'Hello {{ name }},\n\nyour order {{ order }} ({{ items }}) left on {{ day | date: "%B %-d" }}: [track it]({{ link }}).',
  variables: { name: 'text', order: 'text', items: 'number', day: 'date', link: 'url' },
};
const GIVEN = {
  name: 'Ana',
  order: 'A-100',
  items: '2',
  day: '2026-03-01',
  link: 'https://acme.example/t/1',
};
const WITH_GIFT = { ...GIVEN, gift: 'none' };

describe.each(databases)('transactional mail on $name', ({ open }) => {
  let world: WardenWorld | undefined;

  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  async function start(options: WorldOptions = {}): Promise<WardenWorld> {
    world = await openWorld(open, { templates: [SHIPPED], ...options });
    return world;
  }

  async function send(given: Partial<typeof GIVEN> = {}, to = 'ana@example.com') {
    const variables = { ...GIVEN, ...given };
    const outcome = await world?.agent().send({ to, template: 'shipped', variables });
    const [sent] = outcome?.messages ?? [];
    return { code: sent?.code, messageId: sent?.messageId ?? '' };
  }

  async function categoryOf(messageId: string) {
    return (await world?.warden.reviewer('kim').show(messageId))?.category;
  }

  it('is what a template says once a person has approved it, and marketing before', async () => {
    const { warden, sink } = await start();
    const before = await send();
    expect(await categoryOf(before.messageId)).toBe('marketing');
    await warden.reviewer('kim').approveTemplate('shipped');
    const after = await send({}, 'ben@example.com');
    expect(after.code).toBe('ALLOWED');
    expect(await categoryOf(after.messageId)).toBe('transactional');
    await warden.tick();
    expect(sink.messages.at(-1)?.raw.toString()).toContain('left on March 1');
  });

  it.each([
    ['the text', { body: `${SHIPPED.body} Thank you.` }],
    ['a type', { variables: { ...SHIPPED.variables, link: 'text' } }],
    ['a variable', { variables: { ...SHIPPED.variables, gift: 'text' } }],
    ['the category', { category: 'marketing' }],
  ] as const)('loses the approval when code changes %s', async (_what, change) => {
    const { warden, another } = await start();
    await warden.reviewer('kim').approveTemplate('shipped');
    const changed = await another({ templates: [{ ...SHIPPED, ...change }] });
    const { variables: types = {} } = { ...SHIPPED, ...change };
    const variables = 'gift' in types ? WITH_GIFT : GIVEN;
    const { messages = [] } = await changed
      .agent('bot', { mailboxes: ['lifecycle@acme.example'] })
      .send({ to: 'ana@example.com', template: 'shipped', variables });
    expect(await categoryOf(messages[0]?.messageId ?? '')).toBe('marketing');
  });

  it.each([
    ['a number', { items: 'two' }],
    ['a number with a line after it', { items: '2\nSave 20% today' }],
    ['a date', { day: 'soon' }],
    ['a date that does not exist', { day: '2026-02-30' }],
    ['a URL', { link: 'acme.example/t/1' }],
    ['a URL with a link behind it', { link: 'https://acme.example/) [x](https://evil.example' }],
  ])('refuses what is no value of the type: %s', async (_what, given) => {
    const { warden } = await start();
    await warden.reviewer('kim').approveTemplate('shipped');
    expect((await send(given)).code).toBe('TEMPLATE_VARIABLES');
  });

  it('holds a link, HTML and advertising where text was declared', async () => {
    const { warden, sink } = await start();
    await warden.reviewer('kim').approveTemplate('shipped');
    const link = await send({ order: 'A-100 https://evil.example' });
    expect(link.code).toBe('VARIABLE_NOT_TEXT');
    const html = await send({ order: '<a href="https://evil.example">A-100</a>' });
    expect(html.code).toBe('VARIABLE_NOT_TEXT');
    const advert = await send({ order: 'A-100. Shop now and save 20%' });
    expect(advert.code).toBe('US_PRIMARY_PURPOSE_COMMERCIAL');
    const shown = await warden.reviewer('kim').show(advert.messageId);
    expect(shown.findings[0]?.evidence).toMatchObject({ words: 'Shop now', where: 'subject' });
    await warden.tick();
    expect(sink.messages).toHaveLength(0);
  });

  it('P3: a url variable leads to hosts that somebody vouched for, and nowhere else', async () => {
    const withText = { ...SHIPPED, id: 'help', body: `${SHIPPED.body} https://help.example/a` };
    const { warden, agent, sink } = await start({
      templates: [SHIPPED, withText],
      allowedLinkHosts: ['carrier.example'],
    });
    for (const id of ['shipped', 'help']) await warden.reviewer('kim').approveTemplate(id);
    const evil = await send({ link: 'https://evil.example/t/1' });
    expect(evil.code).toBe('LINK_HOST_UNKNOWN');
    expect((await send({ link: 'https://help.example/t/1' })).code).toBe('LINK_HOST_UNKNOWN');
    expect((await send({ link: 'https://track.carrier.example/t/1' })).code).toBe('ALLOWED');
    const variables = { ...GIVEN, link: 'https://help.example/t/1' };
    expect(
      await agent().send({ to: 'ana@example.com', template: 'help', variables }),
    ).toMatchObject({ code: 'ALLOWED' });
    await warden.tick();
    expect(sink.messages).toHaveLength(2);
    const until = (world?.clock.now ?? 0) + 86_400_000;
    const remember = [{ kind: 'host', value: 'evil.example', until }] as const;
    await warden.reviewer('kim').decide(evil.messageId, 'approve', { remember });
    expect((await send({ link: 'https://evil.example/t/2' })).code).toBe('ALLOWED');
    expect(await warden.system().simulate({ budgets: { sendsPerRun: 50 } })).toMatchObject({
      decisions: 5,
      same: 5,
      unfaithful: 0,
    });
  });

  it('keeps a new line in a text variable on its line', async () => {
    const { warden, sink } = await start();
    await warden.reviewer('kim').approveTemplate('shipped');
    expect((await send({ name: 'Ana\n\n# Big news\n\n' })).code).toBe('ALLOWED');
    await warden.tick();
    expect(sink.messages[0]?.raw.toString()).toContain('Hello Ana # Big news,');
  });

  it('P1: advertising in it reaches nobody who unsubscribed, whoever approves', async () => {
    const { warden, agent, sink } = await start();
    await warden.reviewer('kim').approveTemplate('shipped');
    const held = await send({ order: 'A-100. Shop now' });
    expect(held.code).toBe('US_PRIMARY_PURPOSE_COMMERCIAL');
    await agent().suppress({ address: 'ana@example.com', scope: 'marketing', reason: 'asked' });
    const decided = await warden.reviewer('kim').decide(held.messageId, 'approve');
    expect(decided).toMatchObject({ state: 'blocked', code: 'US_PRIMARY_PURPOSE_COMMERCIAL' });
    expect((await send()).code).toBe('ALLOWED');
    await warden.tick();
    expect(sink.messages).toHaveLength(1);
  });
});

describe.each(databases)('role addresses on $name', ({ open }) => {
  let world: WardenWorld | undefined;

  afterEach(async () => {
    await world?.close();
    world = undefined;
  });

  it('get no marketing, or none without an express consent', async () => {
    world = await openWorld(open);
    const { warden, agent, sink } = world;
    const write = async (to: string) => {
      const { messages = [] } = await agent().send({ to, subject: 'News', body: 'We moved.' });
      return messages[0]?.code;
    };
    expect(await write('abuse@example.com')).toBe('ROLE_ADDRESS');
    expect(await write('no-reply+x@example.com')).toBe('ROLE_ADDRESS');
    expect(await write('info@example.com')).toBe('ROLE_ADDRESS_CONSENT');
    await warden.system().recordConsent('info@example.com', {
      basis: 'express',
      wordingVersion: 'v1',
      evidence: { method: 'web form' },
      obtainedAt: world.clock.now - 1_000,
    });
    await warden.tick();
    expect(sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([['info@example.com']]);
  });
});
