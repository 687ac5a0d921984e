import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { findAttachments } from '../messages/find-attachments.ts';
import { listTags } from '../messages/list-tags.ts';
import { readChunks } from '../messages/read-chunks.ts';
import { findFolder } from './advance-folder.ts';
import { parseInboundFacts } from './inbound-facts.ts';
import { type IngestOptions, ingest, ingestTogether } from './ingest.ts';
import { ingestRaw } from './ingest-raw.ts';

const OPEN = { quarantine: false };
let count = 0;

function mail(fields: Readonly<Record<string, string>> = {}, body = 'Hello\n'): string {
  count += 1;
  const all: Record<string, string> = {
    From: 'Ana <ana@example.com>',
    To: 'support@acme.example',
    Subject: 'Hi',
    'Message-ID': `<m${count}@example.com>`,
    ...fields,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

describe.each(databases)('ingest on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open, { trustedAuthservId: 'mx.acme.example' });
  });
  afterEach(() => world.close());

  function take(raw: string | Uint8Array, options: Partial<IngestOptions> = {}) {
    return ingest(world.ctx, world.mailbox, raw, { ...OPEN, ...options });
  }

  async function row(id: string) {
    return world.ctx.storage.db
      .selectFrom('message')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
  }

  function countMessages() {
    return world.ctx.storage.db
      .selectFrom('message')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow()
      .then(({ count }) => Number(count));
  }

  function listEvents() {
    return world.ctx.storage.db.selectFrom('event').selectAll().orderBy('seq').execute();
  }

  test('stores the message, the raw bytes and an event without personal data', async () => {
    const raw = mail({ 'Authentication-Results': 'mx.acme.example; dmarc=pass' }, 'Yes!\n> old\n');
    const receivedAt = world.clock.now - 5_000;
    const { messageId, duplicate } = await take(raw, { receivedAt });
    expect(duplicate).toBe(false);
    const stored = await row(messageId);
    expect(stored).toMatchObject({
      direction: 'inbound',
      mailbox: 'support@acme.example',
      from_address: 'ana@example.com',
      from_name: 'Ana',
      to_addresses: '["support@acme.example"]',
      subject: 'Hi',
      new_text: 'Yes!',
      quarantined: 0,
      auto_submitted: 0,
      created_at: receivedAt,
    });
    expect(parseInboundFacts(stored.inbound_facts)).toMatchObject({
      authenticated: true,
      loopSigns: [],
      rawSize: raw.length,
    });
    expect((await readChunks(world.ctx.storage.db, 'default', messageId)).toString()).toBe(raw);
    const [event] = await listEvents();
    expect(event).toMatchObject({ type: 'message.received', message_id: messageId });
    expect(JSON.stringify(event)).not.toContain('ana');
    expect(JSON.parse(event?.data ?? '')).toEqual({
      threadId: stored.thread_id,
      autoSubmitted: false,
    });
  });

  test('stores the same bytes once, and once more when they differ', async () => {
    const raw = mail({ 'Message-ID': '<same@example.com>' });
    const first = await take(raw);
    expect(await take(raw)).toEqual({ messageId: first.messageId, duplicate: true });
    const other = await take(`${raw} changed`);
    expect(other.duplicate).toBe(false);
    expect(await countMessages()).toBe(2);
  });

  test('stores the same bytes once when two processes read them at once', async () => {
    const raw = mail();
    const results = await Promise.all([1, 2, 3, 4].map(() => take(raw)));
    expect(new Set(results.map(({ messageId }) => messageId)).size).toBe(1);
    expect(results.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(await countMessages()).toBe(1);
  });

  test('stores once what comes twice at the same time, and in two batches at once', async () => {
    const [one, two, three] = [mail(), mail(), mail()];
    const take = (...raws: readonly string[]) =>
      ingestTogether(
        world.ctx,
        world.mailbox,
        raws.map((raw) => ({ raw, options: OPEN })),
      );
    const [first = [], second = []] = await Promise.all([
      take(one, two, one),
      take(two, three, one),
    ]);
    const [a, b, again] = first;
    expect(again).toEqual({ messageId: a?.messageId, duplicate: true });
    expect(second.map(({ messageId }) => messageId).toSpliced(1, 1)).toEqual([
      b?.messageId,
      a?.messageId,
    ]);
    expect(await countMessages()).toBe(3);
    const events = await listEvents();
    expect(events.filter(({ type }) => type === 'message.received')).toHaveLength(3);
  });

  test('keeps large mail and attachments in pieces that come back whole', async () => {
    const content = Buffer.alloc(600_000, 'mailwarden ');
    const raw = mail(
      { 'Content-Type': 'multipart/mixed; boundary=b' },
      `--b\r\n\r\nsee file\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n\r\n--b--\r\n`,
    );
    const { messageId } = await take(raw);
    const db = world.ctx.storage.db;
    const chunks = await db
      .selectFrom('chunk')
      .select((eb) => [eb.fn.countAll().as('count')])
      .where('owner_id', '=', messageId)
      .executeTakeFirstOrThrow();
    expect(Number(chunks.count)).toBe(Math.ceil(raw.length / 262_144));
    const handle = `${messageId}.1`;
    const [attachment] = await findAttachments(db, world.ctx, world.mailbox, [handle]);
    expect(attachment).toMatchObject({ id: handle, name: 'a.csv', size: content.length });
    const bytes = await readChunks(db, 'default', handle);
    expect(bytes.equals(content)).toBe(true);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(attachment?.sha256);
    expect(await readChunks(db, 'default', `${messageId}.2`)).toHaveLength(0);
  });

  test('finds no attachment of another mailbox or of quarantined mail', async () => {
    const raw = (part: string) =>
      mail({ 'Content-Type': 'application/pdf', 'Content-Disposition': 'attachment' }, part);
    const kept = await take(raw('one'), { quarantine: true });
    const other = await ingestRaw(world.ctx, 'sales@acme.example', raw('two'));
    for (const { messageId } of [kept, other]) {
      await expect(
        findAttachments(world.ctx.storage.db, world.ctx, world.mailbox, [`${messageId}.1`]),
      ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    }
  });

  test('joins the thread that In-Reply-To or References name, through any alias', async () => {
    const sent = await world.insertSent();
    await world.ctx.storage.unit((tx) =>
      tx
        .insertInto('message_id_alias')
        .values({
          tenant: 'default',
          mailbox: world.mailbox.address,
          internet_message_id: '0100-relay@eu-west-1.amazonses.example',
          message_id: sent.id,
        })
        .execute(),
    );
    const direct = await take(mail({ 'In-Reply-To': `<${sent.internetMessageId}>` }));
    const relayed = await take(
      mail({ References: '<unknown@example.com> <0100-relay@eu-west-1.amazonses.example>' }),
    );
    const grandchild = await take(mail({ 'In-Reply-To': `<m${count}@example.com>` }));
    for (const { messageId } of [direct, relayed, grandchild]) {
      expect((await row(messageId)).thread_id).toBe(sent.threadId);
    }
    expect((await row(relayed.messageId)).parent_id).toBe(sent.id);
    expect((await row(grandchild.messageId)).parent_id).toBe(relayed.messageId);
  });

  test('never joins a thread by subject, nor one of another mailbox', async () => {
    const first = await take(mail({ Subject: 'Invoice' }));
    const second = await take(mail({ Subject: 'Re: Invoice', From: 'bob@example.com' }));
    const elsewhere = await ingestRaw(
      world.ctx,
      'sales@acme.example',
      mail({ 'In-Reply-To': '<m1@example.com>' }),
    );
    const threads = await Promise.all(
      [first, second, elsewhere].map(async ({ messageId }) => (await row(messageId)).thread_id),
    );
    expect(new Set(threads).size).toBe(3);
  });

  test('marks the delivery that a person answers, once, and copies the tags', async () => {
    const sent = await world.insertSent({
      to: 'Ana+news@example.com',
      tags: ['win_back', 'q4'],
      message: { campaign: 'autumn', variant: 'b' },
    });
    const answer = () => mail({ 'In-Reply-To': `<${sent.internetMessageId}>` });
    const receivedAt = world.clock.now - 1_000;
    const { messageId } = await take(answer(), { receivedAt });
    await take(answer());
    const delivery = await world.ctx.storage.db
      .selectFrom('delivery')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(delivery.replied_at).toBe(receivedAt);
    expect(await listTags(world.ctx.storage.db, world.ctx, 'message', messageId)).toEqual([
      'q4',
      'win_back',
    ]);
    expect(await row(messageId)).toMatchObject({ campaign: 'autumn', variant: 'b' });
    const replied = (await listEvents()).filter(({ type }) => type === 'delivery.replied');
    expect(replied).toMatchObject([{ delivery_id: sent.deliveryId, actor: 'recipient' }]);
  });

  test('takes an automatic answer, a bounce and a stranger for no reply', async () => {
    const sent = await world.insertSent({ tags: ['win_back'], message: { campaign: 'autumn' } });
    const reference = { 'In-Reply-To': `<${sent.internetMessageId}>` };
    const away = await take(mail({ ...reference, 'Auto-Submitted': 'auto-replied' }));
    const bounce = await take(
      mail({
        ...reference,
        From: 'MAILER-DAEMON@mx.example',
        'Return-Path': '<>',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      }),
    );
    const colleague = await take(mail({ ...reference, From: 'bob@example.com' }));
    const { replied_at } = await world.ctx.storage.db
      .selectFrom('delivery')
      .select('replied_at')
      .executeTakeFirstOrThrow();
    expect(replied_at).toBeNull();
    const db = world.ctx.storage.db;
    expect(await listTags(db, world.ctx, 'message', away.messageId)).toEqual([]);
    expect(await listTags(db, world.ctx, 'message', colleague.messageId)).toEqual(['win_back']);
    expect(await row(away.messageId)).toMatchObject({ auto_submitted: 1, campaign: null });
    expect(parseInboundFacts((await row(bounce.messageId)).inbound_facts).isBounce).toBe(true);
    const contacts = await db.selectFrom('contact').select('address').execute();
    expect(contacts).toEqual([{ address: 'bob@example.com' }]);
  });

  test('does not store our own mail again when it comes back', async () => {
    const sent = await world.insertSent();
    const copy = { From: 'support@acme.example', 'Message-ID': `<${sent.internetMessageId}>` };
    expect(await take(mail(copy))).toEqual({ messageId: sent.id, duplicate: true });
    const forged = await take(mail({ ...copy, From: 'mallory@example.com' }));
    expect(forged.duplicate).toBe(false);
  });

  test('makes the sender a contact once, and never one of our own mailboxes', async () => {
    await take(mail());
    await take(mail({ From: 'Someone else <ana@example.com>' }));
    await take(mail({ From: 'sales@acme.example' }));
    const contacts = await world.ctx.storage.db.selectFrom('contact').selectAll().execute();
    expect(contacts).toMatchObject([{ address: 'ana@example.com', name: 'Ana' }]);
  });

  test('moves the folder with the message, and never back', async () => {
    const folder = { folder: 'INBOX', uidValidity: '7', lastUid: 5 };
    const raw = mail();
    await take(raw, { folder });
    await take(mail(), { folder: { ...folder, lastUid: 3 } });
    const cursor = () => findFolder(world.ctx.storage.db, world.ctx, world.mailbox, 'INBOX');
    expect(await cursor()).toEqual(folder);
    await take(raw, { folder: { ...folder, uidValidity: '8', lastUid: 1 } });
    expect(await cursor()).toEqual({ ...folder, uidValidity: '8', lastUid: 1 });
  });

  test('leaves nothing behind when the transaction fails', async () => {
    const raw = mail();
    const failing = {
      ...world.ctx,
      storage: {
        ...world.ctx.storage,
        db: world.ctx.storage.db,
        capabilities: world.ctx.storage.capabilities,
        unit: <T>(work: Parameters<typeof world.ctx.storage.unit<T>>[0]) =>
          world.ctx.storage.unit<T>(async (tx) => {
            await work(tx);
            throw new Error('the machine went down');
          }),
      },
    };
    const folder = { folder: 'INBOX', uidValidity: '7', lastUid: 5 };
    await expect(ingest(failing, world.mailbox, raw, { ...OPEN, folder })).rejects.toThrow(
      'the machine went down',
    );
    expect(await countMessages()).toBe(0);
    expect(
      await findFolder(world.ctx.storage.db, world.ctx, world.mailbox, 'INBOX'),
    ).toBeUndefined();
    expect((await take(raw, { folder })).duplicate).toBe(false);
  });

  test('stores any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              ...['From: a\0@b', 'Subject: \ud800', '\r\n\r\n', 'Message-ID: <', '>'],
            ),
            fc.string({ unit: 'binary' }),
          ),
        ),
        async (pieces) => {
          const { messageId } = await take(pieces.join(''));
          expect(messageId).not.toBe('');
        },
      ),
      { numRuns: 60 },
    );
  });

  test('refuses a mailbox that does not exist and lists those that do', async () => {
    await expect(ingestRaw(world.ctx, 'nobody@acme.example', mail())).rejects.toMatchObject({
      code: 'MAILBOX_UNKNOWN',
      message: expect.stringContaining('support@acme.example'),
    });
  });
});

