-- Made by the migrations; `vitest run packages/core/src/storage -u` writes it anew.

create table mailwarden.address_failure (
  tenant text not null,
  provider text not null,
  hour bigint not null,
  failures integer not null,
  PRIMARY KEY (tenant, provider, hour)
);

create table mailwarden.approval (
  tenant text not null,
  id text not null,
  message_id text not null,
  revision integer not null,
  digest text not null,
  decision text not null,
  reason text,
  decided_by text not null,
  decided_at bigint not null,
  expires_at bigint not null,
  consumed_at bigint,
  discharges text not null,
  PRIMARY KEY (tenant, id),
  CHECK ((decision = ANY (ARRAY['approve'::text, 'reject'::text]))),
  FOREIGN KEY (tenant, message_id) REFERENCES mailwarden.message(tenant, id)
);

CREATE INDEX mw_approval_by_message ON mailwarden.approval USING btree (tenant, message_id);

create table mailwarden.attempt (
  tenant text not null,
  id text not null,
  delivery_id text not null,
  number integer not null,
  fence integer not null,
  worker text not null,
  started_at bigint not null,
  ended_at bigint,
  phase text,
  outcome text,
  host text,
  reply_code integer,
  reply_enhanced text,
  reply_text text,
  bytes_sha256 text not null,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, delivery_id) REFERENCES mailwarden.delivery(tenant, id),
  UNIQUE (tenant, delivery_id, number)
);

create table mailwarden.audit_detail (
  tenant text not null,
  event_id text not null,
  person text,
  salt text,
  details text,
  hmac text not null,
  PRIMARY KEY (tenant, event_id),
  CHECK (((salt IS NULL) = (details IS NULL)))
);

CREATE INDEX mw_audit_detail_by_person ON mailwarden.audit_detail USING btree (tenant, person) WHERE (details IS NOT NULL);

create table mailwarden.audit_entry (
  tenant text not null,
  place bigint not null,
  event_id text not null,
  entry text not null,
  PRIMARY KEY (tenant, place),
  UNIQUE (tenant, event_id)
);

create table mailwarden.audit_seal (
  tenant text not null,
  number bigint not null,
  first_place bigint not null,
  entry_count integer not null,
  root text not null,
  previous text not null,
  head text not null,
  sealed_at bigint not null,
  key_id text not null,
  public_key text not null,
  signature text not null,
  leaves text not null,
  PRIMARY KEY (tenant, number),
  CHECK ((entry_count > 0))
);

create table mailwarden.chunk (
  tenant text not null,
  owner_id text not null,
  seq integer not null,
  data bytea not null,
  PRIMARY KEY (tenant, owner_id, seq),
  CHECK ((length(data) <= 262144))
);

create table mailwarden.consent (
  tenant text not null,
  id text not null,
  canonical text not null,
  key_id text not null,
  canonicalisation integer not null,
  sender_id text not null,
  purpose text not null,
  topics text not null,
  kind text not null,
  basis text,
  limbs text,
  balancing text,
  wording_version text,
  evidence text not null,
  obtained_at bigint not null,
  expires_at bigint,
  reported_by text not null,
  on_behalf_of text,
  recorded_at bigint not null,
  confirmed_by text,
  confirmed_at bigint,
  PRIMARY KEY (tenant, id),
  CHECK (((kind = 'grant'::text) = (basis IS NOT NULL))),
  CHECK ((kind = ANY (ARRAY['grant'::text, 'withdrawal'::text])))
);

CREATE INDEX mw_consent_by_person ON mailwarden.consent USING btree (tenant, canonical);

CREATE INDEX mw_consent_reported ON mailwarden.consent USING btree (tenant, recorded_at, id) WHERE (confirmed_at IS NULL);

create table mailwarden.contact (
  tenant text not null,
  id text not null,
  address text not null,
  exact text not null,
  canonical text not null,
  name text,
  attributes text not null,
  created_at bigint not null,
  updated_at bigint not null,
  country text,
  region text,
  time_zone text,
  source text,
  provenance text,
  kind text,
  PRIMARY KEY (tenant, id),
  CHECK ((kind = ANY (ARRAY['individual'::text, 'sole_trader'::text, 'company_person'::text, 'role'::text]))),
  UNIQUE (tenant, exact)
);

CREATE INDEX mw_contact_by_canonical ON mailwarden.contact USING btree (tenant, canonical);

