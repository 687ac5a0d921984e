import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';

const DAY = 86_400_000;
const TOPICS = { news: 'News', offers: 'Offers' };

describe.each(databases)('a topic that nobody declared on $name', ({ open }) => {
  let world: WardenWorld;
  let count = 0;
  afterEach(() => world.close());

  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    const system = world.warden.system();
    await system.setPreferences('declined@example.com', { topics: { offers: false } });
    await world.warden.reviewer('rita').suppress('stopped@example.com', { scope: 'topic:offers' });
    await system.withdrawConsent('withdrew@example.com', { topics: ['offers'] });
  };
  const send = (to: string, topic: string) => {
    count += 1;
    return world.agent().send({ to, topic, subject: `Hello ${count}`, body: 'We moved.' });
  };

  it.each([
    ['declined', 'TOPIC_DECLINED'],
    ['stopped', 'SUPPRESSED'],
    ['withdrew', 'OPTED_OUT'],
  ])('P3: does not get past what %s one', async (who, code) => {
    await start({ topics: TOPICS });
    const to = `${who}@example.com`;
    expect(await send(to, 'offers-2')).toMatchObject({ status: 'blocked', code });
    expect(await send(to, 'news')).toMatchObject({ status: 'queued' });
    expect(await send('ana@example.com', 'offers-2')).toMatchObject({ status: 'queued' });
  });

  it.each(['declined', 'stopped', 'withdrew'])('P3: nor when none is declared, %s', async (who) => {
    await start();
    const to = `${who}@example.com`;
    expect(await send(to, 'offers-2')).toMatchObject({ status: 'blocked' });
    expect(await send(to, 'offers')).toMatchObject({ status: 'blocked' });
    expect(await send('ana@example.com', 'offers-2')).toMatchObject({ status: 'queued' });
  });

  it('counts under the caps on every topic, before and after', async () => {
    await start({ topics: TOPICS, frequencyCaps: [{ max: 1, per: DAY, topic: 'offers' }] });
    expect(await send('ana@example.com', 'offers-2')).toMatchObject({ status: 'queued' });
    await world.warden.tick();
    const capped = { status: 'scheduled', code: 'FREQUENCY_CAP_REACHED' };
    expect(await send('ana@example.com', 'offers')).toMatchObject(capped);
    expect(await send('ana@example.com', 'offers-3')).toMatchObject(capped);
    expect(await send('ana@example.com', 'news')).toMatchObject({ status: 'queued' });
  });

  it('is still a survey by its name, and no consent to a topic covers it', async () => {
    await start({ topics: TOPICS, audience: { unknownCountry: 'DE' } });
    await world.warden.system().recordConsent('ana@example.com', {
      basis: 'double_opt_in',
      topics: ['survey'],
      wordingVersion: 'v1',
      evidence: { method: 'web form' },
    });
    expect(await send('ana@example.com', 'survey')).toMatchObject({
      status: 'blocked',
      code: 'DE_SURVEY_IS_ADVERTISING',
    });
    const check = (topic: string) => world.warden.system().check('stopped@example.com', { topic });
    expect(await check('news')).toMatchObject({ marketing: true });
    expect(await check('offers-2')).toMatchObject({ marketing: false });
  });

  it('is replayed as it was decided, and a change of the topics is told apart', async () => {
    await start({ topics: TOPICS });
    await send('declined@example.com', 'offers-2');
    await send('ana@example.com', 'news');
    const system = world.warden.system();
    expect(await system.simulate({ budgets: { sendsPerRun: 7 } })).toMatchObject({
      decisions: 2,
      unfaithful: 0,
    });
    const more = { ...TOPICS, 'offers-2': 'More offers' };
    expect(await system.simulate({ topics: more })).toMatchObject({
      missing: { total: 1, reasons: { topic: 1 } },
      idle: [],
    });
  });
});
