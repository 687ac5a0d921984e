-- Made by the migrations; `vitest run packages/core/src/storage -u` writes it anew.

CREATE TABLE "mw_address_failure" (
  tenant text not null,
  provider text not null,
  hour integer not null,
  failures integer not null,
  primary key (tenant, provider, hour)
) strict;

CREATE TABLE "mw_approval" (
  tenant text not null,
  id text not null,
  message_id text not null,
  revision integer not null,
  digest text not null,
  decision text not null check (decision in ('approve', 'reject')),
  reason text,
  decided_by text not null,
  decided_at integer not null,
  expires_at integer not null,
  consumed_at integer,
  discharges text not null,
  primary key (tenant, id),
  foreign key (tenant, message_id) references "mw_message" (tenant, id)
) strict;

CREATE INDEX mw_approval_by_message on "mw_approval" (tenant, message_id);

CREATE TABLE "mw_attempt" (
  tenant text not null,
  id text not null,
  delivery_id text not null,
  number integer not null,
  fence integer not null,
  worker text not null,
  started_at integer not null,
  ended_at integer,
  phase text,
  outcome text,
  host text,
  reply_code integer,
  reply_enhanced text,
  reply_text text,
  bytes_sha256 text not null,
  primary key (tenant, id),
  unique (tenant, delivery_id, number),
  foreign key (tenant, delivery_id) references "mw_delivery" (tenant, id)
) strict;

CREATE TABLE "mw_audit_detail" (
  tenant text not null,
  event_id text not null,
  person text,
  salt text,
  details text,
  hmac text not null,
  primary key (tenant, event_id),
  check ((salt is null) = (details is null))
) strict;

CREATE INDEX mw_audit_detail_by_person on "mw_audit_detail" (tenant, person)
where details is not null;

CREATE TABLE "mw_audit_entry" (
  tenant text not null,
  place integer not null,
  event_id text not null,
  entry text not null,
  primary key (tenant, place),
  unique (tenant, event_id)
) strict;

CREATE TABLE "mw_audit_seal" (
  tenant text not null,
  number integer not null,
  first_place integer not null,
  entry_count integer not null check (entry_count > 0),
  root text not null,
  previous text not null,
  head text not null,
  sealed_at integer not null,
  key_id text not null,
  public_key text not null,
  signature text not null,
  leaves text not null,
  primary key (tenant, number)
) strict;

CREATE TABLE "mw_chunk" (
  tenant text not null,
  owner_id text not null,
  seq integer not null,
  data blob not null check (length(data) <= 262144),
  primary key (tenant, owner_id, seq)
) strict;

CREATE TABLE "mw_consent" (
  tenant text not null,
  id text not null,
  canonical text not null,
  key_id text not null,
  canonicalisation integer not null,
  sender_id text not null,
  purpose text not null,
  topics text not null,
  kind text not null check (kind in ('grant', 'withdrawal')),
  basis text check ((kind = 'grant') = (basis is not null)),
  limbs text,
  balancing text,
  wording_version text,
  evidence text not null,
  obtained_at integer not null,
  expires_at integer,
  reported_by text not null,
  on_behalf_of text,
  recorded_at integer not null,
  confirmed_by text,
  confirmed_at integer,
  primary key (tenant, id)
) strict;

CREATE INDEX mw_consent_by_person on "mw_consent" (tenant, canonical);

CREATE INDEX mw_consent_reported on "mw_consent" (tenant, recorded_at, id)
where confirmed_at is null;

CREATE TABLE "mw_contact" (
  tenant text not null,
  id text not null,
  address text not null,
  exact text not null,
  canonical text not null,
  name text,
  attributes text not null,
  created_at integer not null,
  updated_at integer not null, "country" text, "region" text, "time_zone" text, "source" text, "provenance" text, kind text
check (kind in ('individual', 'sole_trader', 'company_person', 'role')),
  primary key (tenant, id),
  unique (tenant, exact)
) strict;

