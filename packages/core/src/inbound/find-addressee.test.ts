import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { MailboxOptions } from '../options.ts';
import { resolveMailboxes } from '../resolve-options.ts';
import { findFolder } from './advance-folder.ts';
import { findAddressee, findAuthor } from './find-addressee.ts';
import type { Inbox } from './inbox.ts';
import { type IngestOptions, ingest, ingestTogether } from './ingest.ts';
import { parseInbound } from './parse-inbound.ts';
import { syncInbox } from './sync-inbox.ts';

const LOGIN = 'support@acme.example';
const SALES = 'sales@acme.example';
const PATTERNS = ['*@acme.example', 'Agent+*@other.example'];
const RECEIVED = 'Received: from a.example by mx.acme.example with ESMTP id 1';

/** An inbox with exactly these messages. */
function inboxOf(...raws: readonly string[]): Inbox {
  return {
    pollInterval: 1_000,
    async sync({ cursor, store }) {
      const lastUid = (await cursor('INBOX'))?.lastUid ?? 0;
      const all = raws.map((raw, at) => ({ raw: Buffer.from(raw), uid: at + 1 }));
      const fresh = all.filter(({ uid }) => uid > lastUid);
      await store(
        fresh.map((one) => ({ ...one, folder: 'INBOX', uidValidity: '1', receivedAt: Number.NaN })),
      );
      return fresh.length;
    },
    close: () => Promise.resolve(),
  };
}

let count = 0;
function mail(top: readonly string[], fields: Readonly<Record<string, string>> = {}): string {
  count += 1;
  const all = {
    From: 'ana@example.com',
    To: SALES,
    Subject: 'Hi',
    'Message-ID': `<a${count}@example.com>`,
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === '' ? [] : [`${name}: ${value}`],
  );
  return [...top, ...lines, '', 'Hello', ''].join('\r\n');
}

describe('whose mail lies in one inbox for many', () => {
  /** Tells the mailbox, and whether only people get the mail. */
  const finder = (more: Partial<MailboxOptions> = {}) => {
    const options = {
      database: { open: () => expect.unreachable() },
      keys: [],
      mailboxes: [
        { address: LOGIN, inbox: inboxOf(), addresses: PATTERNS, ...more },
        { address: SALES, ...more },
      ],
    };
    const mailboxes = resolveMailboxes(options);
    const login = mailboxes.get(LOGIN) ?? expect.unreachable();
    return async (raw: string, whose = findAddressee): Promise<string> => {
      const { mailbox, unclaimed } = whose({ mailboxes }, login, await parseInbound(raw));
      return unclaimed === undefined ? mailbox.address : `${mailbox.address} for people`;
    };
  };
  const find = finder();

  test.each([
    ['the envelope', [`X-Original-To: ${SALES}`, 'Delivered-To: support@acme.example'], SALES],
    ['letter case', ['X-Original-To: SALES@Acme.Example'], SALES],
    ['the login itself', ['X-Original-To: support@acme.example'], LOGIN],
    ['an alias of the login', ['X-Original-To: team@elsewhere.example'], LOGIN],
    ['an address that is nobody’s', ['Delivered-To: old@acme.example'], `${LOGIN} for people`],
    ['a tag of another pattern', ['Delivered-To: agent+x@other.example'], `${LOGIN} for people`],
    [
      'a tag of a mailbox that has none',
      ['Delivered-To: sales+x@acme.example'],
      `${LOGIN} for people`,
    ],
    [
      'the alias of an undeclared address',
      ['X-Original-To: old@acme.example', 'Delivered-To: support@acme.example'],
      `${LOGIN} for people`,
    ],
    ['an expanded alias', ['X-Original-To: all@acme.example', `Delivered-To: ${SALES}`], SALES],
  ])('%s decides', async (_, top, expected) => {
    expect(await find(mail([...top, RECEIVED], { To: 'somebody@else.example' }))).toBe(expected);
  });

  test('what a sender wrote below the line of the server decides nothing', async () => {
    const forged = [`X-Original-To: ${SALES}`, `Delivered-To: ${SALES}`, `Envelope-To: ${SALES}`];
    const top = ['X-Original-To: support@acme.example', RECEIVED, ...forged];
    expect(await find(mail(top))).toBe(LOGIN);
    const undeclared = ['X-Original-To: old@acme.example', RECEIVED, ...forged];
    expect(await find(mail(undeclared))).toBe(`${LOGIN} for people`);
  });

  test.each([
    ['To names one', { To: `Sales <${SALES}>, bob@else.example` }, SALES],
    ['Cc names one', { To: 'bob@else.example', Cc: SALES }, SALES],
    ['they name the login', { To: LOGIN }, LOGIN],
    ['they name two', { To: SALES, Cc: LOGIN }, `${LOGIN} for people`],
    ['they name nobody', { To: 'undisclosed-recipients:;' }, `${LOGIN} for people`],
    ['they name an undeclared one', { To: 'old@acme.example' }, `${LOGIN} for people`],
  ])('where the server tells nothing, %s', async (_, fields, expected) => {
    expect(await find(mail([RECEIVED], fields))).toBe(expected);
    // After an alias was expanded the server tells no more.
    expect(await find(mail([`Delivered-To: ${LOGIN}`, RECEIVED], fields))).toBe(expected);
  });

  test('a tag belongs to the mailbox that says so, and never to the login by a pattern', async () => {
    const find = finder({ subaddressing: true });
    expect(await find(mail(['Delivered-To: sales+a+b@acme.example', RECEIVED]))).toBe(SALES);
    const tagged = mail(['Delivered-To: support+a@acme.example', RECEIVED]);
    expect(await find(tagged)).toBe(`${LOGIN} for people`);
    // Reports to a return path are for whoever sent.
    const path = `support+b-${'a'.repeat(40)}@acme.example`;
    expect(await find(mail([`Delivered-To: ${path}`, RECEIVED], { To: '' }))).toBe(LOGIN);
  });

  test('mail from the Sent folder is the author’s', async () => {
    expect(await find(mail([], { From: SALES, To: 'ana@example.com' }), findAuthor)).toBe(SALES);
    expect(await find(mail([], { From: LOGIN, To: SALES }), findAuthor)).toBe(LOGIN);
    expect(await find(mail([], { From: 'bob.private@mail.example' }), findAuthor)).toBe(LOGIN);
    const old = mail([], { From: 'old@acme.example', To: 'ana@example.com' });
    expect(await find(old, findAuthor)).toBe(`${LOGIN} for people`);
  });
});

