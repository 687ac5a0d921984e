import { smtp } from '@mailwarden/core/smtp';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { createMovingInbox, type MovingInbox } from '../support/moving-inbox.ts';
import { answer, deliveryReport } from '../support/report-mail.ts';
import {
  MARKETING,
  openWorld,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const QUARTER = 15 * 60_000;
type Mailbox = NonNullable<WorldOptions['mailbox']>;

describe.each(databases)('what is known late of mail that ended unknown, on $name', ({ open }) => {
  let server: ScriptedSmtpServer;
  let world: WardenWorld;
  let inbox: MovingInbox;
  let messageId = '';
  let breaks = 1;
  /** What happens while the server has the message and has not answered. */
  let meanwhile: () => Promise<void> = () => Promise.resolve();

  beforeEach(async () => {
    breaks = 1;
    meanwhile = () => Promise.resolve();
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
  const states = async () => (await world.warden.system().deliveries()).map(({ state }) => state);
  const copy = () => server.received[0]?.raw.toString('latin1') ?? '';
  const about = () => /^Message-ID: <(.*)>\r$/im.exec(copy())?.[1] ?? '';
  const approve = async () => {
    const { review } = await reviewer().show(messageId);
    return reviewer().decide(messageId, 'approve', { review });
  };
  /** One message whose connection breaks after the final dot. */
  async function start(mailbox: Mailbox): Promise<void> {
    inbox = createMovingInbox();
    const { send, ...transport } = smtp(server.url);
    world = await openWorld(open, {
      inbox,
      mailbox: {
        transport: {
          ...transport,
          async send(...given) {
            const result = await send(...given);
            await meanwhile();
            return result;
          },
        },
        ...mailbox,
      },
    });
    const sent = await world.agent().send({ to: ANA, subject: 'News', body: 'Hello' });
    messageId = 'messageId' in sent ? (sent.messageId ?? '') : '';
    if (sent.status === 'held') await approve();
    await world.warden.tick();
  }

  it('P6: a resend that waits ends when a report says that the first one arrived', async () => {
    await start({ oversight: 'gated_send', onUnknown: 'resend' });
    world.clock.now += QUARTER;
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'held']);
    const recipients = [{ address: ANA, action: 'delivered' }];
    inbox.put(deliveryReport({ about: about(), recipients }), world.clock.now);
    await world.warden.tick();
    world.clock.now += 1_000;
    await approve();
    await world.warden.tick();
    expect(server.received).toHaveLength(1);
    expect(await states()).toEqual(['sent', 'cancelled']);
  });

  it('P6: a resend that waits ends when a copy lies in the Sent folder', async () => {
    await start({ oversight: 'gated_send', onUnknown: 'resend' });
    world.clock.now += QUARTER;
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'held']);
    inbox.put(copy(), world.clock.now, { sent: true });
    await world.warden.tick();
    expect(await states()).toEqual(['sent', 'held']);
    world.clock.now += 1_000;
    await approve();
    await world.warden.tick();
    expect(server.received).toHaveLength(1);
    expect(await states()).toEqual(['sent', 'cancelled']);
  });

  it('P6: a copy that was seen before the answer was given up settles', async () => {
    meanwhile = async () => {
      inbox.put(copy(), world.clock.now, { sent: true });
      await (await world.another()).tick();
    };
    await start({ onUnknown: 'resend' });
    world.clock.now += 2 * QUARTER;
    await world.warden.tick();
    expect(server.received).toHaveLength(1);
    expect(await states()).toEqual(['sent']);
  });

  it('P6: a resend of a resend ends when a report says that the first one arrived', async () => {
    breaks = 2;
    await start({ oversight: 'gated_send', onUnknown: 'resend' });
    world.clock.now += QUARTER;
    await world.warden.tick();
    world.clock.now += 1_000;
    await approve();
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'unknown']);
    const second = (await reviewer().listUnknown()).find(({ resendOf }) => resendOf !== undefined);
    await reviewer().resendUnknown(second?.id ?? '', 'Their log has no trace of it.');
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'unknown', 'held']);
    const recipients = [{ address: ANA, action: 'delivered' }];
    inbox.put(deliveryReport({ about: about(), recipients }), world.clock.now);
    await world.warden.tick();
    world.clock.now += 1_000;
    await approve();
    await world.warden.tick();
    expect(server.received).toHaveLength(2);
    expect(await states()).toEqual(['sent', 'unknown', 'cancelled']);
  });

  const answered = (at: number) =>
    inbox.put(answer({ From: `Ana <${ANA}>`, To: MARKETING }, 'Thank you!', about()), at);

  it('P6: a resend that waits ends when somebody answers the first one', async () => {
    await start({ oversight: 'gated_send', onUnknown: 'resend' });
    world.clock.now += QUARTER;
    await world.warden.tick();
    expect(await states()).toEqual(['unknown', 'held']);
    // It came to the mailbox before the resend was ordered, and nobody had looked.
    answered(world.clock.now - 60_000);
    await world.warden.tick();
    world.clock.now += 1_000;
    await approve();
    await world.warden.tick();
    expect(server.received).toHaveLength(1);
    expect(await states()).toEqual(['unknown', 'cancelled']);
  });

  it('a person may send again what somebody has answered', async () => {
    await start({});
    answered(world.clock.now);
    await world.warden.tick();
    world.clock.now += 1_000;
    const [unknown] = await reviewer().listUnknown();
    await reviewer().resendUnknown(unknown?.id ?? '', 'She asked for it, the picture was broken.');
    await world.warden.tick();
    expect(server.received).toHaveLength(2);
    expect(await states()).toEqual(['unknown', 'sent']);
  });

  it('P6: what somebody answered is not sent again', async () => {
    await start({ onUnknown: 'resend' });
    answered(world.clock.now);
    await world.warden.tick();
    world.clock.now += 2 * QUARTER;
    await world.warden.tick();
    expect(server.received).toHaveLength(1);
  });
});