CREATE INDEX mw_contact_by_canonical on "mw_contact" (tenant, canonical);

CREATE INDEX mw_contact_by_source on "mw_contact" (tenant, source, id)
where source is not null;

CREATE TABLE "mw_contact_import" (
  tenant text not null,
  id text not null,
  source text not null,
  digest text not null,
  read_rows integer not null,
  added integer not null,
  changed integer not null,
  unchanged integer not null,
  failed integer not null,
  suppressed integer not null,
  consents integer not null,
  started_at integer not null,
  updated_at integer not null,
  finished_at integer,
  primary key (tenant, id)
) strict;

CREATE TABLE "mw_delivery" (
  tenant text not null,
  id text not null,
  message_id text not null,
  mailbox text not null,
  sender_id text not null,
  recipient text not null,
  recipient_exact text not null,
  recipient_canonical text not null,
  field text not null check (field in ('to', 'cc', 'bcc')),
  state text not null check (
    state in (
      'held', 'queued', 'claimed', 'sending', 'sent', 'deferred',
      'unknown', 'blocked', 'rejected', 'failed', 'expired', 'cancelled'
    )
  ),
  reason_code text not null,
  reason text not null,
  category text not null check (category in ('marketing', 'transactional', 'conversational')),
  topic text,
  campaign text,
  due_at integer not null,
  parked integer not null default 0 check (parked in (0, 1)),
  fence integer not null,
  lease_until integer,
  lease_owner text,
  attempts integer not null,
  first_attempt_at integer,
  idempotency_key text,
  idempotency_kind text check (idempotency_kind in ('caller', 'derived')),
  idempotency_expires_at integer,
  request_digest text not null,
  content_fingerprint text not null,
  basis text,
  wording_version text,
  policy_epoch integer not null,
  first_contact integer not null check (first_contact in (0, 1)),
  sent_at integer,
  delivered_at integer,
  bounced_at integer,
  complained_at integer,
  unsubscribed_at integer,
  replied_at integer,
  created_at integer not null,
  updated_at integer not null, fact_task_id text, priority integer not null default 5, review_group text, step text, resend_of text, spent_approval text, failure_code text, copy_due_at integer,
  primary key (tenant, id),
  foreign key (tenant, message_id) references "mw_message" (tenant, id),
  check (state not in ('claimed', 'sending') or lease_until is not null)
) strict;

CREATE INDEX mw_delivery_by_campaign on "mw_delivery" (tenant, campaign)
where campaign is not null;

CREATE INDEX mw_delivery_by_content on "mw_delivery"
(tenant, mailbox, recipient_canonical, content_fingerprint, created_at);

CREATE INDEX mw_delivery_by_fact_task on "mw_delivery" (tenant, fact_task_id)
where fact_task_id is not null;

CREATE INDEX mw_delivery_by_lease on "mw_delivery" (tenant, state, lease_until)
where lease_until is not null;

CREATE INDEX mw_delivery_by_message on "mw_delivery" (tenant, message_id);

CREATE INDEX mw_delivery_by_recipient on "mw_delivery" (tenant, recipient_canonical, state)
where fact_task_id is not null;

CREATE INDEX mw_delivery_by_review_group
on "mw_delivery" (tenant, mailbox, review_group, message_id)
where state = 'held' and review_group is not null;

CREATE INDEX mw_delivery_campaign_sent on "mw_delivery" (tenant, campaign, step)
where campaign is not null and state = 'sent';

CREATE INDEX mw_delivery_copy on "mw_delivery" (tenant, mailbox, copy_due_at)
where copy_due_at is not null;

CREATE INDEX mw_delivery_due on "mw_delivery" (tenant, state, due_at, id);

CREATE UNIQUE INDEX mw_delivery_idempotency
on "mw_delivery" (tenant, mailbox, recipient_exact, idempotency_key)
where idempotency_key is not null;

