import { type Compilable, CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../../test/support/databases.ts';
import { insertDelivery } from '../../../../test/support/insert-delivery.ts';
import { IS_WAITING } from '../deliveries/is-waiting.ts';
import { createKeyRing } from '../keys/create-key-ring.ts';
import type { Storage, Tx } from './database.ts';

const keys = createKeyRing([{ id: 'k1', secret: 'a-secret-of-32-characters-or-more' }], 'default');
const STATES = ['sent', 'sent', 'sent', 'queued', 'held'] as const;

describe.each(databases)('hot queries on $name', ({ name, open }) => {
  let database: TestDatabase;
  let storage: Storage;

  beforeAll(async () => {
    ({ database, storage } = await openStorage(open));
    await insertDelivery(storage, { keys, recipient: 'ann@example.com', delivery: { id: 'd' } });
    await copyDeliveries(storage, 4_000);
    await fillOutcomes(storage, 4_000);
  });

  afterAll(async () => {
    await database.dispose();
  });

  const planOf = async (query: Compilable): Promise<string> => {
    const { sql: text, parameters } = query.compile();
    const explain = name === 'sqlite' ? 'explain query plan' : 'explain';
    const { rows } = await storage.db.executeQuery(
      CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
    );
    return rows.map((row) => Object.values(row as object).join(' ')).join('\n');
  };
  const deliveries = () => storage.db.selectFrom('delivery').where('tenant', '=', 'default');

  it('finds due deliveries by index, in order', async () => {
    const due = deliveries()
      .selectAll()
      .where('state', '=', 'queued')
      .where('due_at', '<=', 2_000)
      .orderBy('due_at')
      .orderBy('id')
      .limit(10);
    const query = storage.capabilities.supportsRowLocks ? due.forUpdate().skipLocked() : due;
    const plan = await planOf(query);
    expect(plan).toContain('mw_delivery_due');
    expect(plan).not.toMatch(/temp b-tree|sort/i);
  });

  it('finds what waits beside a due delivery by its message', async () => {
    const query = deliveries()
      .selectAll()
      .where('state', '=', 'queued')
      .where('due_at', '<=', 2_000)
      .where('policy_epoch', '<=', 1)
      .where('mailbox', 'in', ['news@acme.example'])
      .where('message_id', 'in', ['m1', 'm2']);
    expect(await planOf(query)).toContain('mw_delivery_by_message');
  });

  it('finds when somebody last wrote by their address', async () => {
    const query = storage.db
      .selectFrom('message')
      .select((eb) => eb.fn.max('created_at').as('at'))
      .where('tenant', '=', 'default')
      .where('mailbox', '=', 'news@acme.example')
      .where((eb) => eb.fn<string>('lower', ['from_address']), 'in', ['ann@example.com']);
    expect(await planOf(query)).toContain('mw_message_by_sender');
  });

  it('finds reviews that run out, and mail that waits to be released, by index', async () => {
    const query = storage.db
      .selectFrom('message')
      .select('id')
      .where('tenant', '=', 'default')
      .where('review_expires_at', '<=', 2_000)
      .where('review_expires_at', '>', 1_000);
    expect(await planOf(query)).toContain('mw_message_by_review');
    const over = storage.db
      .selectFrom('message')
      .select('id')
      .where('tenant', '=', 'default')
      .where('direction', '=', 'outbound')
      .where('review_expires_at', '<=', 2_000)
      .orderBy('review_expires_at')
      .limit(100);
    const toWarn = query.where('review_warned', '=', sql.lit(0)).orderBy('review_expires_at');
    for (const plan of [await planOf(over), await planOf(toWarn.limit(100))]) {
      expect(plan).toMatch(/mw_message_(?:by_review|to_warn)/);
      expect(plan).not.toMatch(/temp b-tree|sort/i);
    }
    expect(await planOf(toWarn.limit(100))).toContain('mw_message_to_warn');
  });

  it('finds expired leases by index although the clock is the database’s', async () => {
    const query = deliveries()
      .select('id')
      .where('state', '=', 'sending')
      .where('lease_until', '<=', storage.clock);
    expect(await planOf(query)).toContain('mw_delivery_by_lease');
  });

  it('finds the same content for the same recipient by index', async () => {
    const query = deliveries()
      .select('id')
      .where('mailbox', '=', 'news@acme.example')
      .where('recipient_canonical', '=', 'c7')
      .where('content_fingerprint', '=', 'fingerprint')
      .where('created_at', '>', 0);
    expect(await planOf(query)).toContain('mw_delivery_by_content');
  });

  it('finds what the journal has not yet by index', async () => {
    const query = storage.db
      .selectFrom('suppression')
      .selectAll()
      .where('tenant', '=', 'default')
      .where('journaled', '=', sql.lit(0))
      .orderBy('id')
      .limit(10);
    expect(await planOf(query)).toContain('mw_suppression_to_journal');
  });

  it('finds consents by their HMAC through an index', async () => {
    const query = storage.db
      .selectFrom('consent')
      .selectAll()
      .where('tenant', '=', 'default')
      .where('canonical', 'in', ['a', 'b'])
      .where('sender_id', 'in', ['', 'acme'])
      .where('purpose', 'in', ['marketing', 'relationship']);
    expect(await planOf(query)).toContain('mw_consent_by_person');
  });

  it('finds what waits for a fact by index', async () => {
    const held = deliveries().select('id').where('state', '=', 'held');
    const ofTask = held.where('fact_task_id', '=', 't4');
    const ofPerson = held
      .where('fact_task_id', 'is not', null)
      .where('recipient_canonical', 'in', ['c4', 'c9']);
    expect(await planOf(ofTask)).toContain('mw_delivery_by_fact_task');
    expect(await planOf(ofPerson)).toContain('mw_delivery_by_recipient');
  });

  it('finds groups, and the messages of one, by index', async () => {
    const held = deliveries()
      .where('delivery.mailbox', 'in', ['news@acme.example'])
      .where('delivery.state', '=', sql.lit('held'))
      .where('delivery.review_group', 'is not', null);
    const members = held
      .select('delivery.message_id')
      .distinct()
      .where('delivery.review_group', '=', 'g4')
      .where('delivery.message_id', '>', '')
      .orderBy('delivery.message_id')
      .limit(100);
    expect(await planOf(members)).toContain('mw_delivery_by_review_group');
    const groups = held
      .select('delivery.review_group')
      .select((eb) => eb.fn.count<number>('delivery.message_id').distinct().as('count'))
      .groupBy('delivery.review_group');
    expect(await planOf(groups)).toContain('mw_delivery_by_review_group');
  });

  it('finds the last decisions about a rule by index, in order', async () => {
    const query = storage.db
      .selectFrom('review_outcome')
      .select(['outcome', 'mailbox', 'category'])
      .where('tenant', '=', 'default')
      .where('rule', '=', 'oversight')
      .where('code', '=', 'CODE_3')
      .orderBy('id', 'desc')
      .limit(50);
    const plan = await planOf(query);
    expect(plan).toContain('mw_review_outcome_latest');
    expect(plan).not.toMatch(/temp b-tree|sort/i);
  });

  it('finds what people had of late by index, and what an attempt has to give back', async () => {
    const had = storage.db
      .selectFrom('reservation')
      .select(['subject', 'at'])
      .where('tenant', '=', 'default')
      .where('kind', '=', 'wire:recipient')
      .where('subject', 'in', ['c4', 'c9'])
      .where('at', '>', 1_000);
    const ofDelivery = storage.db
      .deleteFrom('reservation')
      .where('tenant', '=', 'default')
      .where('delivery_id', 'in', ['d4', 'd9'])
      .where('kind', 'in', ['wire:mailbox', 'wire:recipient']);
    expect(await planOf(had)).toContain('mw_reservation_places');
    expect(await planOf(ofDelivery)).toContain('mw_reservation_by_delivery');
  });

  it('finds who competes for one person’s next place by index', async () => {
    const query = deliveries()
      .select(['id', 'priority'])
      .where('recipient_canonical', 'in', ['c3', 'c8'])
      .where(IS_WAITING)
      .where('due_at', '<=', 10_000)
      .where('policy_epoch', '<=', 1)
      .where('mailbox', 'in', ['news@acme.example']);
    expect(await planOf(query)).toContain('mw_delivery_waiting');
  });

  it('finds what is known about a sending domain by its key, and what it sent of late by index', async () => {
    const recorded = storage.db
      .selectFrom('sending_fact')
      .select(['provider', 'fact', 'value', 'recorded_at'])
      .where('tenant', '=', 'default')
      .where('domain', '=', 'acme.example')
      .where('provider', 'in', ['', 'gmail']);
    const sent = deliveries()
      .select('id')
      .where('state', '=', sql.lit('sent'))
      .where('due_at', '>', 3_900)
      .where('sent_at', '>', 3_900)
      .where('mailbox', 'in', ['news@acme.example'])
      .where('recipient', 'like', '%@gmail.com')
      .limit(5_000);
    expect(await planOf(recorded)).toMatch(/sending_fact_pkey|autoindex_mw_sending_fact/);
    expect(await planOf(sent)).toContain('mw_delivery_due');
  });

  it('finds preferences by their key', async () => {
    const query = storage.db
      .selectFrom('preference')
      .selectAll()
      .where('tenant', '=', 'default')
      .where('canonical', 'in', ['c4', 'c9'])
      .where('sender_id', '=', 'acme');
    expect(await planOf(query)).toMatch(/preference_pkey|autoindex_mw_preference/);
  });

  it('finds suppressions by their HMAC through an index', async () => {
    const query = storage.db
      .selectFrom('suppression')
      .selectAll()
      .where('tenant', '=', 'default')
      .where('hmac', 'in', ['a', 'b'])
      .where('lifted_at', 'is', null);
    expect(await planOf(query)).toMatch(/mw_suppression_(?:by_hmac|once)/);
  });
});

async function copyDeliveries(storage: Storage, count: number): Promise<void> {
  await storage.unit(async (tx) => {
    const one = await tx.selectFrom('delivery').selectAll().executeTakeFirstOrThrow();
    const rows = Array.from({ length: count }, (_, index) => ({
      ...one,
      id: `d${index}`,
      recipient_canonical: `c${index}`,
      state: STATES[index % STATES.length] ?? 'sent',
      fact_task_id: index % STATES.length === 4 ? `t${index % 100}` : null,
      review_group: `g${index % 50}`,
      due_at: index,
    }));
    for (let at = 0; at < rows.length; at += 200) {
      await tx
        .insertInto('delivery')
        .values(rows.slice(at, at + 200))
        .execute();
    }
    const leased = { id: 'leased', state: 'sending', lease_until: 1, lease_owner: 'w' } as const;
    await tx
      .insertInto('delivery')
      .values({ ...one, ...leased })
      .execute();
    await copyReservations(tx);
    await copySendingFacts(tx);
  });
  await storage.unit((tx) => sql`analyze ${sql.table('delivery')}`.execute(tx));
  await storage.unit((tx) => sql`analyze ${sql.table('reservation')}`.execute(tx));
  await storage.unit((tx) => sql`analyze ${sql.table('sending_fact')}`.execute(tx));
}

async function copyReservations(tx: Tx): Promise<void> {
  const rows = Array.from({ length: 2_000 }, (_, index) => ({
    ...{ tenant: 'default', id: `r${index}`, kind: 'wire:recipient', subject: `c${index}` },
    ...{ delivery_id: `d${index}`, at: index, sender_id: 'acme', category: 'marketing' },
  }));
  for (let at = 0; at < rows.length; at += 200) {
    await tx
      .insertInto('reservation')
      .values(rows.slice(at, at + 200))
      .execute();
  }
  const wish = { canonicalisation: 1, declined_topics: '[]', updated_by: 'system', updated_at: 1 };
  const wishes = rows.slice(0, 500).map(({ subject: canonical }) => ({
    ...{ tenant: 'default', canonical, key_id: 'k1', sender_id: 'acme', ...wish },
  }));
  await tx.insertInto('preference').values(wishes).execute();
}

async function copySendingFacts(tx: Tx): Promise<void> {
  const rows = Array.from({ length: 500 }, (_, index) => ({
    ...{ tenant: 'default', domain: `acme${index}.example`, provider: '', value: 1 },
    ...{ fact: 'spf' as const, recorded_at: index },
  }));
  await tx.insertInto('sending_fact').values(rows).execute();
}

async function fillOutcomes(storage: Storage, count: number): Promise<void> {
  await storage.unit(async (tx) => {
    const rows = Array.from({ length: count }, (_, index) => ({
      tenant: 'default',
      rule: 'oversight',
      code: `CODE_${index % 10}`,
      subject: `m${index}`,
      id: String(index).padStart(9, '0'),
      outcome: 'approved' as const,
      mailbox: 'news@acme.example',
      category: 'marketing',
      at: index,
    }));
    for (let at = 0; at < rows.length; at += 200) {
      await tx
        .insertInto('review_outcome')
        .values(rows.slice(at, at + 200))
        .execute();
    }
    await sql`analyze ${sql.table('review_outcome')}`.execute(tx);
  });
}