CREATE INDEX mw_contact_by_source ON mailwarden.contact USING btree (tenant, source, id) WHERE (source IS NOT NULL);

create table mailwarden.contact_import (
  tenant text not null,
  id text not null,
  source text not null,
  digest text not null,
  read_rows bigint not null,
  added bigint not null,
  changed bigint not null,
  unchanged bigint not null,
  failed bigint not null,
  suppressed bigint not null,
  consents bigint not null,
  started_at bigint not null,
  updated_at bigint not null,
  finished_at bigint,
  PRIMARY KEY (tenant, id)
);

create table mailwarden.delivery (
  tenant text not null,
  id text not null,
  message_id text not null,
  mailbox text not null,
  sender_id text not null,
  recipient text not null,
  recipient_exact text not null,
  recipient_canonical text not null,
  field text not null,
  state text not null,
  reason_code text not null,
  reason text not null,
  category text not null,
  topic text,
  campaign text,
  due_at bigint not null,
  parked integer not null default 0,
  fence integer not null,
  lease_until bigint,
  lease_owner text,
  attempts integer not null,
  first_attempt_at bigint,
  idempotency_key text,
  idempotency_kind text,
  idempotency_expires_at bigint,
  request_digest text not null,
  content_fingerprint text not null,
  basis text,
  wording_version text,
  policy_epoch integer not null,
  first_contact integer not null,
  sent_at bigint,
  delivered_at bigint,
  bounced_at bigint,
  complained_at bigint,
  unsubscribed_at bigint,
  replied_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  fact_task_id text,
  priority integer not null default 5,
  review_group text,
  step text,
  resend_of text,
  spent_approval text,
  failure_code text,
  copy_due_at bigint,
  PRIMARY KEY (tenant, id),
  CHECK ((category = ANY (ARRAY['marketing'::text, 'transactional'::text, 'conversational'::text]))),
  CHECK (((state <> ALL (ARRAY['claimed'::text, 'sending'::text])) OR (lease_until IS NOT NULL))),
  CHECK ((field = ANY (ARRAY['to'::text, 'cc'::text, 'bcc'::text]))),
  CHECK ((first_contact = ANY (ARRAY[0, 1]))),
  CHECK ((idempotency_kind = ANY (ARRAY['caller'::text, 'derived'::text]))),
  CHECK ((parked = ANY (ARRAY[0, 1]))),
  CHECK ((state = ANY (ARRAY['held'::text, 'queued'::text, 'claimed'::text, 'sending'::text, 'sent'::text, 'deferred'::text, 'unknown'::text, 'blocked'::text, 'rejected'::text, 'failed'::text, 'expired'::text, 'cancelled'::text]))),
  FOREIGN KEY (tenant, message_id) REFERENCES mailwarden.message(tenant, id)
);

CREATE INDEX mw_delivery_by_campaign ON mailwarden.delivery USING btree (tenant, campaign) WHERE (campaign IS NOT NULL);

CREATE INDEX mw_delivery_by_content ON mailwarden.delivery USING btree (tenant, mailbox, recipient_canonical, content_fingerprint, created_at);

CREATE INDEX mw_delivery_by_fact_task ON mailwarden.delivery USING btree (tenant, fact_task_id) WHERE (fact_task_id IS NOT NULL);

CREATE INDEX mw_delivery_by_lease ON mailwarden.delivery USING btree (tenant, state, lease_until) WHERE (lease_until IS NOT NULL);

CREATE INDEX mw_delivery_by_message ON mailwarden.delivery USING btree (tenant, message_id);

CREATE INDEX mw_delivery_by_recipient ON mailwarden.delivery USING btree (tenant, recipient_canonical, state) WHERE (fact_task_id IS NOT NULL);

CREATE INDEX mw_delivery_by_review_group ON mailwarden.delivery USING btree (tenant, mailbox, review_group, message_id) WHERE ((state = 'held'::text) AND (review_group IS NOT NULL));

CREATE INDEX mw_delivery_campaign_sent ON mailwarden.delivery USING btree (tenant, campaign, step) WHERE ((campaign IS NOT NULL) AND (state = 'sent'::text));

CREATE INDEX mw_delivery_copy ON mailwarden.delivery USING btree (tenant, mailbox, copy_due_at) WHERE (copy_due_at IS NOT NULL);

