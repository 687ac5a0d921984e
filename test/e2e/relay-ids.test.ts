import { generateKeyPairSync } from 'node:crypto';
import { smtp } from '@mailwarden/core/smtp';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStored, type Stored } from '../faults/stored.ts';
import { databases } from '../support/databases.ts';
import { createMovingInbox, type MovingInbox } from '../support/moving-inbox.ts';
import { answer, deliveryReport } from '../support/report-mail.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const SES_ID = '0102018f2e8b1c2d-5e3f7a10-9b1c-4d2e-8f30-0123456789ab-000000';
const SEEN = `${SES_ID}@eu-west-1.amazonses.com`;
const { privateKey } = generateKeyPairSync('ed25519');
const DKIM = {
  domainName: 'acme.example',
  keySelector: 's1',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

describe.each(databases)('a relay that replaces Message-ID, on $name', ({ open }) => {
  let server: ScriptedSmtpServer;
  let world: WardenWorld;
  let stored: Stored;
  let inbox: MovingInbox;

  beforeEach(async () => {
    server = await startScriptedSmtpServer({ dot: `250 Ok ${SES_ID}` });
    inbox = createMovingInbox();
    const transport = smtp(server.url, { relay: 'ses' });
    world = await openWorld(open, { inbox, mailbox: { transport, dkim: DKIM } });
    stored = await openStored(world.database);
    await world.agent().send({ to: ANA, campaign: 'spring', subject: 'News', body: 'Hello' });
    await world.warden.tick();
  });
  afterEach(async () => {
    await world.close();
    await server.close();
  });

  async function receive(raw: string): Promise<void> {
    inbox.put(raw, world.clock.now);
    await world.warden.tick();
  }
  const db = () => stored.storage.db;

  it('an answer that names the other Message-ID is in the thread, and is a reply', async () => {
    await receive(answer({ From: ANA }, 'Thanks!', SEEN));
    const messages = await db().selectFrom('message').selectAll().execute();
    expect(messages.map(({ direction }) => direction).sort()).toEqual(['inbound', 'outbound']);
    expect(new Set(messages.map(({ thread_id }) => thread_id)).size).toBe(1);
    const delivery = await db().selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
    expect(delivery.replied_at).toBe(world.clock.now);
  });

  it('a report that names it counts; one that names another id of that relay does not', async () => {
    const recipients = [{ address: ANA }];
    const other = SEEN.replace('0102018f', '0102018e');
    await receive(deliveryReport({ about: other, recipients }));
    expect((await world.warden.system().check(ANA)).suppressions).toEqual([]);
    await receive(deliveryReport({ about: SEEN, recipients }));
    expect((await world.warden.system().check(ANA)).suppressions).toMatchObject([
      { reason: 'hard_bounce' },
    ]);
  });

  it('DKIM signs neither what the relay writes anew nor its absence', () => {
    const raw = server.accepted[0]?.raw.toString('latin1').replaceAll(/\r\n[ \t]+/g, '') ?? '';
    const signed = /^DKIM-Signature:.*?\bh=([^;]*);/im.exec(raw)?.[1]?.split(':') ?? [];
    expect(signed).toContain('from');
    expect(signed).toContain('list-unsubscribe');
    expect(signed).not.toContain('message-id');
    expect(signed).not.toContain('date');
    expect(raw).toMatch(/^Message-ID: </m);
  });
});