CREATE INDEX mw_delivery_paused on "mw_delivery" (tenant, reason_code, id)
where state = 'deferred' and reason_code in (
  'MAILBOX_PAUSED', 'CAMPAIGN_PAUSED', 'AGENT_PAUSED', 'TENANT_PAUSED', 'EVERYTHING_PAUSED',
  'RESTORE_PAUSED'
);

CREATE UNIQUE INDEX mw_delivery_resend on "mw_delivery" (tenant, resend_of)
where resend_of is not null;

CREATE INDEX mw_delivery_waiting on "mw_delivery" (tenant, recipient_canonical, due_at)
where state || '' in ('queued', 'deferred');

CREATE TABLE "mw_erasure" (
  tenant text not null,
  canonical text not null,
  id text not null,
  key_id text not null,
  canonicalisation integer not null,
  reason text not null,
  requested_at integer not null,
  finished_at integer,
  primary key (tenant, canonical)
) strict;

CREATE INDEX mw_erasure_unfinished on "mw_erasure" (tenant, requested_at)
where finished_at is null;

CREATE TABLE "mw_event" (
  seq integer primary key autoincrement,
  tenant text not null,
  xact integer not null default 0,
  id text not null,
  at integer not null,
  type text not null,
  mailbox text,
  message_id text,
  delivery_id text,
  actor text not null,
  data text not null
) strict;

CREATE INDEX mw_event_by_delivery on "mw_event" (tenant, delivery_id, seq)
where delivery_id is not null;

CREATE INDEX mw_event_by_seq on "mw_event" (tenant, xact, seq);

CREATE INDEX mw_event_of_message on "mw_event" (tenant, message_id)
where message_id is not null and delivery_id is null;

CREATE TABLE "mw_fact_task" (
  tenant text not null,
  id text not null,
  source text not null,
  fact text not null check (fact in ('country', 'consent')),
  state text not null check (state in ('open', 'answered')),
  answer text,
  opened_at integer not null,
  answered_by text,
  answered_at integer,
  primary key (tenant, id),
  unique (tenant, source, fact)
) strict;

CREATE TABLE "mw_folder" (
  tenant text not null,
  mailbox text not null,
  folder text not null,
  uid_validity text not null,
  last_uid integer not null,
  updated_at integer not null,
  primary key (tenant, mailbox, folder)
) strict;

CREATE TABLE "mw_mail_route" (
  tenant text not null,
  domain text not null,
  provider text not null,
  expires_at integer not null,
  primary key (tenant, domain)
) strict;

CREATE INDEX mw_mail_route_expired on "mw_mail_route" (tenant, expires_at);

CREATE TABLE "mw_mailbox" (
  tenant text not null,
  address text not null,
  sender_id text,
  mode text,
  mode_by text,
  mode_reason text,
  mode_until integer,
  updated_at integer not null,
  primary key (tenant, address),
  check (mode in ('read_only', 'gated_all', 'gated_send', 'monitored', 'autonomous'))
) strict;

CREATE TABLE "mw_message" (
  tenant text not null,
  id text not null,
  mailbox text not null,
  direction text not null check (direction in ('outbound', 'inbound')),
  thread_id text not null,
  internet_message_id text not null,
  in_reply_to text,
  parent_id text,
  reference_ids text not null,
  from_address text not null,
  from_name text,
  to_addresses text not null,
  cc_addresses text not null,
  bcc_addresses text not null,
  reply_to text,
  subject text not null,
  body text,
  text text not null,
  html text,
  new_text text,
  headers text not null,
  attachments text not null,
  category text check (category in ('marketing', 'transactional', 'conversational')),
  topic text,
  campaign text,
  variant text,
  template text,
  template_hash text,
  variables text,
  requested_mode text,
  send_at integer,
  agent text,
  on_behalf_of text,
  run text,
  revision integer not null,
  revises text,
  round integer not null,
  digest text,
  nonce text,
  decision text,
  policy_version text,
  policy_epoch integer not null,
  review_expires_at integer,
  review_warned integer not null check (review_warned in (0, 1)),
  quarantined integer not null check (quarantined in (0, 1)),
  auto_submitted integer not null check (auto_submitted in (0, 1)),
  inbound_facts text,
  created_at integer not null,
  updated_at integer not null, erased_at integer, decision_facts text, requested_category text, header_findings text, authenticated integer not null default 0
  check (authenticated in (0, 1)), in_sent_folder integer not null default 0
  check (in_sent_folder in (0, 1)),
  primary key (tenant, id)
) strict;