CREATE INDEX mw_delivery_due ON mailwarden.delivery USING btree (tenant, state, due_at, id);

CREATE INDEX mw_delivery_paused ON mailwarden.delivery USING btree (tenant, reason_code, id) WHERE ((state = 'deferred'::text) AND (reason_code = ANY (ARRAY['MAILBOX_PAUSED'::text, 'CAMPAIGN_PAUSED'::text, 'AGENT_PAUSED'::text, 'TENANT_PAUSED'::text, 'EVERYTHING_PAUSED'::text, 'RESTORE_PAUSED'::text])));

CREATE INDEX mw_delivery_waiting ON mailwarden.delivery USING btree (tenant, recipient_canonical, due_at) WHERE ((state || ''::text) = ANY (ARRAY['queued'::text, 'deferred'::text]));

CREATE UNIQUE INDEX mw_delivery_idempotency ON mailwarden.delivery USING btree (tenant, mailbox, recipient_exact, idempotency_key) WHERE (idempotency_key IS NOT NULL);

CREATE UNIQUE INDEX mw_delivery_resend ON mailwarden.delivery USING btree (tenant, resend_of) WHERE (resend_of IS NOT NULL);

create table mailwarden.erasure (
  tenant text not null,
  canonical text not null,
  id text not null,
  key_id text not null,
  canonicalisation integer not null,
  reason text not null,
  requested_at bigint not null,
  finished_at bigint,
  PRIMARY KEY (tenant, canonical)
);

CREATE INDEX mw_erasure_unfinished ON mailwarden.erasure USING btree (tenant, requested_at) WHERE (finished_at IS NULL);

create table mailwarden.event (
  seq bigint not null generated by default as identity,
  tenant text not null,
  xact bigint not null default ((pg_current_xact_id())::text)::bigint,
  id text not null,
  at bigint not null,
  type text not null,
  mailbox text,
  message_id text,
  delivery_id text,
  actor text not null,
  data text not null,
  PRIMARY KEY (seq)
);

CREATE INDEX mw_event_by_delivery ON mailwarden.event USING btree (tenant, delivery_id, seq) WHERE (delivery_id IS NOT NULL);

CREATE INDEX mw_event_by_seq ON mailwarden.event USING btree (tenant, xact, seq);

CREATE INDEX mw_event_of_message ON mailwarden.event USING btree (tenant, message_id) WHERE ((message_id IS NOT NULL) AND (delivery_id IS NULL));

create table mailwarden.fact_task (
  tenant text not null,
  id text not null,
  source text not null,
  fact text not null,
  state text not null,
  answer text,
  opened_at bigint not null,
  answered_by text,
  answered_at bigint,
  PRIMARY KEY (tenant, id),
  CHECK ((fact = ANY (ARRAY['country'::text, 'consent'::text]))),
  CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text]))),
  UNIQUE (tenant, source, fact)
);

create table mailwarden.folder (
  tenant text not null,
  mailbox text not null,
  folder text not null,
  uid_validity text not null,
  last_uid bigint not null,
  updated_at bigint not null,
  PRIMARY KEY (tenant, mailbox, folder)
);

create table mailwarden.mail_route (
  tenant text not null,
  domain text not null,
  provider text not null,
  expires_at bigint not null,
  PRIMARY KEY (tenant, domain)
);

CREATE INDEX mw_mail_route_expired ON mailwarden.mail_route USING btree (tenant, expires_at);

create table mailwarden.mailbox (
  tenant text not null,
  address text not null,
  sender_id text,
  mode text,
  mode_by text,
  mode_reason text,
  mode_until bigint,
  updated_at bigint not null,
  PRIMARY KEY (tenant, address),
  CHECK ((mode = ANY (ARRAY['read_only'::text, 'gated_all'::text, 'gated_send'::text, 'monitored'::text, 'autonomous'::text])))
);

