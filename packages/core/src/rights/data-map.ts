import type { Database } from '../storage/database.ts';

/**
 * What a column can hold about a person, and so what becomes of it:
 *
 * - `none`: ids, states, codes, times, numbers; kept.
 * - `hash`: an HMAC, or a hash of something with enough chance in it; kept, so that nothing comes
 *   back and nothing is sent twice.
 * - `label`: a name that the application or an agent chose (agent, run, campaign, topic); no place
 *   for personal data, and an address in it is refused where an agent chooses it; kept.
 * - `staff`: who acted or decided; kept, it is what the operator has to be able to show.
 * - `address`, `text`, `json`, `bytes`: gone with the person; and in what is about somebody else, the
 *   person's address is replaced (`text`, `json`).
 * - `key`: replaced by its HMAC; the same call is still known as the same.
 * - `sealed`: made only of columns that are kept.
 */
export type DataClass =
  | 'none'
  | 'hash'
  | 'label'
  | 'staff'
  | 'address'
  | 'text'
  | 'json'
  | 'bytes'
  | 'key'
  | 'sealed';

type DataMap = {
  readonly [T in keyof Database]: Readonly<Record<keyof Database[T], DataClass>>;
};

/** Every column of every table; one that is missing here does not compile. */
export const DATA_MAP = {
  meta: { tenant: 'none', key: 'none', value: 'none' },
  sender: {
    ...{ tenant: 'none', id: 'none', updated_at: 'none' },
    // The operator's own name and address.
    ...{ legal_name: 'staff', postal_address: 'staff' },
  },
  mailbox: {
    ...{ tenant: 'none', sender_id: 'none', mode: 'none', mode_until: 'none' },
    ...{ updated_at: 'none', address: 'staff', mode_by: 'staff', mode_reason: 'text' },
  },
  pause: {
    // A mailbox, a campaign, an agent.
    ...{ tenant: 'none', scope: 'none', subject: 'label', reason: 'text' },
    ...{ paused_by: 'staff', paused_at: 'none', resuming: 'none' },
  },
  template_approval: {
    ...{ tenant: 'none', template: 'label', hash: 'hash' },
    ...{ approved_by: 'staff', approved_at: 'none' },
  },
  remembered: {
    // What a reviewer vouched for about a product, or a host.
    ...{ tenant: 'none', kind: 'none', value: 'text', until: 'none' },
    ...{ remembered_by: 'staff', message_id: 'none', created_at: 'none' },
  },
  // About the operator's own offers.
  told_deadline: { tenant: 'none', deal: 'label', ends_at: 'none', told_at: 'none' },
  recipient_key: {
    ...{ tenant: 'none', canonical: 'hash', key_id: 'none' },
    ...{ canonicalisation: 'none', created_at: 'none' },
  },
  contact: {
    ...{ tenant: 'none', id: 'none', created_at: 'none', updated_at: 'none' },
    ...{ address: 'address', exact: 'hash', canonical: 'hash', name: 'text', attributes: 'json' },
    ...{ country: 'text', region: 'text', time_zone: 'text', kind: 'text' },
    ...{ source: 'text', provenance: 'json' },
  },
  contact_import: {
    ...{ tenant: 'none', id: 'label', source: 'text', digest: 'hash', read_rows: 'none' },
    ...{ added: 'none', changed: 'none', unchanged: 'none', failed: 'none', suppressed: 'none' },
    ...{ consents: 'none', started_at: 'none', updated_at: 'none', finished_at: 'none' },
  },
  tag: {
    ...{ tenant: 'none', subject_kind: 'none', subject_id: 'none' },
    ...{ tag: 'text', owner: 'staff', created_at: 'none', expires_at: 'none' },
  },
  suppression: {
    ...{ tenant: 'none', id: 'none', match: 'none', hmac: 'hash', key_id: 'none' },
    ...{ canonicalisation: 'none', scope: 'label', sender_id: 'none', reason: 'none' },
    ...{ source: 'staff', note: 'text', created_at: 'none', lifted_at: 'none' },
    ...{ lifted_by: 'staff', lift_reason: 'text', journaled: 'none' },
    ...{ provider: 'hash', provisional_until: 'none' },
  },
  // A domain is nobody by itself; the row goes an hour after it says nothing.
  throttle: {
    ...{ tenant: 'none', bucket: 'label', tat: 'none', queue_end: 'none', idle_at: 'none' },
    ...{ slow_level: 'none', slow_since: 'none', slow_until: 'none' },
  },
  mail_route: { tenant: 'none', domain: 'label', provider: 'label', expires_at: 'none' },
  address_failure: { tenant: 'none', provider: 'hash', hour: 'none', failures: 'none' },
  stop_request: {
    ...{ tenant: 'none', id: 'none', canonical: 'hash', sender_id: 'none', mailbox: 'staff' },
    ...{ message_id: 'none', delivery_id: 'none', asked_at: 'none', decision: 'none' },
    ...{ decided_by: 'staff', decided_at: 'none' },
  },
  erasure: {
    ...{ tenant: 'none', canonical: 'hash', id: 'none', key_id: 'none' },
    // An address in it is refused.
    ...{ canonicalisation: 'none', reason: 'label', requested_at: 'none', finished_at: 'none' },
  },
  consent: {
    ...{ tenant: 'none', id: 'none', canonical: 'hash', key_id: 'none' },
    ...{ canonicalisation: 'none', sender_id: 'none', purpose: 'label', topics: 'label' },
    ...{ kind: 'none', basis: 'none', limbs: 'none', wording_version: 'label' },
    ...{ balancing: 'text', evidence: 'json', obtained_at: 'none', expires_at: 'none' },
    ...{ reported_by: 'staff', on_behalf_of: 'staff', recorded_at: 'none' },
    ...{ confirmed_by: 'staff', confirmed_at: 'none' },
  },
  opt_in: {
    ...{ tenant: 'none', id: 'none', message_id: 'none', canonical: 'hash', sender_id: 'none' },
    ...{ topics: 'label', statement: 'text', wording_version: 'label', signup: 'json' },
    ...{ requested_at: 'none', expires_at: 'none', confirmed_at: 'none', consent_id: 'none' },
  },
  fact_task: {
    ...{ tenant: 'none', id: 'none', source: 'text', fact: 'none', state: 'none' },
    ...{ answer: 'json', opened_at: 'none', answered_by: 'staff', answered_at: 'none' },
  },
  message: {
    ...{ tenant: 'none', id: 'none', mailbox: 'staff', direction: 'none', thread_id: 'none' },
    ...{ internet_message_id: 'text', in_reply_to: 'text', parent_id: 'none' },
    ...{ reference_ids: 'json', from_address: 'address', from_name: 'text' },
    ...{ to_addresses: 'address', cc_addresses: 'address', bcc_addresses: 'address' },
    ...{ reply_to: 'address', subject: 'text', body: 'text', text: 'text', html: 'text' },
    ...{ new_text: 'text', headers: 'json', attachments: 'json', category: 'none' },
    ...{ topic: 'label', campaign: 'label', variant: 'label', template: 'label' },
    ...{ template_hash: 'hash', variables: 'json', requested_mode: 'none', send_at: 'none' },
    ...{ requested_category: 'none', header_findings: 'json' },
    ...{ agent: 'label', on_behalf_of: 'staff', run: 'label', revision: 'none' },
    ...{ revises: 'none', round: 'none', digest: 'hash', nonce: 'text', decision: 'json' },
    ...{ decision_facts: 'json' },
    ...{ policy_version: 'none', policy_epoch: 'none', review_expires_at: 'none' },
    ...{ review_warned: 'none', quarantined: 'none', auto_submitted: 'none' },
    ...{ inbound_facts: 'none', authenticated: 'none', in_sent_folder: 'none' },
    ...{ created_at: 'none', updated_at: 'none', erased_at: 'none' },
  },
  message_revision: {
    ...{ tenant: 'none', message_id: 'none', revision: 'none', content: 'json' },
    ...{ digest: 'hash', edited_by: 'staff', created_at: 'none' },
  },
  message_id_alias: {
    ...{ tenant: 'none', mailbox: 'staff', internet_message_id: 'text', message_id: 'none' },
  },
  chunk: { tenant: 'none', owner_id: 'none', seq: 'none', data: 'bytes' },
  read_mark: {
    ...{ tenant: 'none', message_id: 'none', agent: 'label', run: 'label', read_at: 'none' },
  },
  folder: {
    ...{ tenant: 'none', mailbox: 'staff', folder: 'staff', uid_validity: 'none' },
    ...{ last_uid: 'none', updated_at: 'none' },
  },
  delivery: {
    ...{ tenant: 'none', id: 'none', message_id: 'none', mailbox: 'staff', sender_id: 'none' },
    ...{ recipient: 'address', recipient_exact: 'hash', recipient_canonical: 'hash' },
    ...{ field: 'none', state: 'none', reason_code: 'none', reason: 'text', category: 'none' },
    ...{
      topic: 'label',
      campaign: 'label',
      step: 'label',
      due_at: 'none',
      parked: 'none',
      fence: 'none',
    },
    ...{ lease_until: 'none', lease_owner: 'none', attempts: 'none', first_attempt_at: 'none' },
    ...{ idempotency_key: 'key', idempotency_kind: 'none', idempotency_expires_at: 'none' },
    ...{ request_digest: 'key', content_fingerprint: 'hash', basis: 'none' },
    ...{ wording_version: 'label', policy_epoch: 'none', first_contact: 'none' },
    ...{ sent_at: 'none', delivered_at: 'none', bounced_at: 'none', complained_at: 'none' },
    ...{ unsubscribed_at: 'none', replied_at: 'none', created_at: 'none', updated_at: 'none' },
    ...{ fact_task_id: 'none', priority: 'none', review_group: 'hash' },
    ...{ failure_code: 'none', resend_of: 'none', spent_approval: 'none' },
    copy_due_at: 'none',
  },
  attempt: {
    ...{ tenant: 'none', id: 'none', delivery_id: 'none', number: 'none', fence: 'none' },
    ...{ worker: 'none', started_at: 'none', ended_at: 'none', phase: 'none', outcome: 'none' },
    // The server's name and codes; what it said may repeat the address.
    ...{ host: 'none', reply_code: 'none', reply_enhanced: 'none', reply_text: 'text' },
    ...{ bytes_sha256: 'hash' },
  },
  reservation: {
    // A mailbox, a run, or the person's HMAC.
    ...{ tenant: 'none', id: 'none', kind: 'none', subject: 'hash', delivery_id: 'none' },
    ...{ at: 'none', sender_id: 'none', category: 'none', topic: 'label', campaign: 'label' },
    places: 'none',
  },
  preference: {
    // What they asked to get less of; it goes on holding.
    ...{ tenant: 'none', canonical: 'hash', key_id: 'none', canonicalisation: 'none' },
    ...{ sender_id: 'none', declined_topics: 'label', paused_until: 'none' },
    away_until: 'none',
    ...{ max_count: 'none', max_days: 'none', updated_by: 'staff', updated_at: 'none' },
  },
  refusal: {
    // The same and withdrawals, as the suppression journal was told of them.
    ...{ tenant: 'none', id: 'none', kind: 'none', canonical: 'hash', key_id: 'none' },
    ...{ canonicalisation: 'none', sender_id: 'none', purpose: 'label', topics: 'label' },
    ...{ paused_until: 'none', max_count: 'none', max_days: 'none', refused_at: 'none' },
    journaled: 'none',
  },
  approval: {
    ...{ tenant: 'none', id: 'none', message_id: 'none', revision: 'none', digest: 'hash' },
    ...{ decision: 'none', reason: 'text', decided_by: 'staff', decided_at: 'none' },
    ...{ expires_at: 'none', consumed_at: 'none', discharges: 'json' },
  },
  event: {
    ...{ tenant: 'none', seq: 'none', xact: 'none', id: 'none', at: 'none', type: 'none' },
    ...{ mailbox: 'staff', message_id: 'none', delivery_id: 'none', actor: 'staff' },
    // Ids, codes and labels; what is personal goes to audit_detail.
    ...{ data: 'label' },
  },
  audit_detail: {
    ...{ tenant: 'none', event_id: 'none', person: 'hash', salt: 'text', details: 'json' },
    ...{ hmac: 'hash' },
  },
  audit_entry: { tenant: 'none', place: 'none', event_id: 'none', entry: 'sealed' },
  audit_seal: {
    ...{ tenant: 'none', number: 'none', first_place: 'none', entry_count: 'none' },
    ...{ root: 'hash', previous: 'hash', head: 'hash', sealed_at: 'none', key_id: 'none' },
    ...{ public_key: 'none', signature: 'hash', leaves: 'hash' },
  },
  review_view: {
    ...{ tenant: 'none', id: 'none', review_group: 'hash', reviewer: 'staff', decision: 'none' },
    ...{ member_count: 'none', sample_count: 'none', shown_at: 'none', expires_at: 'none' },
  },
  review_member: {
    ...{ tenant: 'none', view_id: 'none', message_id: 'none', review: 'hash', sampled: 'none' },
    ...{ state: 'none', code: 'none' },
  },
  review_outcome: {
    ...{ tenant: 'none', rule: 'none', code: 'none', subject: 'none', id: 'none' },
    ...{ outcome: 'none', mailbox: 'staff', category: 'none', at: 'none' },
  },
  // About the operator's own domains.
  sending_fact: {
    ...{ tenant: 'none', domain: 'staff', provider: 'none', fact: 'none' },
    ...{ value: 'none', recorded_at: 'none' },
  },
  webhook_event: {
    ...{ tenant: 'none', provider: 'none', event_id: 'hash', digest: 'hash' },
    received_at: 'none',
  },
  webhook_count: {
    ...{ tenant: 'none', provider: 'none', day: 'none', done: 'none', repeated: 'none' },
    ...{ foreign_events: 'none', last_at: 'none' },
  },
  rule_feedback: { tenant: 'none', rule: 'none', code: 'none', reported: 'none' },
} as const satisfies DataMap;
