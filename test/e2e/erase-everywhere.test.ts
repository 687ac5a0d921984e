import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATA_MAP } from '../../packages/core/src/rights/data-map.ts';
import {
  isOneOf,
  listWordColumns,
  SCANNED,
  type ScannedRow,
  type ScannedTable,
  toRowKey,
} from '../../packages/core/src/rights/scan-table.ts';
import type { Storage, Tx } from '../../packages/core/src/storage/database.ts';
import { databases } from '../support/databases.ts';
import { dumpDatabase, findText, listColumns } from '../support/dump-database.ts';
import type { MovingInbox } from '../support/moving-inbox.ts';
import { ANA, BOB, mailFrom, openRightsWorld } from '../support/plant-person.ts';
import { MARKETING, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const TABLES = Object.keys(SCANNED) as ScannedTable[];
const WORDS = ['address', 'text', 'json', 'key'];
const SAID = `Ask ${ANA} now`;

describe.each(databases)('an erasure goes through every column of words on $name', ({ open }) => {
  let world: WardenWorld;
  let inbox: MovingInbox;
  let storage: Storage;

  beforeEach(async () => {
    ({ world, inbox } = await openRightsWorld(open));
    storage = await world.database.again().open();
  });
  afterEach(async () => {
    await storage.close();
    await world.close();
  });

  const classOf = (table: string, column: string): string | undefined =>
    (DATA_MAP as Readonly<Record<string, Readonly<Record<string, string>>>>)[table]?.[column];

  it('knows every column of the schema as one that it scans, or that never holds words', async () => {
    const wordy = (await listColumns(world.database)).filter((name) => {
      const [table = '', column = ''] = name.split('.');
      return WORDS.includes(classOf(table, column) ?? '');
    });
    const scanned = TABLES.flatMap((table) =>
      listWordColumns(table).map((column) => `${table}.${column}`),
    );
    expect(scanned.sort()).toEqual([...wordy].sort());
    const bytes = (await listColumns(world.database)).filter((name) => {
      const [table = '', column = ''] = name.split('.');
      return classOf(table, column) === 'bytes';
    });
    expect(bytes).toEqual(['chunk.data']);
  });

  it('leaves the address in none of them, and the rest of what is about others', async () => {
    await plantOthers(world, inbox);
    await storage.unit((tx) => insertOthers(tx));
    const planted = await storage.unit(async (tx) => {
      const columns: string[] = [];
      for (const table of TABLES) columns.push(...(await sayEverywhere(tx, table)));
      return columns;
    });
    // Which ones a message has of its own is told by what is found at all.
    expect(findText(await dumpDatabase(world.database), ANA)).toEqual(planted.sort());
    expect(planted.length).toBeGreaterThan(40);
    await world.warden.system().erasePerson(ANA, { reason: 'Request 17' });
    const dump = await dumpDatabase(world.database);
    expect(findText(dump, ANA)).toEqual([]);
    expect(findText(dump, SAID.replace(ANA, '[erased]'))).toEqual(
      expect.arrayContaining([
        ...['approval.reason', 'attempt.reply_text', 'delivery.reason', 'opt_in.signup'],
        ...['consent.evidence', 'contact.attributes', 'contact_import.source', 'fact_task.answer'],
        ...[
          'mailbox.mode_reason',
          'pause.reason',
          'message.text',
          'message.headers',
          'suppression.note',
        ],
      ]),
    );
    const address = dump.get('contact')?.map((row) => row.address);
    expect(address).toEqual([BOB]);
  });
});

/** Mail between others, and what is kept about them. */
async function plantOthers(world: WardenWorld, inbox: MovingInbox): Promise<void> {
  const system = world.warden.system();
  const ops = world.warden.reviewer('ops');
  inbox.put(mailFrom(`Bob <${BOB}>`, 'Subject: Hi\n\nHello.\n'), world.clock.now);
  await world.warden.tick();
  const sent = await world.agent('bot', { mailboxes: [SUPPORT] }).send({
    ...{ mailbox: SUPPORT, to: BOB, subject: 'Hello', body: 'Hello Bob.' },
    idempotencyKey: 'hello',
  });
  await ops.decide(sent.messageId ?? '', 'approve', { reason: 'fine' });
  await world.warden.tick();
  await system.importContacts([{ address: BOB, name: 'Bob' }], { source: 'list.csv' });
  await system.recordConsent(BOB, { basis: 'express', evidence: { method: 'form' } });
  await ops.suppress(BOB, { scope: 'topic:tips', note: 'said so' });
}

/** What the public API makes only in longer stories. */
async function insertOthers(tx: Tx): Promise<void> {
  const tenant = 'default';
  const { id } = await tx
    .selectFrom('message')
    .select('id')
    .where('direction', '=', 'inbound')
    .executeTakeFirstOrThrow();
  const of = { tenant, message_id: id };
  const nobody = { canonical: 'c', sender_id: 'acme', created_at: 1 };
  await tx
    .insertInto('message_revision')
    .values({ ...of, revision: 1, content: '{}', digest: '', edited_by: 'ops', created_at: 1 })
    .execute();
  await tx
    .insertInto('tag')
    .values({
      ...{ tenant, subject_kind: 'message', subject_id: id, tag: 't', owner: 'bot' },
      ...{ created_at: 1, expires_at: null },
    })
    .execute();
  await tx
    .insertInto('opt_in')
    .values({
      ...{ ...of, id: randomUUID(), canonical: nobody.canonical, sender_id: nobody.sender_id },
      ...{ topics: '[]', statement: 's', wording_version: '1', signup: '{}', requested_at: 1 },
      ...{ expires_at: 2, confirmed_at: null, consent_id: null },
    })
    .execute();
  await tx
    .insertInto('fact_task')
    .values({
      ...{
        tenant,
        id: randomUUID(),
        source: 'x.csv',
        fact: 'country',
        state: 'open',
        answer: null,
      },
      ...{ opened_at: 1, answered_by: null, answered_at: null },
    })
    .execute();
  await tx
    .insertInto('pause')
    .values({
      ...{ tenant: 'default', scope: 'agent', subject: 'bot', reason: 'x', paused_by: 'ops' },
      ...{ paused_at: 1, resuming: 0 },
    })
    .execute();
  await tx
    .insertInto('remembered')
    .values({
      ...{ ...of, kind: 'claim', value: 'v', until: 9, remembered_by: 'ops', created_at: 1 },
    })
    .execute();
}

/** Writes the address into each column of words of one row; returns the columns. */
async function sayEverywhere(tx: Tx, table: ScannedTable): Promise<readonly string[]> {
  const only = table === 'mailbox' ? sql`where address = ${MARKETING}` : sql``;
  const { rows } = await sql<ScannedRow>`select * from ${sql.table(table)} ${only}`.execute(tx);
  const [row] = rows;
  expect([table, row !== undefined]).toEqual([table, true]);
  const columns = listWordColumns(table).filter(
    // The database itself lets nothing but a kind be one.
    (column) => classed(table, column) !== 'address' && `${table}.${column}` !== 'contact.kind',
  );
  const set = columns.map((column) => sql`${sql.ref(column)} = ${toSaid(table, column)}`);
  const where = isOneOf(table, [toRowKey(table, row ?? {})]);
  await sql`update ${sql.table(table)} set ${sql.join(set)} where ${where}`.execute(tx);
  return columns.map((column) => `${table}.${column}`);
}

function classed(table: ScannedTable, column: string): string {
  return (DATA_MAP[table] as Readonly<Record<string, string>>)[column] ?? '';
}

function toSaid(table: ScannedTable, column: string): string {
  if (classed(table, column) !== 'json') return SAID;
  if (column === 'reference_ids') return JSON.stringify([SAID]);
  if (column === 'headers') return JSON.stringify([['X-Note', SAID]]);
  if (column === 'attachments') return JSON.stringify([{ id: 'none', name: SAID }]);
  return JSON.stringify({ note: SAID, [SAID]: 1 });
}