create table mailwarden.message (
  tenant text not null,
  id text not null,
  mailbox text not null,
  direction text not null,
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
  category text,
  topic text,
  campaign text,
  variant text,
  template text,
  template_hash text,
  variables text,
  requested_mode text,
  send_at bigint,
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
  review_expires_at bigint,
  review_warned integer not null,
  quarantined integer not null,
  auto_submitted integer not null,
  inbound_facts text,
  created_at bigint not null,
  updated_at bigint not null,
  erased_at bigint,
  decision_facts text,
  requested_category text,
  header_findings text,
  authenticated integer not null default 0,
  in_sent_folder integer not null default 0,
  PRIMARY KEY (tenant, id),
  CHECK ((authenticated = ANY (ARRAY[0, 1]))),
  CHECK ((auto_submitted = ANY (ARRAY[0, 1]))),
  CHECK ((category = ANY (ARRAY['marketing'::text, 'transactional'::text, 'conversational'::text]))),
  CHECK ((direction = ANY (ARRAY['outbound'::text, 'inbound'::text]))),
  CHECK ((in_sent_folder = ANY (ARRAY[0, 1]))),
  CHECK ((quarantined = ANY (ARRAY[0, 1]))),
  CHECK ((review_warned = ANY (ARRAY[0, 1])))
);

CREATE INDEX mw_message_by_mailbox ON mailwarden.message USING btree (tenant, mailbox, direction, created_at, quarantined, in_sent_folder);

CREATE INDEX mw_message_by_parent ON mailwarden.message USING btree (tenant, parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX mw_message_by_review ON mailwarden.message USING btree (tenant, review_expires_at) WHERE (review_expires_at IS NOT NULL);

CREATE INDEX mw_message_by_revises ON mailwarden.message USING btree (tenant, revises) WHERE (revises IS NOT NULL);

CREATE INDEX mw_message_by_sender ON mailwarden.message USING btree (tenant, mailbox, lower(from_address));

CREATE INDEX mw_message_by_thread ON mailwarden.message USING btree (tenant, thread_id, created_at);

CREATE INDEX mw_message_to_warn ON mailwarden.message USING btree (tenant, review_expires_at) WHERE ((review_warned = 0) AND (review_expires_at IS NOT NULL));

CREATE INDEX mw_message_unerased ON mailwarden.message USING btree (tenant, created_at) WHERE (erased_at IS NULL);

create table mailwarden.message_id_alias (
  tenant text not null,
  mailbox text not null,
  internet_message_id text not null,
  message_id text not null,
  PRIMARY KEY (tenant, mailbox, internet_message_id),
  FOREIGN KEY (tenant, message_id) REFERENCES mailwarden.message(tenant, id)
);

CREATE INDEX mw_message_id_alias_by_message ON mailwarden.message_id_alias USING btree (tenant, message_id);

create table mailwarden.message_revision (
  tenant text not null,
  message_id text not null,
  revision integer not null,
  content text not null,
  digest text not null,
  edited_by text not null,
  created_at bigint not null,
  PRIMARY KEY (tenant, message_id, revision),
  FOREIGN KEY (tenant, message_id) REFERENCES mailwarden.message(tenant, id)
);

create table mailwarden.meta (
  tenant text not null,
  key text not null,
  value text not null,
  PRIMARY KEY (tenant, key)
);

create table mailwarden.migration (
  id integer not null,
  name text not null,
  applied_at bigint not null,
  PRIMARY KEY (id)
);

create table mailwarden.opt_in (
  tenant text not null,
  id text not null,
  message_id text not null,
  canonical text not null,
  sender_id text not null,
  topics text not null,
  statement text not null,
  wording_version text not null,
  signup text not null,
  requested_at bigint not null,
  expires_at bigint not null,
  confirmed_at bigint,
  consent_id text,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, message_id)
);

CREATE INDEX mw_opt_in_by_person ON mailwarden.opt_in USING btree (tenant, canonical);

create table mailwarden.pause (
  tenant text not null,
  scope text not null,
  subject text not null,
  reason text not null,
  paused_by text not null,
  paused_at bigint not null,
  resuming integer not null,
  PRIMARY KEY (tenant, scope, subject),
  CHECK ((resuming = ANY (ARRAY[0, 1]))),
  CHECK ((scope = ANY (ARRAY['mailbox'::text, 'campaign'::text, 'agent'::text, 'tenant'::text, 'everything'::text, 'restore'::text])))
);

create table mailwarden.preference (
  tenant text not null,
  canonical text not null,
  key_id text not null,
  canonicalisation integer not null,
  sender_id text not null,
  declined_topics text not null,
  paused_until bigint,
  max_count integer,
  max_days integer,
  updated_by text not null,
  updated_at bigint not null,
  away_until bigint,
  PRIMARY KEY (tenant, canonical, sender_id),
  CHECK (((max_count IS NULL) = (max_days IS NULL)))
);