CREATE INDEX mw_message_by_mailbox on "mw_message"
(tenant, mailbox, direction, created_at, quarantined, in_sent_folder);

CREATE INDEX mw_message_by_parent on "mw_message" (tenant, parent_id)
where parent_id is not null;

CREATE INDEX mw_message_by_review on "mw_message" (tenant, review_expires_at)
where review_expires_at is not null;

CREATE INDEX mw_message_by_revises on "mw_message" (tenant, revises)
where revises is not null;

CREATE INDEX mw_message_by_sender
on "mw_message" (tenant, mailbox, lower(from_address));

CREATE INDEX mw_message_by_thread on "mw_message" (tenant, thread_id, created_at);

CREATE INDEX mw_message_to_warn on "mw_message" (tenant, review_expires_at)
where review_warned = 0 and review_expires_at is not null;

CREATE INDEX mw_message_unerased on "mw_message" (tenant, created_at)
where erased_at is null;

CREATE TABLE "mw_message_id_alias" (
  tenant text not null,
  mailbox text not null,
  internet_message_id text not null,
  message_id text not null,
  primary key (tenant, mailbox, internet_message_id),
  foreign key (tenant, message_id) references "mw_message" (tenant, id)
) strict;

CREATE INDEX mw_message_id_alias_by_message on "mw_message_id_alias" (tenant, message_id);

CREATE TABLE "mw_message_revision" (
  tenant text not null,
  message_id text not null,
  revision integer not null,
  content text not null,
  digest text not null,
  edited_by text not null,
  created_at integer not null,
  primary key (tenant, message_id, revision),
  foreign key (tenant, message_id) references "mw_message" (tenant, id)
) strict;

CREATE TABLE "mw_meta" (
  tenant text not null,
  "key" text not null,
  value text not null,
  primary key (tenant, "key")
) strict;

CREATE TABLE "mw_migration" (
  id integer primary key,
  name text not null,
  applied_at integer not null
) strict;

CREATE TABLE "mw_opt_in" (
  tenant text not null,
  id text not null,
  message_id text not null,
  canonical text not null,
  sender_id text not null,
  topics text not null,
  statement text not null,
  wording_version text not null,
  signup text not null,
  requested_at integer not null,
  expires_at integer not null,
  confirmed_at integer,
  consent_id text,
  primary key (tenant, id),
  unique (tenant, message_id)
) strict;

CREATE INDEX mw_opt_in_by_person on "mw_opt_in" (tenant, canonical);

CREATE TABLE "mw_pause" (
  tenant text not null,
  scope text not null check (
    scope in ('mailbox', 'campaign', 'agent', 'tenant', 'everything', 'restore')
  ),
  subject text not null,
  reason text not null,
  paused_by text not null,
  paused_at integer not null,
  resuming integer not null check (resuming in (0, 1)),
  primary key (tenant, scope, subject)
) strict;

CREATE TABLE "mw_preference" (
  tenant text not null,
  canonical text not null,
  key_id text not null,
  canonicalisation integer not null,
  sender_id text not null,
  declined_topics text not null,
  paused_until integer,
  max_count integer,
  max_days integer,
  updated_by text not null,
  updated_at integer not null, away_until integer,
  primary key (tenant, canonical, sender_id),
  check ((max_count is null) = (max_days is null))
) strict;

