import type { Selectable } from 'kysely';
import type { Flag, Generated, Millis } from './columns.ts';

/** One look of one reviewer at a group; carries one decision. */
export interface ReviewViewTable {
  tenant: string;
  /** uuidv7; also the review token. */
  id: string;
  review_group: string;
  reviewer: string;
  member_count: number;
  sample_count: number;
  /** What was decided with it; set once. */
  decision: Generated<'approve' | 'reject' | null>;
  shown_at: Millis;
  expires_at: Millis;
}
export type ReviewViewRow = Selectable<ReviewViewTable>;

/** A message that belonged to the group when the reviewer looked, as it was then. */
export interface ReviewMemberTable {
  tenant: string;
  view_id: string;
  message_id: string;
  /** Names the revision, digest and open findings. */
  review: string;
  /** Its content was shown. */
  sampled: Flag;
  /** What became of it by the decision on the group; null: nothing yet. */
  state: Generated<string | null>;
  code: Generated<string | null>;
}
export type ReviewMember = Selectable<ReviewMemberTable>;

/** How one hold ended with people: one row per rule, code and decision. */
export interface ReviewOutcomeTable {
  tenant: string;
  rule: string;
  code: string;
  /** The message, or the look at a group, that was decided on. */
  subject: string;
  /** uuidv7: the order. */
  id: string;
  outcome: 'approved' | 'edited' | 'rejected' | 'expired';
  mailbox: string;
  category: string;
  at: Millis;
}

/** Rules whose holds ended with people, and whether that has been reported. */
export interface RuleFeedbackTable {
  tenant: string;
  rule: string;
  code: string;
  reported: Flag;
}
