import { afterEach, describe, expect, it } from 'vitest';
import { createKeyRing } from '../../packages/core/src/keys/create-key-ring.ts';
import { databases } from '../support/databases.ts';
import { insertDelivery } from '../support/insert-delivery.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const DOMAIN = 'acme.example';
const GOOD = { spf: true, dkim: true, dmarc: true, aligned: true, ptr: true, tls: true };

describe.each(databases)('what mailbox providers ask for on $name', ({ open }) => {
  let world: WardenWorld;
  let count = 0;
  afterEach(() => world.close());

  const send = (to: string) => {
    count += 1;
    return world.agent().send({ to, subject: `News ${count}`, body: `Hello, number ${count}` });
  };
  const record = (facts: object) =>
    world.warden.system().recordSendingFacts({ domain: DOMAIN, ...facts });
  const states = async () => {
    const rows = await world.warden.system().deliveries();
    return rows.map(({ recipient, state, code }) => `${recipient} ${state} ${code}`).sort();
  };

  it('stops marketing to the provider only, at request and at claim, and lets it go on by itself', async () => {
    world = await openWorld(open);
    expect(await send('ana@yahoo.com')).toMatchObject({ status: 'queued' });
    await record({ ...GOOD, dmarc: false, spamRate: { yahoo: 0.003 } });
    expect(await send('ben@yahoo.com')).toMatchObject({
      ...{ status: 'blocked', code: 'PROVIDER_DMARC_MISSING' },
    });
    expect(await send('cy@example.com')).toMatchObject({ status: 'queued' });
    await world.warden.tick();
    expect(await states()).toEqual(
      expect.arrayContaining([
        'ana@yahoo.com held PROVIDER_DMARC_MISSING',
        'cy@example.com sent SENT',
      ]),
    );
    await record(GOOD);
    expect(await send('dan@yahoo.com')).toMatchObject({ code: 'PROVIDER_SPAM_RATE' });
    world.clock.now += MINUTE;
    await world.warden.tick();
    expect(await states()).toEqual(
      expect.arrayContaining([
        'ana@yahoo.com held PROVIDER_SPAM_RATE',
        'dan@yahoo.com held PROVIDER_SPAM_RATE',
      ]),
    );
    await record({ spamRate: { yahoo: 0.0029 } });
    world.clock.now += MINUTE;
    await world.warden.tick();
    await world.warden.tick();
    expect(await states()).toEqual(
      expect.arrayContaining(['ana@yahoo.com sent SENT', 'dan@yahoo.com sent SENT']),
    );
    expect(world.events.map(({ type }) => type)).toContain('sending_facts.recorded');
  });

  it('P3: neither an approval nor an older finding gets past it', async () => {
    world = await openWorld(open, { mailbox: { oversight: 'gated_send' } });
    const { messageId = '' } = await send('ana@yahoo.com');
    await record({ spamRate: { yahoo: 0.01 } });
    await record({ spamRate: { yahoo: 0 }, at: world.clock.now - 1 });
    await world.warden.reviewer('rita').decide(messageId, 'approve');
    await world.warden.tick();
    world.clock.now += MINUTE;
    await world.warden.tick();
    expect(await states()).toEqual(['ana@yahoo.com held PROVIDER_SPAM_RATE']);
    expect(world.sink.messages).toEqual([]);
  });

  it('counts what went to Gmail from the primary domain, and remembers that it was bulk', async () => {
    world = await openWorld(open);
    await record({ dkim: false });
    expect(await send('ana@gmail.com')).toMatchObject({ status: 'queued' });
    await copySent(5_000);
    expect(await send('ben@gmail.com')).toMatchObject({ code: 'PROVIDER_SPF_DKIM_MISSING' });
    await record({ dkim: false });
    world.clock.now += 3 * DAY;
    expect(await send('cy@gmail.com')).toMatchObject({ code: 'PROVIDER_SPF_DKIM_MISSING' });
    expect(await send('cy@outlook.com')).toMatchObject({ status: 'queued' });
  });

  it('refuses facts that would count for nothing', async () => {
    world = await openWorld(open);
    const wrong: readonly object[] = [
      {},
      { domain: 'news.acme.example', spf: true },
      { domain: 'acme.exampel', spf: true },
      { spf: 'yes' },
      { spamRate: { gmail: 1.1 } },
      { spamRate: { gmail: Number.NaN } },
      { bulk: false },
      { spf: true, at: world.clock.now + 1 },
    ];
    for (const facts of wrong) {
      await expect(record(facts)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    }
    await expect(record({ sfp: true })).rejects.toMatchObject({ code: 'ARGUMENT_UNKNOWN' });
    await expect(record({ spamRate: { icloud: 0 } })).rejects.toMatchObject({
      code: 'ARGUMENT_UNKNOWN',
    });
    expect(world.agent()).not.toHaveProperty('recordSendingFacts');
    expect(world.warden.reviewer('rita')).not.toHaveProperty('recordSendingFacts');
  });

  async function copySent(wanted: number): Promise<void> {
    const keys = createKeyRing(
      [{ id: 'k1', secret: 'a-secret-of-32-characters-or-more' }],
      'default',
    );
    const storage = await world.database.again().open();
    const at = world.clock.now - 1;
    const times = { due_at: at, sent_at: at };
    await insertDelivery(storage, {
      ...{ keys, recipient: 'x@gmail.com', message: { mailbox: MARKETING } },
      delivery: { ...times, id: 'copy', mailbox: MARKETING, state: 'sent' },
    });
    await storage.unit(async (tx) => {
      const one = await tx
        .selectFrom('delivery')
        .selectAll()
        .where('id', '=', 'copy')
        .executeTakeFirstOrThrow();
      for (let start = 1; start < wanted; start += 200) {
        const rows = Array.from({ length: Math.min(200, wanted - start) }, (_, index) => ({
          ...one,
          id: `copy-${start + index}`,
        }));
        await tx.insertInto('delivery').values(rows).execute();
      }
    });
    await storage.close();
  }
});
