import { type SelectType, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../../test/support/databases.ts';
import type { Database, Storage } from './database.ts';

type Columns<T> = { readonly [K in keyof T]: null extends SelectType<T[K]> ? 'null' : 'not null' };

// The compiler checks this list against the table types, the test against the databases.
const COLUMNS: { readonly [T in keyof Database]: Columns<Database[T]> } = {
  meta: {
    tenant: 'not null',
    key: 'not null',
    value: 'not null',
  },
  sender: {
    tenant: 'not null',
    id: 'not null',
    legal_name: 'not null',
    postal_address: 'not null',
    updated_at: 'not null',
  },
  mailbox: {
    tenant: 'not null',
    address: 'not null',
    sender_id: 'null',
    mode: 'null',
    mode_by: 'null',
    mode_reason: 'null',
    mode_until: 'null',
    paused: 'not null',
    paused_by: 'null',
    paused_reason: 'null',
    updated_at: 'not null',
  },
  template_approval: {
    tenant: 'not null',
    template: 'not null',
    hash: 'not null',
    approved_by: 'not null',
    approved_at: 'not null',
  },
  recipient_key: {
    tenant: 'not null',
    canonical: 'not null',
    key_id: 'not null',
    canonicalisation: 'not null',
    created_at: 'not null',
  },
  contact: {
    tenant: 'not null',
    id: 'not null',
    address: 'not null',
    exact: 'not null',
    canonical: 'not null',
    name: 'null',
    attributes: 'not null',
    created_at: 'not null',
    updated_at: 'not null',
  },
  tag: {
    tenant: 'not null',
    subject_kind: 'not null',
    subject_id: 'not null',
    tag: 'not null',
    owner: 'not null',
    created_at: 'not null',
    expires_at: 'null',
  },
  suppression: {
    tenant: 'not null',
    id: 'not null',
    match: 'not null',
    hmac: 'not null',
    key_id: 'not null',
    canonicalisation: 'not null',
    scope: 'not null',
    sender_id: 'not null',
    reason: 'not null',
    source: 'not null',
    note: 'null',
    created_at: 'not null',
    lifted_at: 'null',
    lifted_by: 'null',
    lift_reason: 'null',
    journaled: 'not null',
  },
  message: {
    tenant: 'not null',
    id: 'not null',
    mailbox: 'not null',
    direction: 'not null',
    thread_id: 'not null',
    internet_message_id: 'not null',
    in_reply_to: 'null',
    parent_id: 'null',
    reference_ids: 'not null',
    from_address: 'not null',
    from_name: 'null',
    to_addresses: 'not null',
    cc_addresses: 'not null',
    bcc_addresses: 'not null',
    reply_to: 'null',
    subject: 'not null',
    body: 'null',
    text: 'not null',
    html: 'null',
    new_text: 'null',
    headers: 'not null',
    attachments: 'not null',
    category: 'null',
    topic: 'null',
    campaign: 'null',
    variant: 'null',
    template: 'null',
    template_hash: 'null',
    variables: 'null',
    requested_mode: 'null',
    send_at: 'null',
    agent: 'null',
    on_behalf_of: 'null',
    run: 'null',
    revision: 'not null',
    revises: 'null',
    round: 'not null',
    digest: 'null',
    nonce: 'null',
    decision: 'null',
    policy_version: 'null',
    policy_epoch: 'not null',
    review_expires_at: 'null',
    review_warned: 'not null',
    quarantined: 'not null',
    auto_submitted: 'not null',
    inbound_facts: 'null',
    created_at: 'not null',
    updated_at: 'not null',
  },
  message_revision: {
    tenant: 'not null',
    message_id: 'not null',
    revision: 'not null',
    content: 'not null',
    digest: 'not null',
    edited_by: 'not null',
    created_at: 'not null',
  },
  message_id_alias: {
    tenant: 'not null',
    mailbox: 'not null',
    internet_message_id: 'not null',
    message_id: 'not null',
  },
  chunk: {
    tenant: 'not null',
    owner_id: 'not null',
    seq: 'not null',
    data: 'not null',
  },
  read_mark: {
    tenant: 'not null',
    message_id: 'not null',
    agent: 'not null',
    run: 'not null',
    read_at: 'not null',
  },
  folder: {
    tenant: 'not null',
    mailbox: 'not null',
    folder: 'not null',
    uid_validity: 'not null',
    last_uid: 'not null',
    updated_at: 'not null',
  },
  delivery: {
    tenant: 'not null',
    id: 'not null',
    message_id: 'not null',
    mailbox: 'not null',
    sender_id: 'not null',
    recipient: 'not null',
    recipient_exact: 'not null',
    recipient_canonical: 'not null',
    field: 'not null',
    state: 'not null',
    reason_code: 'not null',
    reason: 'not null',
    category: 'not null',
    topic: 'null',
    campaign: 'null',
    due_at: 'not null',
    parked: 'not null',
    fence: 'not null',
    lease_until: 'null',
    lease_owner: 'null',
    attempts: 'not null',
    first_attempt_at: 'null',
    idempotency_key: 'null',
    idempotency_kind: 'null',
    idempotency_expires_at: 'null',
    request_digest: 'not null',
    content_fingerprint: 'not null',
    basis: 'null',
    wording_version: 'null',
    policy_epoch: 'not null',
    first_contact: 'not null',
    sent_at: 'null',
    delivered_at: 'null',
    bounced_at: 'null',
    complained_at: 'null',
    unsubscribed_at: 'null',
    replied_at: 'null',
    created_at: 'not null',
    updated_at: 'not null',
  },
  attempt: {
    tenant: 'not null',
    id: 'not null',
    delivery_id: 'not null',
    number: 'not null',
    fence: 'not null',
    worker: 'not null',
    started_at: 'not null',
    ended_at: 'null',
    phase: 'null',
    outcome: 'null',
    host: 'null',
    reply_code: 'null',
    reply_enhanced: 'null',
    reply_text: 'null',
    bytes_sha256: 'not null',
  },
  reservation: {
    tenant: 'not null',
    id: 'not null',
    kind: 'not null',
    subject: 'not null',
    delivery_id: 'not null',
    at: 'not null',
  },
  approval: {
    tenant: 'not null',
    id: 'not null',
    message_id: 'not null',
    revision: 'not null',
    digest: 'not null',
    decision: 'not null',
    reason: 'null',
    decided_by: 'not null',
    decided_at: 'not null',
    expires_at: 'not null',
    consumed_at: 'null',
    discharges: 'not null',
  },
  event: {
    tenant: 'not null',
    seq: 'not null',
    xact: 'not null',
    id: 'not null',
    at: 'not null',
    type: 'not null',
    mailbox: 'null',
    message_id: 'null',
    delivery_id: 'null',
    actor: 'not null',
    data: 'not null',
  },
};

describe.each(databases)('the table types on $name', ({ name, open }) => {
  let database: TestDatabase;
  let storage: Storage;

  beforeAll(async () => {
    ({ database, storage } = await openStorage(open));
  });

  afterAll(async () => {
    await database.dispose();
  });

  const columnsOf = async (table: string): Promise<Record<string, string>> => {
    const { rows } = await (name === 'sqlite'
      ? sql<{ name: string; required: number }>`
          select name, "notnull" or pk > 0 as required
          from pragma_table_info(${`mw_${table}`})`
      : sql<{ name: string; required: number }>`
          select attname as name, attnotnull::int as required from pg_attribute
          where attrelid = ${`${database.where[1]}.${table}`}::regclass
            and attnum > 0`
    ).execute(storage.db);
    return Object.fromEntries(rows.map((row) => [row.name, row.required ? 'not null' : 'null']));
  };

  it.each(Object.entries(COLUMNS))('say what %s holds', async (table, columns) => {
    expect(await columnsOf(table)).toEqual(columns);
  });
});