describe.each(databases)('one inbox for many on $name', ({ open }) => {
  let world: ContextWorld;
  const start = async (mailbox: Partial<MailboxOptions> = {}) => {
    world = await openContextWorld(open, {
      mailbox: {
        inbox: inboxOf(),
        addresses: PATTERNS,
        ...mailbox,
      },
    });
  };
  beforeEach(() => start());
  afterEach(() => world.close());

  const fromInbox = (n = 1): IngestOptions => ({
    quarantine: false,
    folder: { folder: 'INBOX', uidValidity: '1', lastUid: n },
  });
  async function stored() {
    const rows = await world.ctx.storage.db
      .selectFrom('message')
      .select(['mailbox', 'quarantined', 'review_expires_at as until'])
      .orderBy('id')
      .execute();
    return rows.map(({ mailbox, quarantined, until }) =>
      quarantined === 1 && until !== null ? `${mailbox} for people` : mailbox,
    );
  }
  async function take(raw: string, options = fromInbox()): Promise<string | undefined> {
    await ingest(world.ctx, world.mailbox, raw, options);
    return (await stored()).at(-1);
  }

  test('what is given to a mailbox by name is for that mailbox', async () => {
    const raw = mail([`Delivered-To: ${SALES}`, RECEIVED]);
    expect(await take(raw, { quarantine: false })).toBe(LOGIN);
  });

  test('each mailbox’s own mode says whether its mail waits', async () => {
    await world.close();
    await start({ oversight: 'gated_all' });
    expect(await take(mail([`Delivered-To: ${SALES}`, RECEIVED]))).toBe(SALES);
    await world.ctx.storage.unit((tx) =>
      tx
        .insertInto('mailbox')
        .values({
          ...{ tenant: 'default', address: SALES, sender_id: null, mode: 'gated_all' },
          ...{ mode_by: 'ops', mode_reason: 'test', mode_until: null, updated_at: 1 },
        })
        .execute(),
    );
    expect(await take(mail([`Delivered-To: ${SALES}`, RECEIVED]))).toBe(`${SALES} for people`);
  });

  test('a crash between the mailboxes of one batch loses nothing and stores nothing twice', async () => {
    const to = (address: string) => mail([`X-Original-To: ${address}`, RECEIVED]);
    const inbox = inboxOf(to(SALES), to(LOGIN), to(SALES), to('old@acme.example'));
    const mailbox = { ...world.mailbox, inbox };
    let units = 0;
    const { storage } = world.ctx;
    const crashing = {
      ...world.ctx,
      storage: {
        db: storage.db,
        capabilities: storage.capabilities,
        unit: <T>(work: Parameters<typeof storage.unit<T>>[0]) => {
          units += 1;
          if (units === 2) return Promise.reject(new MailwardenError('STORAGE_UNAVAILABLE'));
          return storage.unit<T>(work);
        },
      } as typeof storage,
    };
    await expect(syncInbox(crashing, mailbox)).rejects.toThrow(MailwardenError);
    expect(await stored()).toEqual([SALES, SALES]);
    expect(await findFolder(storage.db, world.ctx, mailbox, 'INBOX')).toBeUndefined();
    expect(await syncInbox(world.ctx, mailbox)).toBe(4);
    expect((await stored()).sort()).toEqual([SALES, SALES, LOGIN, `${LOGIN} for people`].sort());
    expect(await syncInbox(world.ctx, mailbox)).toBe(0);
  });

  test('results stand in the order in which messages came', async () => {
    const raws = [SALES, LOGIN, SALES].map((to) => mail([`X-Original-To: ${to}`, RECEIVED]));
    const results = await ingestTogether(
      world.ctx,
      world.mailbox,
      raws.map((raw, n) => ({ raw, options: fromInbox(n) })),
    );
    const boxes = await Promise.all(
      results.map(({ messageId }) =>
        world.ctx.storage.db
          .selectFrom('message')
          .select('mailbox')
          .where('id', '=', messageId)
          .executeTakeFirst(),
      ),
    );
    expect(boxes.map((row) => row?.mailbox)).toEqual([SALES, LOGIN, SALES]);
  });
});

test('addresses need an inbox, and give one to the mailboxes that have them', () => {
  const resolve = (addresses: string, inbox?: Inbox) =>
    resolveMailboxes({
      database: { open: () => expect.unreachable() },
      keys: [],
      mailboxes: [
        { address: LOGIN, addresses, ...(inbox === undefined ? {} : { inbox }) },
        { address: SALES },
        { address: 'sales@other.example' },
      ],
    });
  expect(() => resolve('*@acme.example')).toThrow('need an inbox');
  const mailboxes = [...resolve('*@acme.example', inboxOf()).values()];
  expect(mailboxes.map(({ receiver }) => receiver)).toEqual([LOGIN, LOGIN, undefined]);
});