describe.each(databases)('a gated_all mailbox on $name', ({ open }) => {
  test('keeps what comes in from agents, also when a person set the mode', async () => {
    const gated = await openContextWorld(open, { mailbox: { oversight: 'gated_all' } });
    const loose = await openContextWorld(open);
    const insert = (mode: string) =>
      loose.ctx.storage.unit((tx) =>
        tx
          .insertInto('mailbox')
          .values({
            tenant: 'default',
            address: loose.mailbox.address,
            sender_id: null,
            mode,
            mode_by: 'ops@acme.example',
            mode_reason: 'incident',
            mode_until: null,
            paused: 0,
            paused_by: null,
            paused_reason: null,
            updated_at: 0,
          })
          .execute(),
      );
    try {
      const quarantined = async ({ ctx, mailbox }: ContextWorld) => {
        const { messageId } = await ingestRaw(ctx, mailbox.address, mail());
        const query = ctx.storage.db.selectFrom('message').select('quarantined');
        return (await query.where('id', '=', messageId).executeTakeFirstOrThrow()).quarantined;
      };
      expect(await quarantined(gated)).toBe(1);
      expect(await quarantined(loose)).toBe(0);
      await insert('gated_all');
      expect(await quarantined(loose)).toBe(1);
    } finally {
      await gated.close();
      await loose.close();
    }
  });
});
