import { smtp } from '@mailwarden/core/smtp';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStored, type Stored } from '../faults/stored.ts';
import { databases } from '../support/databases.ts';
import { createMovingInbox, type MovingInbox } from '../support/moving-inbox.ts';
import { deliveryReport } from '../support/report-mail.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const QUARTER = 15 * 60_000;
type Mailbox = NonNullable<WorldOptions['mailbox']>;

describe.each(databases)('mail of which nobody knows whether it arrived, on $name', ({ open }) => {
  let server: ScriptedSmtpServer;
  let world: WardenWorld;
  let stored: Stored;
  let inbox: MovingInbox;
  let messageId = '';
  /** How many more connections break after the message. */
  let breaks = 1;

  beforeEach(async () => {
    breaks = 1;
    server = await startScriptedSmtpServer({
      dot: () => {
        breaks -= 1;
        return breaks >= 0 ? { act: 'drop' } : undefined;
      },
    });
  });
  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const reviewer = () => world.warden.reviewer('ops');
  const deliveries = () => world.warden.system().deliveries();
  const states = async () => (await deliveries()).map(({ state }) => state);
  const messageIds = () =>
    server.received.map(({ raw }) => /^Message-ID: (.*)\r$/im.exec(raw.toString('latin1'))?.[1]);
  const approve = async () => {
    const { review } = await reviewer().show(messageId);
    return reviewer().decide(messageId, 'approve', { review });
  };
  /** One message whose connection breaks after the final dot. */
  async function start(mailbox: Mailbox = {}): Promise<void> {
    inbox = createMovingInbox();
    const transport = smtp(server.url);
    world = await openWorld(open, { inbox, mailbox: { transport, ...mailbox } });
    stored = await openStored(world.database);
    const sent = await world.agent().send({ to: ANA, subject: 'News', body: 'Hello' });
    messageId = 'messageId' in sent ? (sent.messageId ?? '') : '';
    if (sent.status === 'held') await approve();
    await world.warden.tick();
    expect(await states()).toEqual(['unknown']);
  }

  it('a person is told all that is known', async () => {
    await start();
    const [unknown, ...more] = await reviewer().listUnknown();
    expect(more).toEqual([]);
    expect(unknown).toMatchObject({
      messageId,
      recipient: ANA,
      subject: 'News',
      since: world.clock.now,
      lastAttempt: { number: 1, host: '127.0.0.1', phase: 'data', startedAt: world.clock.now },
    });
    expect(`<${unknown?.lastAttempt?.internetMessageId}>`).toBe(messageIds()[0]);
    expect(
      await world.warden.reviewer('else', { mailboxes: ['support@acme.example'] }).listUnknown(),
    ).toEqual([]);
    const event = world.events.find(({ type }) => type === 'delivery.unknown');
    expect(event?.data).toMatchObject({ attempt: 1, phase: 'data' });
  });

  it('P6: it waits, however long, unless the mailbox says otherwise', async () => {
    await start();
    world.clock.now += 100 * QUARTER;
    await world.warden.tick();
    expect(server.received).toHaveLength(1);
    expect(await states()).toEqual(['unknown']);
  });

  it('with onUnknown it is sent once more after a quarter of an hour, with the same Message-ID', async () => {
    await start({ onUnknown: 'resend' });
    world.clock.now += QUARTER - 1;
    await world.warden.tick();
    expect(server.received).toHaveLength(1);
    world.clock.now += 1;
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'sent']);
    const [first, second] = messageIds();
    expect(second).toBe(first);
    const [unknown, resend] = await deliveries();
    expect(resend?.resendOf).toBe(unknown?.id);
    expect(await reviewer().listUnknown()).toMatchObject([{ resentAs: resend?.id }]);
    // What is unknown a second time waits for a person.
    world.clock.now += 100 * QUARTER;
    await world.warden.tick();
    expect(server.received).toHaveLength(2);
  });

  it('a resend that ends unknown, too, is not sent a third time', async () => {
    breaks = 2;
    await start({ onUnknown: 'resend' });
    for (let pass = 0; pass < 4; pass += 1) {
      world.clock.now += QUARTER;
      await world.warden.tick();
    }
    expect(await states()).toEqual(['unknown', 'unknown']);
    expect(server.received).toHaveLength(2);
  });

  it('news within that time ends it', async () => {
    await start({ onUnknown: 'resend' });
    const [about = ''] = messageIds();
    const recipients = [{ address: ANA, action: 'delivered' }];
    inbox.put(deliveryReport({ about: about.slice(1, -1), recipients }), world.clock.now);
    await world.warden.tick();
    world.clock.now += 2 * QUARTER;
    await world.warden.tick();
    expect(await states()).toEqual(['sent']);
    expect(server.received).toHaveLength(1);
  });

  it('P4: where people are asked, a resend has an approval of its own', async () => {
    await start({ oversight: 'gated_send', onUnknown: 'resend' });
    world.clock.now += QUARTER;
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'held']);
    expect(server.received).toHaveLength(1);
    const [unknown] = await deliveries();
    expect(await reviewer().show(messageId)).toMatchObject({ resendOf: unknown?.id });
    world.clock.now += 1_000;
    expect(await approve()).toMatchObject({ state: 'queued' });
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'sent']);
    const approvals = await stored.storage.db.selectFrom('approval').selectAll().execute();
    expect(new Set(approvals.map(({ digest }) => digest)).size).toBe(1);
    expect(approvals).toHaveLength(2);
  });

  it('P4: a person who asks for it has not approved it', async () => {
    await start({ oversight: 'gated_send' });
    const [unknown] = await reviewer().listUnknown();
    await expect(reviewer().resendUnknown(unknown?.id ?? '', '')).rejects.toMatchObject({
      code: 'REASON_REQUIRED',
    });
    await reviewer().resendUnknown(unknown?.id ?? '', 'Their log has no trace of it.');
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'held']);
    await approve();
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'sent']);
  });

  it('there is one resend, however many ask for it at once', async () => {
    await start();
    const [unknown] = await reviewer().listUnknown();
    const asked = await Promise.allSettled(
      ['ops', 'lea', 'tom'].map((who) =>
        world.warden.reviewer(who).resendUnknown(unknown?.id ?? '', 'It is gone.'),
      ),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await world.warden.tick();
    expect(server.received).toHaveLength(2);
  });

  it('P1: somebody who unsubscribed meanwhile gets no second one', async () => {
    await start({ onUnknown: 'resend' });
    await reviewer().suppress(ANA);
    world.clock.now += QUARTER;
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'blocked']);
    expect(server.received).toHaveLength(1);
  });

  it('P7: the first one keeps its place under a limit', async () => {
    await start({ onUnknown: 'resend', dailyLimit: 1 });
    world.clock.now += QUARTER;
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'deferred']);
    expect(server.received).toHaveLength(1);
  });
});