CREATE TABLE "mw_read_mark" (
  tenant text not null,
  message_id text not null,
  agent text not null,
  run text not null,
  read_at integer not null,
  primary key (tenant, message_id, agent, run)
) strict;

CREATE TABLE "mw_recipient_key" (
  tenant text not null,
  canonical text not null,
  key_id text not null,
  canonicalisation integer not null,
  created_at integer not null,
  primary key (tenant, canonical)
) strict;

CREATE TABLE "mw_refusal" (
  tenant text not null,
  id text not null,
  kind text not null check (kind in ('preference', 'withdrawal')),
  canonical text not null,
  key_id text not null,
  canonicalisation integer not null,
  sender_id text not null,
  purpose text not null,
  topics text not null,
  paused_until integer,
  max_count integer,
  max_days integer,
  refused_at integer not null,
  journaled integer not null,
  primary key (tenant, id)
) strict;

CREATE INDEX mw_refusal_by_person on "mw_refusal" (tenant, canonical);

CREATE INDEX mw_refusal_to_journal on "mw_refusal" (tenant, id)
where journaled = 0;

CREATE TABLE "mw_remembered" (
  tenant text not null,
  kind text not null check (kind in ('claim', 'fact', 'host')),
  value text not null,
  until integer not null,
  remembered_by text not null,
  message_id text not null,
  created_at integer not null,
  primary key (tenant, kind, value)
) strict;

CREATE TABLE "mw_reservation" (
  tenant text not null,
  id text not null,
  kind text not null,
  subject text not null,
  delivery_id text not null,
  at integer not null, "sender_id" text, "category" text, "topic" text, "campaign" text, places integer not null default 1,
  primary key (tenant, id)
) strict;

CREATE INDEX mw_reservation_by_delivery
on "mw_reservation" (tenant, delivery_id, kind);

CREATE INDEX mw_reservation_places
on "mw_reservation" (tenant, kind, subject, at, places);

CREATE TABLE "mw_review_member" (
  tenant text not null,
  view_id text not null,
  message_id text not null,
  review text not null,
  sampled integer not null check (sampled in (0, 1)),
  state text,
  code text,
  primary key (tenant, view_id, message_id),
  foreign key (tenant, view_id) references "mw_review_view" (tenant, id)
) strict;

CREATE TABLE "mw_review_outcome" (
  tenant text not null,
  rule text not null,
  code text not null,
  subject text not null,
  id text not null,
  outcome text not null check (outcome in ('approved', 'edited', 'rejected', 'expired')),
  mailbox text not null,
  category text not null,
  at integer not null,
  primary key (tenant, rule, code, subject)
) strict;

CREATE INDEX mw_review_outcome_latest on "mw_review_outcome" (tenant, rule, code, id);

CREATE TABLE "mw_review_view" (
  tenant text not null,
  id text not null,
  review_group text not null,
  reviewer text not null,
  member_count integer not null,
  sample_count integer not null,
  decision text check (decision in ('approve', 'reject')),
  shown_at integer not null,
  expires_at integer not null,
  primary key (tenant, id)
) strict;

CREATE INDEX mw_review_view_by_expiry on "mw_review_view" (tenant, expires_at);

CREATE TABLE "mw_rule_feedback" (
  tenant text not null,
  rule text not null,
  code text not null,
  reported integer not null check (reported in (0, 1)),
  primary key (tenant, rule, code)
) strict;

CREATE TABLE "mw_sender" (
  tenant text not null,
  id text not null,
  legal_name text not null,
  postal_address text not null,
  updated_at integer not null,
  primary key (tenant, id)
) strict;

CREATE TABLE "mw_sending_fact" (
  tenant text not null,
  domain text not null,
  provider text not null,
  fact text not null,
  value integer not null,
  recorded_at integer not null,
  primary key (tenant, domain, provider, fact)
) strict;

