import { readFile } from 'node:fs/promises';
import { verifyAudit } from '@mailwarden/core/audit';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DATA_MAP } from '../../packages/core/src/rights/data-map.ts';
import { collect } from '../support/collect.ts';
import { databases } from '../support/databases.ts';
import { dumpDatabase, findText, listColumns } from '../support/dump-database.ts';
import type { MovingInbox } from '../support/moving-inbox.ts';
import {
  ANA,
  ANA_TOO,
  BOB,
  MARK,
  mailFrom,
  openRightsWorld,
  plantPerson,
} from '../support/plant-person.ts';
import { MARKETING, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const HOUR = 3_600_000;

describe.each(databases)('erasing a person on $name', ({ open }) => {
  let world: WardenWorld;
  let inbox: MovingInbox;

  beforeEach(async () => {
    ({ world, inbox } = await openRightsWorld(open));
  });
  afterEach(() => world.close());

  const dump = () => dumpDatabase(world.database);
  const system = () => world.warden.system();
  const agent = (options = {}) =>
    world.agent('bot', { mailboxes: [MARKETING, SUPPORT], run: 'r1', ...options });
  const approve = (id: string | undefined, options = {}) =>
    world.warden.reviewer('ops').decide(id ?? '', 'approve', options);
  it('classifies every column of every table', async () => {
    const known = Object.entries(DATA_MAP).flatMap(([table, columns]) =>
      Object.keys(columns).map((column) => `${table}.${column}`),
    );
    const migration = ['applied_at', 'id', 'name'].map((column) => `migration.${column}`);
    expect([...known, ...migration].sort()).toEqual(
      [...(await listColumns(world.database))].sort(),
    );
  });

  it('leaves nothing that anybody wrote to, from or about them in any column', async () => {
    await plantPerson(world, inbox);
    const before = findText(await dump(), MARK);
    // The test itself is worth something only if the mark got nearly everywhere.
    for (const column of ['audit_detail.details', 'chunk.data', 'consent.evidence', 'tag.tag']) {
      expect(before).toContain(column);
    }
    expect(before.length).toBeGreaterThan(25);
    const report = await system().erasePerson(ANA, { reason: 'Request 17' });
    await world.warden.tick();
    expect(findText(await dump(), MARK)).toEqual([]);
    expect(report).toMatchObject({ contacts: 2, sending: [] });
    expect(report.cancelled).toBeGreaterThanOrEqual(4);
    const kept = before.filter(
      (column) => column.startsWith('event.') || column.startsWith('audit_entry'),
    );
    expect(kept).toEqual([]);
  });

  it('classifies as words every column in which the mark was found', async () => {
    await plantPerson(world, inbox);
    const words = new Set(['address', 'text', 'json', 'bytes', 'key']);
    for (const place of findText(await dump(), MARK)) {
      const [table = '', column = ''] = place.split('.');
      const classes = (DATA_MAP as Record<string, Record<string, string>>)[table];
      expect([place, words.has(classes?.[column] ?? '')]).toEqual([place, true]);
    }
  });

  it('stops what waits, to whomever it goes, and accounts for all of it', async () => {
    const { queued, held } = await plantPerson(world, inbox);
    world.sink.clear();
    await system().erasePerson(ANA_TOO, { reason: 'Request 17' });
    await world.warden.tick();
    expect(world.sink.messages).toEqual([]);
    const all = await system().deliveries();
    for (const id of [queued, held]) {
      expect(all.filter(({ messageId }) => messageId === id)).toMatchObject([
        { state: 'cancelled', code: 'ERASED', recipient: '[erased]', subject: '[erased]' },
      ]);
    }
    // The other recipient of the shared message keeps a record without its content.
    const bob = all.filter(({ recipient, code }) => recipient === BOB && code === 'ERASED');
    expect(bob).toMatchObject([{ subject: '[erased]' }]);
    const { candidates, ...buckets } = await system().accounting();
    expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(candidates);
  });

  it('leaves an audit that reads erased, not altered', async () => {
    await plantPerson(world, inbox);
    await system().seal();
    await system().erasePerson(ANA, { reason: 'Request 17' });
    const text = (await collect(system().exportAudit())).join('');
    const report = await verifyAudit(text);
    expect(report).toMatchObject({ ok: true, faults: [] });
    expect(report.erased.length).toBeGreaterThan(5);
    expect(text.toLowerCase()).not.toContain(MARK);
    expect(text).toContain('person.erased');
  });

  it('keeps the suppression for every spelling, which nobody can lift', async () => {
    await plantPerson(world, inbox);
    await system().erasePerson(ANA, { reason: 'Request 17' });
    const spelling = `${MARK}+other@customer.example`;
    expect(await system().check(spelling)).toMatchObject({
      marketing: false,
      other: false,
      suppressions: expect.arrayContaining([expect.objectContaining({ reason: 'erasure' })]),
    });
    const lift = world.warden.reviewer('ops').liftSuppression(spelling, 'please');
    await expect(lift).rejects.toMatchObject({ code: 'LIFT_NOT_ALLOWED' });
  });

  it('comes back by no resync, import, consent, send or suppression', async () => {
    await plantPerson(world, inbox);
    await system().erasePerson(ANA, { reason: 'Request 17' });
    inbox.renumber();
    // Mail from before that was never fetched.
    inbox.put(
      mailFrom(ANA, `Message-ID: <2@customer.example>\nSubject: ${MARK}\n\n${MARK}\n`),
      world.clock.now - HOUR,
    );
    await world.warden.tick();
    const erased = { code: 'PERSON_ERASED' };
    const named = system().setContact(ANA, { name: MARK });
    await expect(named).rejects.toMatchObject(erased);
    const evidence = { method: MARK };
    const agreed = system().recordConsent(ANA_TOO, { basis: 'express', evidence });
    await expect(agreed).rejects.toMatchObject(erased);
    const rows = [{ address: ANA_TOO, name: MARK, attributes: { hobby: MARK }, tags: [MARK] }];
    await system().importContacts(rows, { source: 'list.csv' });
    await system().withdrawConsent(ANA, { evidence: { said: MARK } });
    await system().suppress(ANA, { note: MARK });
    await system().setPreferences(ANA, { topics: { tips: false } });
    await system().exportPerson(ANA);
    await agent().suppress({ address: ANA, reason: MARK });
    await agent().contacts({ mailbox: MARKETING, address: ANA, name: MARK, addTags: MARK });
    await agent().reportConsent({ address: ANA, basis: 'express', method: MARK });
    const key = { idempotencyKey: `again ${MARK}` };
    const mail = { mailbox: MARKETING, to: ANA, subject: MARK, body: MARK, ...key };
    expect(await agent().send(mail)).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
    expect(await agent().send(mail)).toMatchObject({ status: 'duplicate' });
    await world.warden.tick();
    expect(findText(await dump(), MARK)).toEqual([]);
  });

  it('takes a repeated call for what it was, and the old unsubscribe link still works', async () => {
    const key = { idempotencyKey: `welcome ${MARK}` };
    const mail = {
      ...{ mailbox: MARKETING, to: ANA, subject: 'News', body: 'Offer' },
      category: 'marketing',
    } as const;
    const first = await agent().send({ ...mail, ...key });
    await approve(first.messageId);
    await world.warden.tick();
    const field = world.sink.messages[0]?.header('List-Unsubscribe') ?? '';
    const url = /<(https:[^>]+)>/.exec(field)?.[1] ?? '';
    await system().erasePerson(ANA, { reason: 'Request 17' });
    const again = await agent().send({ ...mail, ...key });
    expect(again).toMatchObject({ status: 'duplicate', messageId: first.messageId });
    const changed = await agent().send({ ...mail, body: 'Another', ...key });
    expect(changed).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    const page = await world.warden.handler(new Request(url));
    expect(await page.text()).toContain('your address');
    const click = await world.warden.handler(
      new Request(url, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      }),
    );
    expect(click.status).toBe(200);
    expect(findText(await dump(), MARK)).toEqual([]);
  });

  it('takes new mail from somebody who writes again', async () => {
    await plantPerson(world, inbox);
    await system().erasePerson(ANA, { reason: 'Request 17' });
    world.clock.now += HOUR;
    inbox.put(mailFrom(ANA, 'Subject: A new question\n\nHello again.\n'), world.clock.now);
    await world.warden.tick();
    const list = await agent().checkInbox({ mailbox: SUPPORT });
    const subjects = list.status === 'ok' ? list.emails.map(({ subject }) => subject) : [];
    expect(subjects).toContain('A new question');
    expect(subjects).not.toContain('[erased]');
  });

  it('refuses our own mailboxes, no reason, and one that names somebody', async () => {
    const erase = (address: string, reason: string) => system().erasePerson(address, { reason });
    await expect(erase(SUPPORT, 'x')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(erase(ANA, ' ')).rejects.toMatchObject({ code: 'REASON_REQUIRED' });
    await expect(erase(ANA, `from ${ANA}`)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(erase('nobody', 'x')).rejects.toMatchObject({ code: 'ADDRESS_INVALID' });
  });
});

const onFile = databases.filter(({ name }) => name === 'sqlite');

describe.each(onFile)('erasing a person on $name, in the file', ({ open }) => {
  it('leaves no byte of it in the file or its log', async () => {
    const { world, inbox } = await openRightsWorld(open);
    onTestFinished(() => world.close());
    const [file] = world.database.where;
    // Much else around it, so that pages are filled, split and moved.
    for (let count = 0; count < 150; count += 1) {
      const body = `${'words '.repeat((count * 37) % 400)}`;
      inbox.put(mailFrom(`p${count}@other.example`, `Subject: s${count}\n\n${body}\n`), 1);
    }
    await plantPerson(world, inbox);
    await world.warden.tick();
    const bytes = async () =>
      Buffer.concat(await Promise.all([file, `${file}-wal`].map((path) => readFile(path))))
        .toString('latin1')
        .toLowerCase();
    expect((await bytes()).includes(MARK)).toBe(true);
    const report = await world.warden.system().erasePerson(ANA, { reason: 'Request 17' });
    expect(report.goneFromDisk).toBe(true);
    expect((await bytes()).includes(MARK)).toBe(false);
  });
});
