import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { parseAddress } from '../identity/address.ts';
import { ingestRaw } from '../inbound/ingest-raw.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import { suppress } from '../suppression/suppress.ts';
import type { ManageContactsInput } from './inputs.ts';
import { manageContacts } from './manage-contacts.ts';
import { tagEmail } from './tag-email.ts';

let count = 0;

describe.each(databases)('labels on $name', ({ open }) => {
  let world: ContextWorld;
  let agent: AgentPrincipal;
  beforeEach(async () => {
    world = await openContextWorld(open);
    agent = world.agent();
  });
  afterEach(() => world.close());

  async function take(from = 'ana@example.com'): Promise<string> {
    count += 1;
    const raw = `From: ${from}\r\nMessage-ID: <t${count}@example.com>\r\n\r\nHi ${count}\r\n`;
    return (await ingestRaw(world.ctx, world.mailbox.address, raw)).messageId;
  }

  async function contacts(input: ManageContactsInput = {}, as = agent) {
    const outcome = await manageContacts(world.ctx, as, input);
    if (outcome.status !== 'ok') throw new Error(outcome.reason);
    return outcome;
  }

  function stop(address: string, reason: 'unsubscribe' | 'complaint' | 'hard_bounce', more = {}) {
    return world.ctx.storage.unit((tx) =>
      suppress(tx, world.ctx, {
        address: parseAddress(address),
        scope: 'marketing',
        reason,
        source: 'page',
        ...more,
      }),
    );
  }

  describe('tag_email', () => {
    test('says which tags are new and which there are', async () => {
      const messageId = await take();
      expect(
        await tagEmail(world.ctx, agent, { messageId, tags: [' Hot ', 'mql', 'hot'] }),
      ).toEqual({
        status: 'ok',
        added: ['hot', 'mql'],
        removed: [],
        tags: ['hot', 'mql'],
      });
      expect(
        await tagEmail(world.ctx, agent, { messageId, tags: 'new', removeTags: ['mql', 'never'] }),
      ).toEqual({ status: 'ok', added: ['new'], removed: ['mql'], tags: ['hot', 'new'] });
    });

    test('tells exactly one of twenty racing agents that the tag is new', async () => {
      const messageId = await take();
      const racing = Array.from({ length: 20 }, (_, n) =>
        tagEmail(world.ctx, world.agent({ id: `bot-${n}` }), { messageId, tags: ['claimed'] }),
      );
      const winners = (await Promise.all(racing)).filter(
        (outcome) => outcome.status === 'ok' && outcome.added.length === 1,
      );
      expect(winners).toHaveLength(1);
    });

    test('takes a contact by id or by address', async () => {
      await take();
      const [ana] = (await contacts()).contacts;
      await tagEmail(world.ctx, agent, { contactId: ana?.id ?? '', tags: ['vip'] });
      const outcome = await tagEmail(world.ctx, agent, {
        contactId: 'ana@example.com',
        tags: ['b'],
      });
      expect(outcome).toMatchObject({ status: 'ok', added: ['b'], tags: ['b', 'vip'] });
      expect((await contacts()).total).toBe(1);
      expect(await tagEmail(world.ctx, agent, { contactId: 'made-up', tags: ['x'] })).toMatchObject(
        {
          status: 'invalid',
          code: 'CONTACT_NOT_FOUND',
        },
      );
    });

    test('lets an agent remove no tag of somebody else (P3)', async () => {
      const messageId = await take();
      await tagEmail(world.ctx, world.agent({ id: 'other' }), { messageId, tags: ['review'] });
      const contact = { contactId: 'ana@example.com' };
      await tagEmail(world.ctx, { kind: 'system' }, { ...contact, tags: ['vip'] });
      expect(await tagEmail(world.ctx, agent, { messageId, removeTags: ['review'] })).toMatchObject(
        { removed: [], tags: ['review'] },
      );
      expect(await tagEmail(world.ctx, agent, { ...contact, removeTags: ['vip'] })).toMatchObject({
        removed: [],
        tags: ['vip'],
      });
      const person = { kind: 'reviewer', id: 'ops@acme.example' } as const;
      expect(
        await tagEmail(world.ctx, person, { messageId, removeTags: ['review'] }),
      ).toMatchObject({ removed: ['review'] });
    });

    test('lets an agent remove no tag of its own sent mail (P3)', async () => {
      const sent = await world.insertSent({ tags: ['win_back'] });
      expect(
        await tagEmail(world.ctx, agent, { messageId: sent.id, removeTags: ['win_back'] }),
      ).toMatchObject({ status: 'blocked', code: 'NOT_PERMITTED' });
      expect(
        await tagEmail(world.ctx, agent, { messageId: sent.id, tags: ['step_2'] }),
      ).toMatchObject({ tags: ['step_2', 'win_back'] });
    });

    test.each([
      [{ tags: ['bounced'] }, 'DERIVED_TAG'],
      [{ tags: ['Complained'] }, 'DERIVED_TAG'],
      [{ removeTags: ['unsubscribed'] }, 'DERIVED_TAG'],
      [{ tags: ['two words'] }, 'ARGUMENT_INVALID'],
      [{ tags: ['x'.repeat(65)] }, 'ARGUMENT_INVALID'],
      [{ tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }, 'ARGUMENT_INVALID'],
      [{}, 'ARGUMENT_INVALID'],
      [{ tags: ['a'], contactId: 'ana@example.com' }, 'ARGUMENT_INVALID'],
      [{ tags: ['a'], messageId: '' }, 'ARGUMENT_INVALID'],
      [{ tags: ['a'], messageId: 'made-up' }, 'MESSAGE_NOT_FOUND'],
      [{ tags: ['a'], label: 'b' }, 'ARGUMENT_UNKNOWN'],
    ])('refuses %j', async (input, code) => {
      const messageId = await take();
      expect(await tagEmail(world.ctx, agent, { messageId, ...input })).toMatchObject({
        status: 'invalid',
        code,
      });
      const { tags } = await world.ctx.storage.db
        .selectFrom('tag')
        .select((eb) => eb.fn.countAll().as('tags'))
        .executeTakeFirstOrThrow();
      expect(Number(tags)).toBe(0);
    });

    test('takes a tag of 64 characters', async () => {
      const messageId = await take();
      const tag = 'x'.repeat(64);
      expect(await tagEmail(world.ctx, agent, { messageId, tags: [tag] })).toMatchObject({
        added: [tag],
      });
    });

    test('stops marketing when a contact, or the writer of a message, is unsubscribed', async () => {
      const messageId = await take('Bob+x@example.com');
      const first = await tagEmail(world.ctx, agent, { messageId, tags: ['unsubscribed', 'done'] });
      expect(first).toMatchObject({ added: ['done', 'unsubscribed'], tags: ['done'] });
      const again = await tagEmail(world.ctx, agent, {
        contactId: 'bob@example.com',
        tags: ['unsubscribed'],
      });
      expect(again).toMatchObject({ added: [], tags: ['unsubscribed'] });
      const rows = await world.ctx.storage.db.selectFrom('suppression').selectAll().execute();
      expect(rows).toMatchObject([
        { scope: 'marketing', sender_id: 'acme', reason: 'unsubscribe', source: 'agent:bot' },
      ]);
      const sent = await world.insertSent();
      expect(
        await tagEmail(world.ctx, agent, { messageId: sent.id, tags: ['unsubscribed'] }),
      ).toMatchObject({ status: 'invalid', code: 'DERIVED_TAG' });
    });
  });

  describe('manage_contacts', () => {
    test('finds people by part of address or name, and by tags', async () => {
      await contacts({ address: 'ana@example.com', name: 'Ana Müller', addTags: ['lead', 'eu'] });
      await contacts({ address: 'bob@example.org', name: 'Bob', addTags: 'lead' });
      const emails = async (input: ManageContactsInput) =>
        (await contacts(input)).contacts.map(({ email }) => email);
      expect(await emails({})).toEqual(['bob@example.org', 'ana@example.com']);
      expect(await emails({ query: 'EXAMPLE.com' })).toEqual(['ana@example.com']);
      expect(await emails({ query: 'ana müller' })).toEqual(['ana@example.com']);
      expect(await emails({ query: 'tag:lead' })).toHaveLength(2);
      expect(await emails({ query: 'tag:lead bob' })).toEqual(['bob@example.org']);
      expect(await emails({ query: 'tag:LEAD -tag:eu' })).toEqual(['bob@example.org']);
      expect(await emails({ tags: ['lead'], excludeTags: 'eu' })).toEqual(['bob@example.org']);
      expect(await emails({ query: '%' })).toEqual([]);
    });

    test('adds, names and tags a contact, and records no consent', async () => {
      const page = await contacts({
        address: ' Cleo@Example.COM ',
        name: 'Cleo',
        addTags: ['beta'],
      });
      expect(page).toMatchObject({
        total: 1,
        added: ['beta'],
        removed: [],
        contacts: [{ email: 'Cleo@example.com', name: 'Cleo', tags: ['beta'], canEmail: true }],
      });
      const again = await contacts({ address: 'Cleo@example.com', removeTags: ['beta'] });
      expect(again).toMatchObject({ removed: ['beta'], contacts: [{ name: 'Cleo', tags: [] }] });
      expect((await contacts()).total).toBe(1);
    });

    test('says who may not be emailed, and why', async () => {
      const people = ['ok', 'left', 'angry', 'gone', 'elsewhere', 'topic'];
      for (const name of people) await contacts({ address: `${name}@example.com` });
      await stop('left@example.com', 'unsubscribe', { senderId: 'acme' });
      await stop('angry@example.com', 'complaint', { scope: 'all' });
      await stop('gone@example.com', 'hard_bounce', { scope: 'all' });
      await stop('elsewhere@example.com', 'unsubscribe', { senderId: 'other-sender' });
      await stop('topic@example.com', 'unsubscribe', { scope: 'topic:weekly', senderId: 'acme' });
      const rows = (await contacts()).contacts.toReversed();
      expect(
        rows.map(({ email, tags, canEmail }) => [email.split('@')[0], tags, canEmail]),
      ).toEqual([
        ['ok', [], true],
        ['left', ['unsubscribed'], false],
        ['angry', ['complained'], false],
        ['gone', ['bounced'], false],
        ['elsewhere', [], true],
        // Mail on another topic would pass; mail that names none does not.
        ['topic', [], false],
      ]);
      expect(rows[1]?.canEmailReason).toContain('unsubscribe');
      expect(rows[5]?.canEmailReason).toContain('weekly');
      const found = async (input: ManageContactsInput) =>
        (await contacts(input)).contacts.map(({ email }) => email.split('@')[0]).toReversed();
      expect(await found({ tags: ['unsubscribed'] })).toEqual(['left']);
      expect(await found({ query: 'tag:bounced' })).toEqual(['gone']);
      expect(await found({ excludeTags: ['unsubscribed', 'bounced', 'complained'] })).toEqual([
        'ok',
        'elsewhere',
        'topic',
      ]);
    });

    test('says that our own mailboxes are not for mail', async () => {
      const page = await contacts({ address: 'sales@acme.example' });
      expect(page.contacts[0]).toMatchObject({ canEmail: false });
    });

    test('turns pages', async () => {
      for (let n = 0; n < 5; n++) await contacts({ address: `p${n}@example.com` });
      const first = await contacts({ limit: 3 });
      const second = await contacts({ limit: 3, cursor: first.cursor ?? '' });
      expect([...first.contacts, ...second.contacts].map(({ email }) => email[1])).toEqual([
        '4',
        '3',
        '2',
        '1',
        '0',
      ]);
      expect([first.total, second.total, second.cursor]).toEqual([5, 5, undefined]);
    });

    test('makes one contact of an address that several calls add at once', async () => {
      const calls = Array.from({ length: 10 }, () => contacts({ address: 'new@example.com' }));
      const ids = (await Promise.all(calls)).map((page) => page.contacts[0]?.id);
      expect(new Set(ids).size).toBe(1);
      expect((await contacts()).total).toBe(1);
    });

    test.each([
      [{ address: 'not an address' }, 'ADDRESS_INVALID'],
      [{ addTags: ['x'] }, 'ARGUMENT_INVALID'],
      [{ name: 'Ana' }, 'ARGUMENT_INVALID'],
      [{ address: 'a@example.com', addTags: ['bounced'] }, 'DERIVED_TAG'],
      [{ mailbox: 'sales@acme.example' }, 'MAILBOX_UNKNOWN'],
      [{ email: 'a@example.com' }, 'ARGUMENT_UNKNOWN'],
    ])('refuses %j', async (input, code) => {
      const outcome = await manageContacts(world.ctx, agent, input as ManageContactsInput);
      expect(outcome).toMatchObject({ status: 'invalid', code });
      expect((await contacts()).total).toBe(0);
    });
  });
});