CREATE TABLE "mw_stop_request" (
  tenant text not null,
  id text not null,
  canonical text not null,
  sender_id text not null,
  mailbox text not null,
  message_id text not null,
  delivery_id text not null,
  asked_at integer not null,
  decision text check (decision in ('stop', 'continue')),
  decided_by text,
  decided_at integer,
  primary key (tenant, id)
) strict;

CREATE UNIQUE INDEX mw_stop_request_open on "mw_stop_request" (tenant, canonical, sender_id, message_id)
where decided_at is null;

CREATE TABLE "mw_suppression" (
  tenant text not null,
  id text not null,
  "match" text not null check ("match" in ('exact', 'canonical', 'domain')),
  hmac text not null,
  key_id text not null,
  canonicalisation integer not null,
  scope text not null check (scope in ('all', 'marketing') or scope like 'topic:_%'),
  sender_id text not null,
  reason text not null check (
    reason in ('unsubscribe', 'complaint', 'hard_bounce', 'manual', 'legal', 'erasure')
  ),
  source text not null,
  note text,
  created_at integer not null,
  lifted_at integer,
  lifted_by text,
  lift_reason text,
  journaled integer not null default 1, provider text, provisional_until integer,
  primary key (tenant, id)
) strict;

CREATE INDEX mw_suppression_by_hmac on "mw_suppression" (tenant, hmac);

CREATE INDEX mw_suppression_by_provider on "mw_suppression" (tenant, provider, created_at)
where provider is not null and lifted_at is null;

CREATE UNIQUE INDEX mw_suppression_once
on "mw_suppression" (tenant, "match", hmac, scope, sender_id, reason)
where lifted_at is null;

CREATE INDEX mw_suppression_provisional on "mw_suppression" (tenant, provisional_until)
where provisional_until is not null and lifted_at is null;

CREATE INDEX mw_suppression_to_journal on "mw_suppression" (tenant, id)
where journaled = 0;

CREATE TABLE "mw_tag" (
  tenant text not null,
  subject_kind text not null check (subject_kind in ('contact', 'message')),
  subject_id text not null,
  tag text not null,
  owner text not null,
  created_at integer not null,
  expires_at integer,
  primary key (tenant, subject_kind, subject_id, tag)
) strict;

CREATE INDEX mw_tag_by_tag on "mw_tag" (tenant, subject_kind, tag, subject_id);

CREATE TABLE "mw_template_approval" (
  tenant text not null,
  template text not null,
  hash text not null,
  approved_by text not null,
  approved_at integer not null,
  primary key (tenant, template)
) strict;

CREATE TABLE "mw_throttle" (
  tenant text not null,
  bucket text not null,
  tat integer not null,
  queue_end integer not null,
  slow_level integer not null default 0,
  slow_since integer not null default 0,
  slow_until integer not null default 0,
  idle_at integer not null,
  primary key (tenant, bucket)
) strict;

CREATE INDEX mw_throttle_idle on "mw_throttle" (tenant, idle_at);

CREATE INDEX mw_throttle_slow on "mw_throttle" (tenant, slow_until);

CREATE TABLE "mw_told_deadline" (
  tenant text not null,
  deal text not null,
  ends_at integer not null,
  told_at integer not null,
  primary key (tenant, deal, ends_at)
) strict;

CREATE TABLE "mw_webhook_count" (
  tenant text not null,
  provider text not null,
  day integer not null,
  done integer not null,
  repeated integer not null,
  foreign_events integer not null,
  last_at integer not null,
  primary key (tenant, provider, day)
) strict;

CREATE TABLE "mw_webhook_event" (
  tenant text not null,
  provider text not null,
  event_id text not null,
  digest text not null,
  received_at integer not null,
  primary key (tenant, provider, event_id)
) strict;

CREATE INDEX mw_webhook_event_by_time on "mw_webhook_event" (tenant, received_at);