create table mailwarden.read_mark (
  tenant text not null,
  message_id text not null,
  agent text not null,
  run text not null,
  read_at bigint not null,
  PRIMARY KEY (tenant, message_id, agent, run)
);

create table mailwarden.recipient_key (
  tenant text not null,
  canonical text not null,
  key_id text not null,
  canonicalisation integer not null,
  created_at bigint not null,
  PRIMARY KEY (tenant, canonical)
);

create table mailwarden.refusal (
  tenant text not null,
  id text not null,
  kind text not null,
  canonical text not null,
  key_id text not null,
  canonicalisation integer not null,
  sender_id text not null,
  purpose text not null,
  topics text not null,
  paused_until bigint,
  max_count integer,
  max_days integer,
  refused_at bigint not null,
  journaled integer not null,
  PRIMARY KEY (tenant, id),
  CHECK ((kind = ANY (ARRAY['preference'::text, 'withdrawal'::text])))
);

CREATE INDEX mw_refusal_by_person ON mailwarden.refusal USING btree (tenant, canonical);

CREATE INDEX mw_refusal_to_journal ON mailwarden.refusal USING btree (tenant, id) WHERE (journaled = 0);

create table mailwarden.remembered (
  tenant text not null,
  kind text not null,
  value text not null,
  until bigint not null,
  remembered_by text not null,
  message_id text not null,
  created_at bigint not null,
  PRIMARY KEY (tenant, kind, value),
  CHECK ((kind = ANY (ARRAY['claim'::text, 'fact'::text, 'host'::text])))
);

