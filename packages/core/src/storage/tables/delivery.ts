import type { Insertable, Selectable, Updateable } from 'kysely';
import type { DeliveryState } from '../../deliveries/delivery-state.ts';
import type { ReplyReason } from '../../transport/reply-reasons.ts';
import type { Flag, Generated, Json, Millis } from './columns.ts';

/** One message to one recipient: the work list and the account of every candidate. */
export interface DeliveryTable {
  tenant: string;
  id: string;
  message_id: string;
  mailbox: string;
  sender_id: string;
  recipient: string;
  recipient_exact: string;
  recipient_canonical: string;
  field: 'to' | 'cc' | 'bcc';
  state: DeliveryState;
  reason_code: string;
  reason: string;
  category: 'marketing' | 'transactional' | 'conversational';
  topic: string | null;
  campaign: string | null;
  /** Variant and template within the campaign; null on a delivery without one. */
  step: string | null;
  due_at: Millis;
  /** 1 while held for a cause that can pass by itself: looked at again at `due_at`, never ended by time. */
  parked: Generated<Flag>;
  /** Never decreases; a new claim takes the next number. */
  fence: number;
  lease_until: Millis | null;
  lease_owner: string | null;
  attempts: number;
  /** First time a worker tried; the Date field and the retry limit count from here. */
  first_attempt_at: Millis | null;
  idempotency_key: string | null;
  idempotency_kind: 'caller' | 'derived' | null;
  idempotency_expires_at: Millis | null;
  request_digest: string;
  content_fingerprint: string;
  /** Legal basis and wording version that the delivery went out on. */
  basis: string | null;
  wording_version: string | null;
  policy_epoch: number;
  /** 1 when this recipient had never been written to from this mailbox. */
  first_contact: Flag;
  sent_at: Millis | null;
  delivered_at: Millis | null;
  bounced_at: Millis | null;
  complained_at: Millis | null;
  unsubscribed_at: Millis | null;
  replied_at: Millis | null;
  created_at: Millis;
  updated_at: Millis;
  /** The missing fact that a held delivery waits for. */
  fact_task_id: string | null;
  /** Who goes first when two wait for one place under a frequency cap: the higher one; 0 to 9. */
  priority: Generated<number>;
  /** While held: what it is decided together with; the end of it names the content's shape. */
  review_group: Generated<string | null>;
  /** Why it failed for this recipient, by the SMTP answer or a report. */
  failure_code: Generated<ReplyReason | null>;
  /** The delivery that ended unknown, when this one is to make sure. */
  resend_of: Generated<string | null>;
  /** Of a resend: the newest approval that does not cover it, nor does any before. */
  spent_approval: Generated<string | null>;
  /** When a copy is to be put into the Sent folder, or tried again; null: there is nothing to do. */
  copy_due_at: Generated<Millis | null>;
}
export type Delivery = Selectable<DeliveryTable>;
export type NewDelivery = Insertable<DeliveryTable>;
export type DeliveryUpdate = Updateable<DeliveryTable>;

/** One SMTP try; written before the socket, completed after it. */
export interface AttemptTable {
  tenant: string;
  id: string;
  delivery_id: string;
  number: number;
  fence: number;
  worker: string;
  started_at: Millis;
  ended_at: Millis | null;
  phase: string | null;
  outcome: string | null;
  host: string | null;
  reply_code: number | null;
  reply_enhanced: string | null;
  reply_text: string | null;
  bytes_sha256: string;
}
export type Attempt = Selectable<AttemptTable>;

/** What a claim took from a rolling limit, or a request from an agent's budget. */
export interface ReservationTable {
  tenant: string;
  id: string;
  /** What is limited, e.g. `sends:mailbox` or `sends:run`. */
  kind: string;
  subject: string;
  /** Empty where one row stands for the deliveries of a batch. */
  delivery_id: string;
  at: Millis;
  /** How many places it takes. */
  places: Generated<number>;
  /** Of `wire:recipient` rows: what frequency caps tell mail apart by. */
  sender_id: string | null;
  category: string | null;
  topic: string | null;
  campaign: string | null;
}

/** A person's decision on exactly one revision. */
export interface ApprovalTable {
  tenant: string;
  id: string;
  message_id: string;
  revision: number;
  digest: string;
  decision: 'approve' | 'reject';
  reason: string | null;
  decided_by: string;
  decided_at: Millis;
  expires_at: Millis;
  /** When the approval queued its message; an approval is consumed once. */
  consumed_at: Millis | null;
  /** The `look` findings that the person was shown: JSON list of { rule, code, evidenceHash }. */
  discharges: Json;
}
export type Approval = Selectable<ApprovalTable>;
