import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../../test/support/collect.ts';
import { databases } from '../../../../test/support/databases.ts';
import { createMovingInbox } from '../../../../test/support/moving-inbox.ts';
import { answer } from '../../../../test/support/report-mail.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../../../../test/support/warden-world.ts';
import { verifyAudit } from '../audit/verify/verify-audit.ts';
import type { Storage } from '../storage/database.ts';
import type { RetentionOptions } from './retention-options.ts';

const DAY = 86_400_000;
const KEEP: Required<RetentionOptions> = {
  messages: 'keep',
  rawMail: 'keep',
  serverReplies: 'keep',
  auditDetails: 'keep',
  events: 'keep',
  reservations: 'keep',
  optIns: 'keep',
};

describe.each(databases)('retention on $name', ({ open }) => {
  let world: WardenWorld;
  let storage: Storage;
  const inbox = createMovingInbox();

  const start = async (retention: RetentionOptions, options: WorldOptions = {}) => {
    world = await openWorld(open, { retention, ...options });
    // Ids have the machine's time; the product's is at least that.
    world.clock.now = Math.max(world.clock.now, Date.now());
    storage = await world.database.again().open();
  };
  beforeEach(() => {
    inbox.renumber();
  });
  afterEach(async () => {
    await storage.close();
    await world.close();
  });

  const send = (to: string, body = `For ${to}`) =>
    world.agent().send({ to, subject: 'News', body });
  const later = (days: number) => {
    world.clock.now += days * DAY;
    return world.warden.tick();
  };
  const count = async (table: 'event' | 'reservation' | 'chunk' | 'opt_in') => {
    const { n } = await storage.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  };

  it('empties a message when it is old and ended, not before and not while it waits', async () => {
    await start({ ...KEEP, messages: 30 });
    const sent = await send('ana@example.com');
    await world.warden.tick();
    const waits = await world.agent().send({
      to: 'ben@example.com',
      subject: 'News',
      body: 'B',
      sendAt: '2099-01-01T00:00:00Z',
    });
    const subjectOf = async (id = '') =>
      (await world.warden.reviewer('ops').deliveries(id)).map(({ recipient }) => recipient);
    await later(29);
    expect(await subjectOf(sent.messageId)).toEqual(['ana@example.com']);
    await later(2);
    expect(await subjectOf(sent.messageId)).toEqual(['[erased]']);
    expect((await world.warden.system().accounting()).sent).toBe(1);
    expect(await subjectOf(waits.messageId)).not.toEqual(['[erased]']);
  });

  it('keeps what is answered, and whose file is passed on, until the mail that waits is over', async () => {
    const own = createMovingInbox();
    const mailbox = { oversight: 'gated_send', inbox: own } as const;
    const internalDomains = ['example.com'];
    await start({ ...KEEP, messages: 1 }, { mailbox, internalDomains });
    const file = 'Content-Disposition: attachment; filename=a.txt\n\nfile\n--b--\n';
    const fields = 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\n';
    for (const subject of ['Answered', 'Passed on', 'Neither']) {
      const head = `From: ana@example.com\nTo: ${SUPPORT}\nSubject: ${subject}\n`;
      own.put(`${head}${fields}Hello\n--b\n${file}`, world.clock.now);
    }
    await world.warden.tick();
    const agent = world.warden.agent('bot', { mailboxes: [SUPPORT] });
    const list = await agent.checkInbox({ mailbox: SUPPORT });
    const emails = list.status === 'ok' ? list.emails : [];
    const idOf = (subject: string) => emails.find((each) => each.subject === subject)?.id ?? '';
    const answer = await agent.reply({ messageId: idOf('Answered'), body: 'Thank you.' });
    const forward = await agent.send({
      ...{ mailbox: SUPPORT, to: 'ben@example.com', subject: 'A file', body: 'See the file.' },
      attachments: [`${idOf('Passed on')}.1`],
    });
    expect([answer.status, forward.status]).toEqual(['held', 'held']);
    const kept = async () => {
      const rows = await storage.db
        .selectFrom('message')
        .select('subject')
        .where('mailbox', '=', SUPPORT)
        .where('direction', '=', 'inbound')
        .where('erased_at', 'is', null)
        .orderBy('subject')
        .execute();
      return rows.map(({ subject }) => subject);
    };
    await later(2);
    expect(await kept()).toEqual(['Answered', 'Passed on']);
    for (const { messageId } of [answer, forward]) {
      await world.warden.reviewer('ops').decide(messageId ?? '', 'approve');
    }
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(2);
    await later(2);
    expect(await kept()).toEqual([]);
  });

  it('keeps what may ask to stop until a person has decided', async () => {
    const own = createMovingInbox();
    await start({ ...KEEP, messages: 1 }, { mailbox: { oversight: 'autonomous', inbox: own } });
    await send('ana@example.com');
    await world.warden.tick();
    const about = (world.sink.messages[0]?.header('Message-ID') ?? '').slice(1, -1);
    const words = 'unsubscribe the details from the thread';
    own.put(answer({ From: 'ana@example.com', To: MARKETING }, words, about), world.clock.now);
    await later(0);
    const rita = world.warden.reviewer('rita');
    await later(2);
    // Both mailboxes read this inbox, and each asks.
    const request = (await rita.stopRequests()).find(({ mailbox }) => mailbox === MARKETING);
    expect(request).toMatchObject({ from: 'ana@example.com', text: words });
    await rita.decideStopRequest(request?.id ?? '', 'continue', 'They meant the thread.');
    await later(1);
    const { text } = await storage.db
      .selectFrom('message')
      .select('text')
      .where('direction', '=', 'inbound')
      .where('mailbox', '=', MARKETING)
      .executeTakeFirstOrThrow();
    expect(text).not.toContain(words);
  });

  it('is not held up by what has to stay', async () => {
    await start({ ...KEEP, messages: 1 });
    await send('ana@example.com');
    await world.warden.tick();
    await copyMessages(storage, 60);
    const { id, ...one } = await storage.db
      .selectFrom('message')
      .selectAll()
      .executeTakeFirstOrThrow();
    const file = { id: `${id}.1`, name: 'a', type: 'text/plain', size: 1, sha256: '' };
    const waits = await agentSendsLater();
    const passedOn = Array.from({ length: 60 }, (_, index) => ({
      ...file,
      id: `${id}-${index}.1`,
    }));
    await storage.unit(async (tx) => {
      await tx
        .updateTable('message')
        .set({ attachments: JSON.stringify([file]) })
        .execute();
      await tx
        .updateTable('message')
        .set({ attachments: JSON.stringify(passedOn) })
        .where('id', '=', waits)
        .execute();
      const last = { ...one, id: `${id}-last`, created_at: one.created_at + 1, thread_id: 'x' };
      await tx.insertInto('message').values(last).execute();
    });
    await later(2);
    const rows = await storage.db
      .selectFrom('message')
      .select('id')
      .where('erased_at', 'is not', null)
      .orderBy('id')
      .execute();
    expect(rows.map((row) => row.id)).toEqual([id, `${id}-last`]);
  });

  const agentSendsLater = async () => {
    const waiting = await world.agent().send({
      ...{ to: 'ben@example.com', subject: 'News', body: 'B' },
      sendAt: '2099-01-01T00:00:00Z',
    });
    return waiting.messageId ?? '';
  };

  it('still unsubscribes by the link of a message that is gone', async () => {
    await start({ ...KEEP, messages: 30 });
    await send('ana@example.com');
    await world.warden.tick();
    const field = world.sink.messages[0]?.header('List-Unsubscribe') ?? '';
    const url = /<(https:[^>]+)>/.exec(field)?.[1] ?? '';
    await later(31);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const answer = await world.warden.handler(new Request(url, { method: 'POST', body }));
    expect(answer.status).toBe(200);
    expect(await send('Ana+x@example.com')).toMatchObject({
      status: 'blocked',
      code: 'SUPPRESSED',
    });
  });

  it('drops raw mail and keeps text and attachments', async () => {
    await start({ ...KEEP, rawMail: 30 }, { mailbox: { oversight: 'autonomous', inbox } });
    const file = 'Content-Disposition: attachment; filename=a.txt\n\nfile\n--b--\n';
    inbox.put(
      `From: ana@example.com\nTo: ${SUPPORT}\nSubject: Hi\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\n${file}`,
      world.clock.now,
    );
    await world.warden.tick();
    // One message in two mailboxes, each with its bytes and a file.
    expect(await count('chunk')).toBe(4);
    await later(31);
    expect(await count('chunk')).toBe(2);
    const { text } = await storage.db
      .selectFrom('message')
      .select('text')
      .executeTakeFirstOrThrow();
    expect(text).toContain('Hello');
  });

  it('drops what servers said, and places in limits', async () => {
    await start({ ...KEEP, serverReplies: 30, reservations: 400 });
    await send('ana@example.com');
    await world.warden.tick();
    const replies = async () =>
      (await storage.db.selectFrom('attempt').select(['reply_text', 'reply_code']).execute())[0];
    expect((await replies())?.reply_text).not.toBeNull();
    expect(await count('reservation')).toBeGreaterThan(0);
    await later(31);
    expect(await replies()).toMatchObject({ reply_text: null, reply_code: 250 });
    expect(await count('reservation')).toBeGreaterThan(0);
    await later(370);
    expect(await count('reservation')).toBe(0);
  });

  it('drops sign-ups that nobody confirmed', async () => {
    await start({ ...KEEP, optIns: 60 });
    const request = {
      ...{ mailbox: MARKETING, subject: 'Please confirm', body: 'You signed up for our news.' },
      ...{ statement: 'Acme may write to me.', wordingVersion: '3', signup: { method: 'form' } },
    };
    for (const to of ['ana@example.com', 'ben@example.com']) {
      await world.warden.system().requestOptIn(to, request);
    }
    const [first] = await storage.db.selectFrom('opt_in').select('id').execute();
    await storage.unit((tx) =>
      tx
        .updateTable('opt_in')
        .set({ confirmed_at: world.clock.now })
        .where('id', '=', first?.id ?? '')
        .execute(),
    );
    await later(59);
    expect(await count('opt_in')).toBe(2);
    await later(2);
    expect(await storage.db.selectFrom('opt_in').select('id').execute()).toEqual([first]);
  });

  it('erases details of the audit, which stays provable', async () => {
    await start({ ...KEEP, auditDetails: 30 });
    await send('ana@example.com');
    await later(1);
    await later(30);
    const text = (await collect(world.warden.system().exportAudit())).join('');
    expect(text).not.toContain('ana@example.com');
    const report = await verifyAudit(text);
    expect(report).toMatchObject({ ok: true, faults: [] });
    expect(report.erased.length).toBeGreaterThan(0);
  });

  it('drops events that are sealed and told, and keeps the newest', async () => {
    await start({ ...KEEP, events: 30 });
    await send('ana@example.com');
    await later(1);
    await send('ben@example.com');
    const before = await count('event');
    await later(31);
    // The second pass has what the first one told.
    await later(1);
    const kept = await count('event');
    expect(kept).toBeLessThan(before);
    expect(kept).toBeGreaterThan(0);
    expect(
      (await verifyAudit((await collect(world.warden.system().exportAudit())).join(''))).ok,
    ).toBe(true);
  });

  it('lets a send commit while a large sweep runs', async () => {
    await start({ ...KEEP, messages: 30 });
    await send('ana@example.com');
    await world.warden.tick();
    await copyMessages(storage, 2_000);
    world.clock.now += 31 * DAY;
    let sweeping = true;
    const sweep = world.warden.tick().finally(() => {
      sweeping = false;
    });
    const erased = async () =>
      (
        await storage.db
          .selectFrom('message')
          .select('id')
          .where('erased_at', 'is not', null)
          .limit(1)
          .execute()
      ).length;
    while ((await erased()) === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await send('ben@example.com')).status).toBe('queued');
    expect(sweeping).toBe(true);
    await sweep;
  });

  it('keeps everything by default except what has served its purpose', async () => {
    await start({});
    await send('ana@example.com');
    await world.warden.tick();
    await later(3_000);
    expect(await world.warden.system().deliveries()).toMatchObject([
      { recipient: 'ana@example.com', subject: 'News' },
    ]);
    expect(await count('event')).toBeGreaterThan(0);
    expect(await count('reservation')).toBe(0);
  });

  it('refuses what is no number of days', async () => {
    await start({});
    const wrong = (retention: object) => world.another({ retention });
    await expect(wrong({ messages: 0 })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(wrong({ reservations: 399 })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(wrong({ optIns: 59 })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(wrong({ messages: 1.5 })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(wrong({ mails: 30 })).rejects.toMatchObject({ code: 'OPTION_UNKNOWN' });
    expect(world.agent().principal.mailboxes).toEqual([MARKETING]);
  });
});

/** The one message that is there, many times over. */
async function copyMessages(storage: Storage, times: number): Promise<void> {
  const row = await storage.db.selectFrom('message').selectAll().executeTakeFirstOrThrow();
  const rows = Array.from({ length: times }, (_, index) => ({ ...row, id: `${row.id}-${index}` }));
  for (let at = 0; at < times; at += 100) {
    const some = rows.slice(at, at + 100);
    await storage.unit((tx) => tx.insertInto('message').values(some).execute());
  }
}
