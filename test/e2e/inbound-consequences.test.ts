import { imap } from '@mailwarden/core/imap';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStored, type Stored } from '../faults/stored.ts';
import { databases } from '../support/databases.ts';
import { answer, complaint, deliveryReport } from '../support/report-mail.ts';
import { createTestMailbox, type TestMailbox } from '../support/shared-dovecot.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const GONE = 'gone@customer.example';
const MINUTE = 60_000;

describe.each(databases)('what comes back through Dovecot, on $name', ({ open }) => {
  let account: TestMailbox;
  let server: ScriptedSmtpServer;
  let world: WardenWorld;
  let stored: Stored;
  let mails = 0;

  beforeEach(async () => {
    account = createTestMailbox();
    server = await startScriptedSmtpServer({
      rcpt: ({ recipient }) => (recipient === GONE ? '550 5.1.1 No such user here' : undefined),
    });
    world = await openWorld(open, { smtpUrl: server.url, inbox: imap(account.login) });
    stored = await openStored(world.database);
  });
  afterEach(async () => {
    await world.close();
    await server.close();
  });

  /** Sends marketing and lets it go out; gives its Message-ID. */
  async function send(to: string): Promise<string> {
    const { status } = await queue(to);
    expect(status).toBe('queued');
    await world.warden.tick();
    return headerOf('Message-ID').slice(1, -1);
  }
  function queue(to: string) {
    mails += 1;
    return world.agent().send({ to, campaign: 'spring', subject: `News ${mails}`, body: 'Hello' });
  }
  function headerOf(name: string): string {
    const raw = server.accepted
      .at(-1)
      ?.raw.toString('latin1')
      .replaceAll(/\r\n(?=[ \t])/g, '');
    return new RegExp(`^${name}: *(.*)$`, 'im').exec(raw ?? '')?.[1]?.trim() ?? '';
  }
  /** A mail server delivers it, and the warden looks. */
  async function receive(raw: string, mailFrom?: string): Promise<void> {
    await account.deliver(raw, mailFrom === undefined ? {} : { mailFrom });
    await world.warden.tick();
  }
  const suppressions = async (address: string) =>
    (await world.warden.system().check(address)).suppressions.map(
      ({ reason, scope }) => `${reason} ${scope}`,
    );
  /** What a report on the campaign would say. */
  async function figures() {
    const rows = await stored.storage.db.selectFrom('delivery').selectAll().execute();
    const count = (column: 'bounced_at' | 'complained_at' | 'unsubscribed_at' | 'replied_at') =>
      rows.filter((row) => row[column] !== null).length;
    const { sent, failed } = await world.warden.system().accounting({ campaign: 'spring' });
    return {
      ...{ sent, failed, bounced: count('bounced_at'), complained: count('complained_at') },
      ...{ unsubscribed: count('unsubscribed_at'), replied: count('replied_at') },
    };
  }
  const NOTHING = { failed: 0, bounced: 0, complained: 0, unsubscribed: 0, replied: 0 };

  it('a rejection in the SMTP dialogue: failed, not bounced, and suppressed', async () => {
    await queue(GONE);
    await world.warden.tick();
    expect(await suppressions(GONE)).toEqual(['hard_bounce all']);
    expect(await figures()).toEqual({ ...NOTHING, sent: 0, failed: 1 });
  });

  it('a delivery report: bounced and suppressed, and the next mail is blocked', async () => {
    const about = await send(ANA);
    const next = await queue(ANA);
    await receive(deliveryReport({ about, to: MARKETING, recipients: [{ address: ANA }] }), '');
    expect(await suppressions(ANA)).toEqual(['hard_bounce all']);
    expect(await figures()).toMatchObject({ ...NOTHING, bounced: 1 });
    expect(await queue(ANA)).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
    expect(next.status).toBe('queued');
  });

  it('a forged delivery report: nothing but an event', async () => {
    await send(ANA);
    const about = 'a-guess@acme.example';
    await receive(deliveryReport({ about, to: MARKETING, recipients: [{ address: ANA }] }), '');
    await world.warden.tick();
    expect(await suppressions(ANA)).toEqual([]);
    expect(await figures()).toEqual({ ...NOTHING, sent: 1 });
    expect(world.events.filter(({ type }) => type === 'report.ignored')).toMatchObject([
      { data: { why: 'message_unknown' } },
    ]);
  });

  it('a complaint: marketing stops, an answer may still go out', async () => {
    const about = await send(ANA);
    await receive(complaint({ about, to: MARKETING }));
    expect(await suppressions(ANA)).toEqual(['complaint marketing']);
    expect(await world.warden.system().check(ANA)).toMatchObject({ marketing: false, other: true });
    expect(await figures()).toEqual({ ...NOTHING, sent: 1, complained: 1 });
  });

  it('not-spam: nothing', async () => {
    const about = await send(ANA);
    await receive(complaint({ about, to: MARKETING, type: 'not-spam' }));
    expect(await suppressions(ANA)).toEqual([]);
    expect(await figures()).toEqual({ ...NOTHING, sent: 1 });
  });

  it('a vacation reply: neither reply nor bounce', async () => {
    const about = await send(ANA);
    const fields = { From: ANA, To: MARKETING, 'Auto-Submitted': 'auto-replied' };
    const away = { ...fields, Subject: 'Out of office', Date: 'Mon, 2 Mar 2026 09:00:00 +0000' };
    await receive(answer(away, 'I am away until 9 March 2026. Do not email me.', about), '');
    await world.warden.tick();
    expect(await suppressions(ANA)).toEqual([]);
    expect(await figures()).toEqual({ ...NOTHING, sent: 1 });
    expect(world.events.filter(({ type }) => type === 'delivery.auto_replied')).toMatchObject([
      { data: { autoReply: 'vacation', until: Date.UTC(2026, 2, 9) } },
    ]);
  });

  it('P1: a stop request by reply wins over mail that is queued', async () => {
    const about = await send(ANA);
    world.clock.now += MINUTE;
    const later = await world
      .agent()
      .send({ to: ANA, subject: 'Later', body: 'Later', sendAt: world.clock.now + MINUTE });
    await receive(answer({ From: ANA, To: MARKETING }, 'Please remove me from your list.', about));
    expect(await suppressions(ANA)).toEqual(['unsubscribe marketing']);
    expect(await figures()).toEqual({ ...NOTHING, sent: 1, unsubscribed: 1, replied: 1 });
    world.clock.now += MINUTE;
    await world.warden.tick();
    const [delivery] = await world.warden.reviewer('rita').deliveries(later.messageId ?? '');
    expect(delivery).toMatchObject({ state: 'blocked', code: 'SUPPRESSED' });
    expect(server.accepted).toHaveLength(1);
  });

  it('a bounce after forwarding: whom we wrote to, not whom it was passed on to', async () => {
    const about = await send(ANA);
    const recipients = [{ address: 'ana.private@elsewhere.example' }];
    await receive(deliveryReport({ about, to: MARKETING, recipients }), '');
    expect(await suppressions(ANA)).toEqual(['hard_bounce all']);
    expect(await suppressions('ana.private@elsewhere.example')).toEqual([]);
    expect(await figures()).toEqual({ ...NOTHING, sent: 1, bounced: 1 });
  });

  it('an unclear request holds marketing until a person has read it', async () => {
    const about = await send(ANA);
    const words = 'unsubscribe the details from the thread';
    await receive(answer({ From: ANA, To: MARKETING }, words, about));
    expect(await suppressions(ANA)).toEqual([]);
    const held = await queue(ANA);
    expect(held).toMatchObject({ status: 'held', code: 'UNSUBSCRIBE_INTENT_UNCLEAR' });
    const rita = world.warden.reviewer('rita');
    await rita.decide(held.messageId ?? '', 'approve').catch(() => undefined);
    world.clock.now += 2 * MINUTE;
    await world.warden.tick();
    expect(server.accepted).toHaveLength(1);
    const [request] = await rita.stopRequests();
    expect(request).toMatchObject({ from: ANA, text: words });
    await rita.decideStopRequest(request?.id ?? '', 'continue', 'They meant the thread.');
    world.clock.now += 2 * MINUTE;
    await world.warden.tick();
    await world.warden.tick();
    expect(server.accepted).toHaveLength(2);
    expect(await figures()).toEqual({ ...NOTHING, sent: 2, replied: 1 });
  });

  it('the mailto address of List-Unsubscribe is the same as one click', async () => {
    await send(ANA);
    const uri = /<mailto:([^?>]+)\?subject=([^>]+)>/.exec(headerOf('List-Unsubscribe'));
    expect(uri?.[1]).toBe(MARKETING);
    const fields = { From: ANA, To: MARKETING, Subject: decodeURIComponent(uri?.[2] ?? '') };
    await receive(answer(fields, ''));
    expect(await suppressions(ANA)).toEqual(['unsubscribe marketing']);
    expect(await figures()).toEqual({ ...NOTHING, sent: 1, unsubscribed: 1 });
  });
});
