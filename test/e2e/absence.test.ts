import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveTemplate } from '../support/approve-template.ts';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const DAY = 86_400_000;
const RECEIPT = {
  id: 'receipt',
  category: 'transactional',
  subject: 'Receipt',
  body: 'Hello {{ name }}.',
  variables: { name: 'text' },
} as const;

describe.each(databases)('somebody who is away, on $name', ({ open }) => {
  let world: WardenWorld;
  let about: string;
  let count = 0;

  beforeEach(async () => {
    world = await openWorld(open, {
      trustedAuthservId: 'mx.acme.example',
      templates: [RECEIPT],
    });
    expect((await send()).status).toBe('queued');
    await world.warden.tick();
    about = world.sink.messages[0]?.header('Message-ID') ?? '';
  });
  afterEach(() => world.close());

  const send = (more: object = {}) => {
    count += 1;
    return world.agent().send({ to: ANA, subject: 'News', body: `Hello ${count}`, ...more });
  };
  /** 2026-03-02 is today. */
  async function answer(until: string, from = ANA, more = '', dmarc = 'pass'): Promise<void> {
    count += 1;
    await world.warden.system().ingest(
      MARKETING,
      `Authentication-Results: mx.acme.example; dmarc=${dmarc} header.from=${from.split('@')[1]}
From: ${from}
To: ${MARKETING}
Subject: Out of office
Date: Mon, 2 Mar 2026 09:00:00 +0000
Message-ID: <away-${count}@customer.example>
Auto-Submitted: auto-replied
${more === '' ? `In-Reply-To: ${about}` : more}

I am out of the office until ${until}.
`,
    );
  }
  const dueAt = async () => {
    const sent = await send();
    return sent.status === 'scheduled' && sent.code === 'RECIPIENT_AWAY' ? sent.dueAt : sent.status;
  };

  it('gets marketing when they are back, and everything else at once', async () => {
    await approveTemplate(world.warden.reviewer('rita'), 'receipt');
    await send({ sendAt: world.clock.now + DAY });
    await answer('2026-03-09');
    const back = Date.parse('2026-03-09T00:00:00Z');
    expect(await dueAt()).toBe(back);
    expect((await send({ to: 'ben@customer.example' })).status).toBe('queued');
    const receipt = { template: 'receipt', variables: { name: 'Ana' } };
    expect((await world.agent().send({ to: ANA, ...receipt })).status).toBe('queued');
    // What waits already is asked again before it goes out.
    world.clock.now += DAY + 1;
    await world.warden.tick();
    const waiting = await world.warden.system().deliveries();
    expect(waiting.filter(({ code }) => code === 'RECIPIENT_AWAY')).toHaveLength(2);
    const before = world.sink.messages.length;
    world.clock.now = back + 1;
    await world.warden.tick();
    expect(world.sink.messages.length).toBe(before + 2);
  });

  it('P3: is away for 30 days at most, never shorter than they said before, and keeps their wishes', async () => {
    const most = world.clock.now + 30 * DAY;
    await world.warden.system().setPreferences(ANA, { maximum: { count: 50, days: 7 } });
    await answer('2026-05-30');
    expect(await dueAt()).toBe(most);
    await answer('2026-03-04');
    expect(await dueAt()).toBe(most);
    const wishes = await world.warden.system().preferences(ANA);
    expect(wishes).toMatchObject({ maxima: [{ count: 50, days: 7 }], awayUntil: most });
    await world.warden.system().setPreferences(ANA, { maximum: { count: 60, days: 7 } });
    expect(await dueAt()).toBe(most);
  });

  const rows = async () => {
    const storage = await world.database.again().open();
    const all = await storage.db
      .selectFrom('preference')
      .select(['max_count', 'away_until'])
      .execute();
    await storage.close();
    return all;
  };

  it('is forgotten to have been away once they are back; what they asked for stays', async () => {
    await answer('2026-03-09');
    expect(await rows()).toHaveLength(1);
    await send({ to: 'ben@customer.example' });
    await world.warden
      .system()
      .setPreferences('ben@customer.example', { maximum: { count: 50, days: 7 } });
    world.clock.now = Date.parse('2026-03-09T00:00:00Z');
    await world.warden.tick();
    expect(await rows()).toEqual([{ max_count: 50, away_until: null }]);
  });

  it('P8: whose data is erased is not known to be away, and what they asked for stays', async () => {
    await answer('2026-03-09');
    await world.warden.system().setPreferences(ANA, { maximum: { count: 50, days: 7 } });
    expect(await rows()).toMatchObject([{ away_until: Date.parse('2026-03-09T00:00:00Z') }]);
    await world.warden.system().erasePerson(ANA, { reason: 'request' });
    expect(await rows()).toEqual([{ max_count: 50, away_until: null }]);
  });

  it('nobody else can say so', async () => {
    await answer('2026-03-09', ANA, '', 'fail');
    await answer('2026-03-09', ANA, '', 'none');
    await answer('2026-03-09', 'eve@customer.example');
    await answer('2026-03-09', ANA, 'In-Reply-To: <other@acme.example>');
    // What is over is over.
    await answer('2026-03-02');
    expect(await dueAt()).toBe('queued');
  });
});
