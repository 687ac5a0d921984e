import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const DAY = 86_400_000;
const ANA = 'ana@example.com';

describe.each(databases)('preferences on $name', ({ open }) => {
  let world: WardenWorld;
  let count = 0;

  beforeEach(async () => {
    world = await openWorld(open, { topics: { tips: 'Tips & tricks', surveys: 'Surveys' } });
  });
  afterEach(() => world.close());

  const send = (more: object = {}) => {
    count += 1;
    const mail = {
      to: ANA,
      topic: 'tips',
      subject: `News ${count}`,
      body: `Hello, number ${count}`,
    };
    return world.agent().send({ ...mail, ...more });
  };
  /** The address of Ana's page, from a mail that she got. */
  const findPage = async (): Promise<string> => {
    await send();
    await world.warden.tick();
    const header = world.sink.messages.at(-1)?.header('List-Unsubscribe') ?? '';
    return /<(https:[^>]+)>/.exec(header)?.[1] ?? '';
  };
  const read = async (url: string) => (await world.warden.handler(new Request(url))).text();
  const post = async (url: string, fields: string) => {
    const body = new URLSearchParams(fields);
    const response = await world.warden.handler(new Request(url, { method: 'POST', body }));
    expect(response.status).toBe(200);
    return response.text();
  };
  const system = () => world.warden.system();

  describe('the page', () => {
    it('shows the operator’s topics, how often and a pause, and changes nothing', async () => {
      const html = await read(await findPage());
      expect(html).toContain('Tips &amp; tricks');
      expect(html).toContain('value="surveys" checked');
      expect(html).toContain('At most one a week');
      // What was there before is there still.
      expect(html).toContain('value="marketing">Unsubscribe</button>');
      expect(html).toContain('Stop only “tips”');
      expect(await system().preferences(ANA)).toEqual({ declinedTopics: [], maxima: [] });
    });

    it('saves what is chosen, shows it again, and it holds at once', async () => {
      const url = await findPage();
      const html = await post(
        url,
        'scope=preferences&shown=tips&shown=surveys&topic=tips&maximum=1/7&pause=',
      );
      expect(html).toContain('Your choice is saved');
      expect(html).toContain('value="surveys">Surveys');
      expect(html).toContain('value="1/7" selected');
      expect(await system().preferences(ANA, 'acme')).toEqual({
        ...{ declinedTopics: ['surveys'], maxima: [{ count: 1, days: 7 }] },
      });
      expect(await send({ topic: 'surveys' })).toMatchObject({
        ...{ status: 'blocked', code: 'TOPIC_DECLINED' },
      });
      // Leaving the topic out is no way around it.
      expect(await send({ topic: '' })).toMatchObject({ code: 'TOPIC_DECLINED' });
      expect(await send()).toMatchObject({
        ...{ code: 'RECIPIENT_MAXIMUM_REACHED', dueAt: world.clock.now + 7 * DAY },
      });
      expect(world.events.filter(({ type }) => type === 'preferences.changed')).toMatchObject([
        { actor: 'recipient', data: { declined: 'surveys', maximum: '1/7', senderId: 'acme' } },
      ]);
    });

    it('takes a wish back as easily, and what waited for it goes out', async () => {
      const url = await findPage();
      await post(url, 'scope=preferences&maximum=1/7&pause=7');
      expect(await send()).toMatchObject({ status: 'scheduled' });
      await post(url, 'scope=preferences&maximum=keep&pause=');
      await world.warden.tick();
      expect(world.sink.messages.length).toBe(1);
      await post(url, 'scope=preferences&maximum=&pause=keep');
      await world.warden.tick();
      expect(world.sink.messages.length).toBe(2);
      expect(await system().preferences(ANA)).toEqual({ declinedTopics: [], maxima: [] });
    });

    it('P8: takes no unsubscribe back, and offers nothing where all is stopped', async () => {
      const url = await findPage();
      await post(url, 'scope=topic');
      const html = await post(url, 'scope=preferences&shown=tips&topic=tips&maximum=&pause=');
      expect(html).toContain('(stopped; write to us to get it again)');
      expect(await send()).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
      await post(url, 'List-Unsubscribe=One-Click');
      expect(await read(url)).not.toContain('Or get less');
      await post(url, 'scope=preferences&shown=tips&topic=tips&maximum=&pause=');
      expect(await send({ topic: 'surveys' })).toMatchObject({ code: 'SUPPRESSED' });
    });

    it('keeps what the form did not show, or says in words that are not its own', async () => {
      const url = await findPage();
      await system().setPreferences(ANA, {
        ...{ topics: { old: false }, maximum: { count: 5, days: 9 } },
      });
      await post(
        url,
        'scope=preferences&shown=tips&shown=<b>&topic=tips&maximum=999/1&pause=99999',
      );
      expect(await system().preferences(ANA)).toEqual({
        ...{ declinedTopics: ['old'], maxima: [{ count: 5, days: 9 }] },
      });
      expect(await read(url)).toContain('At most 5 in 9 days');
    });

    it('without a scope it is still a one-click unsubscribe', async () => {
      await post(await findPage(), 'maximum=1/7&pause=');
      expect(await send()).toMatchObject({ code: 'SUPPRESSED' });
    });
  });

  describe('a pause', () => {
    it('puts off what can wait, and ends what would be out of date', async () => {
      const until = world.clock.now + 7 * DAY;
      await system().setPreferences(ANA, { pauseUntil: until });
      expect(await send()).toMatchObject({
        ...{ status: 'scheduled', code: 'RECIPIENT_PAUSED', dueAt: until },
      });
      expect(await send({ sendAt: until })).toMatchObject({
        status: 'scheduled',
        code: 'SCHEDULED',
      });
      await system().setPreferences(ANA, { pauseUntil: until + 1 });
      expect(await send()).toMatchObject({ status: 'blocked', code: 'RECIPIENT_PAUSED' });
      world.clock.now = until + 1;
      await world.warden.tick();
      expect(world.sink.messages.length).toBe(2);
    });

    it('P1: that commits before the claim wins', async () => {
      expect((await send()).status).toBe('queued');
      await system().setPreferences('Ana+x@example.com', {
        ...{ pauseUntil: world.clock.now + 30 * DAY },
      });
      await world.warden.tick();
      expect(world.sink.messages.length).toBe(0);
      expect(await system().accounting()).toMatchObject({ blocked: 1 });
    });
  });

  describe('an agent', () => {
    const limit = (more: object) => world.agent().limitContact({ address: ANA, ...more });

    it('P3: can ask for less, and never for more', async () => {
      const until = world.clock.now + 3 * DAY;
      const asked = { declineTopics: 'surveys', pauseUntil: until, maximum: { count: 1, days: 7 } };
      expect(await limit(asked)).toMatchObject({
        ...{ status: 'ok', declinedTopics: ['surveys'], pausedUntil: until },
      });
      expect(await limit({ pauseUntil: until - DAY })).toMatchObject({ pausedUntil: until });
      expect(await limit({ pauseUntil: 1 })).toMatchObject({ pausedUntil: until });
      for (const looser of [
        { count: 2, days: 7 },
        { count: 1, days: 6 },
        { count: 1_000, days: 400 },
      ]) {
        expect(await limit({ maximum: looser })).toMatchObject({ status: 'invalid' });
      }
      expect(await limit({ maximum: { count: 1, days: 30 } })).toMatchObject({ status: 'ok' });
      expect(await system().preferences(ANA, 'acme')).toEqual({
        ...{ declinedTopics: ['surveys'], pausedUntil: until, maxima: [{ count: 1, days: 30 }] },
      });
      expect('setPreferences' in world.agent()).toBe(false);
    });

    it('is told what is missing or wrong', async () => {
      for (const wrong of [
        {},
        { maximum: { count: 0, days: 7 } },
        { maximum: { count: 1, days: 401 } },
        { declineTopics: 'No topic!' },
        { pauseUntil: 'tomorrow' },
        { senderId: 'acme', pauseUntil: 1 },
      ]) {
        expect(await limit(wrong)).toMatchObject({ status: 'invalid' });
      }
      const other = world.agent('bot', { mailboxes: [SUPPORT] });
      const foreign = { mailbox: MARKETING, address: ANA, declineTopics: 'tips' };
      expect(await other.limitContact(foreign)).toMatchObject({ code: 'MAILBOX_UNKNOWN' });
    });
  });

  it('are not loosened by the application for a sender that it does not name', async () => {
    await expect(system().setPreferences(ANA, { senderId: 'nobody' })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    await expect(
      system().setPreferences(ANA, { maximum: { count: 1.5, days: 7 } }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('outlive a new key, also when they are changed under it', async () => {
    await system().setPreferences(ANA, { topics: { surveys: false } });
    const keys = [
      { id: 'k2', secret: 'another secret that only these tests know' },
      { id: 'k1', secret: 'a secret that only these tests know, 1' },
    ];
    const rotated = await world.another({ keys });
    const agent = rotated.agent('bot', { mailboxes: [MARKETING] });
    const survey = { to: ANA, topic: 'surveys', subject: 'How are we?', body: 'Tell us, please.' };
    expect(await agent.send(survey)).toMatchObject({ code: 'TOPIC_DECLINED' });
    await rotated.system().setPreferences(ANA, { topics: { surveys: true, tips: false } });
    expect(await rotated.system().preferences(ANA)).toMatchObject({ declinedTopics: ['tips'] });
  });
});