create table mailwarden.reservation (
  tenant text not null,
  id text not null,
  kind text not null,
  subject text not null,
  delivery_id text not null,
  at bigint not null,
  sender_id text,
  category text,
  topic text,
  campaign text,
  places integer not null default 1,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX mw_reservation_by_delivery ON mailwarden.reservation USING btree (tenant, delivery_id, kind);

CREATE INDEX mw_reservation_places ON mailwarden.reservation USING btree (tenant, kind, subject, at, places);

create table mailwarden.review_member (
  tenant text not null,
  view_id text not null,
  message_id text not null,
  review text not null,
  sampled integer not null,
  state text,
  code text,
  PRIMARY KEY (tenant, view_id, message_id),
  CHECK ((sampled = ANY (ARRAY[0, 1]))),
  FOREIGN KEY (tenant, view_id) REFERENCES mailwarden.review_view(tenant, id)
);

create table mailwarden.review_outcome (
  tenant text not null,
  rule text not null,
  code text not null,
  subject text not null,
  id text not null,
  outcome text not null,
  mailbox text not null,
  category text not null,
  at bigint not null,
  PRIMARY KEY (tenant, rule, code, subject),
  CHECK ((outcome = ANY (ARRAY['approved'::text, 'edited'::text, 'rejected'::text, 'expired'::text])))
);

CREATE INDEX mw_review_outcome_latest ON mailwarden.review_outcome USING btree (tenant, rule, code, id);

create table mailwarden.review_view (
  tenant text not null,
  id text not null,
  review_group text not null,
  reviewer text not null,
  member_count integer not null,
  sample_count integer not null,
  decision text,
  shown_at bigint not null,
  expires_at bigint not null,
  PRIMARY KEY (tenant, id),
  CHECK ((decision = ANY (ARRAY['approve'::text, 'reject'::text])))
);

CREATE INDEX mw_review_view_by_expiry ON mailwarden.review_view USING btree (tenant, expires_at);

create table mailwarden.rule_feedback (
  tenant text not null,
  rule text not null,
  code text not null,
  reported integer not null,
  PRIMARY KEY (tenant, rule, code),
  CHECK ((reported = ANY (ARRAY[0, 1])))
);

create table mailwarden.sender (
  tenant text not null,
  id text not null,
  legal_name text not null,
  postal_address text not null,
  updated_at bigint not null,
  PRIMARY KEY (tenant, id)
);

create table mailwarden.sending_fact (
  tenant text not null,
  domain text not null,
  provider text not null,
  fact text not null,
  value integer not null,
  recorded_at bigint not null,
  PRIMARY KEY (tenant, domain, provider, fact)
);

create table mailwarden.stop_request (
  tenant text not null,
  id text not null,
  canonical text not null,
  sender_id text not null,
  mailbox text not null,
  message_id text not null,
  delivery_id text not null,
  asked_at bigint not null,
  decision text,
  decided_by text,
  decided_at bigint,
  PRIMARY KEY (tenant, id),
  CHECK ((decision = ANY (ARRAY['stop'::text, 'continue'::text])))
);

CREATE UNIQUE INDEX mw_stop_request_open ON mailwarden.stop_request USING btree (tenant, canonical, sender_id, message_id) WHERE (decided_at IS NULL);

create table mailwarden.suppression (
  tenant text not null,
  id text not null,
  match text not null,
  hmac text not null,
  key_id text not null,
  canonicalisation integer not null,
  scope text not null,
  sender_id text not null,
  reason text not null,
  source text not null,
  note text,
  created_at bigint not null,
  lifted_at bigint,
  lifted_by text,
  lift_reason text,
  journaled integer not null default 1,
  provider text,
  provisional_until bigint,
  PRIMARY KEY (tenant, id),
  CHECK ((match = ANY (ARRAY['exact'::text, 'canonical'::text, 'domain'::text]))),
  CHECK ((reason = ANY (ARRAY['unsubscribe'::text, 'complaint'::text, 'hard_bounce'::text, 'manual'::text, 'legal'::text, 'erasure'::text]))),
  CHECK (((scope = ANY (ARRAY['all'::text, 'marketing'::text])) OR (scope ~~ 'topic:_%'::text)))
);

CREATE INDEX mw_suppression_by_hmac ON mailwarden.suppression USING btree (tenant, hmac);

CREATE INDEX mw_suppression_by_provider ON mailwarden.suppression USING btree (tenant, provider, created_at) WHERE ((provider IS NOT NULL) AND (lifted_at IS NULL));

CREATE INDEX mw_suppression_provisional ON mailwarden.suppression USING btree (tenant, provisional_until) WHERE ((provisional_until IS NOT NULL) AND (lifted_at IS NULL));

CREATE INDEX mw_suppression_to_journal ON mailwarden.suppression USING btree (tenant, id) WHERE (journaled = 0);

CREATE UNIQUE INDEX mw_suppression_once ON mailwarden.suppression USING btree (tenant, match, hmac, scope, sender_id, reason) WHERE (lifted_at IS NULL);

create table mailwarden.tag (
  tenant text not null,
  subject_kind text not null,
  subject_id text not null,
  tag text not null,
  owner text not null,
  created_at bigint not null,
  expires_at bigint,
  PRIMARY KEY (tenant, subject_kind, subject_id, tag),
  CHECK ((subject_kind = ANY (ARRAY['contact'::text, 'message'::text])))
);

CREATE INDEX mw_tag_by_tag ON mailwarden.tag USING btree (tenant, subject_kind, tag, subject_id);

create table mailwarden.template_approval (
  tenant text not null,
  template text not null,
  hash text not null,
  approved_by text not null,
  approved_at bigint not null,
  PRIMARY KEY (tenant, template)
);

create table mailwarden.throttle (
  tenant text not null,
  bucket text not null,
  tat bigint not null,
  queue_end bigint not null,
  slow_level integer not null default 0,
  slow_since bigint not null default 0,
  slow_until bigint not null default 0,
  idle_at bigint not null,
  PRIMARY KEY (tenant, bucket)
);

CREATE INDEX mw_throttle_idle ON mailwarden.throttle USING btree (tenant, idle_at);

CREATE INDEX mw_throttle_slow ON mailwarden.throttle USING btree (tenant, slow_until);

create table mailwarden.told_deadline (
  tenant text not null,
  deal text not null,
  ends_at bigint not null,
  told_at bigint not null,
  PRIMARY KEY (tenant, deal, ends_at)
);

create table mailwarden.webhook_count (
  tenant text not null,
  provider text not null,
  day bigint not null,
  done integer not null,
  repeated integer not null,
  foreign_events integer not null,
  last_at bigint not null,
  PRIMARY KEY (tenant, provider, day)
);

create table mailwarden.webhook_event (
  tenant text not null,
  provider text not null,
  event_id text not null,
  digest text not null,
  received_at bigint not null,
  PRIMARY KEY (tenant, provider, event_id)
);

CREATE INDEX mw_webhook_event_by_time ON mailwarden.webhook_event USING btree (tenant, received_at);
