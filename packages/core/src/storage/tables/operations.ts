import type { Selectable } from 'kysely';
import type { PauseScope } from '../../pauses/pause-scope.ts';
import type { Flag, Generated, Json, Millis } from './columns.ts';

/** Small facts about the database itself: key fingerprint, policy epoch, cursors. */
export interface MetaTable {
  tenant: string;
  key: string;
  value: string;
}

/** A legal entity with its postal address. */
export interface SenderTable {
  tenant: string;
  id: string;
  legal_name: string;
  postal_address: string;
  updated_at: Millis;
}

/** What people changed about a mailbox at run time; the code owns the rest. */
export interface MailboxTable {
  tenant: string;
  address: string;
  sender_id: string | null;
  /** Current mode, never looser than the code's ceiling; null means as the code says. */
  mode: string | null;
  mode_by: string | null;
  mode_reason: string | null;
  mode_until: Millis | null;
  updated_at: Millis;
}
export type MailboxRow = Selectable<MailboxTable>;

/** What sends nothing for now; the row of everything has the tenant `EVERY_TENANT`. */
export interface PauseTable {
  tenant: string;
  scope: PauseScope;
  /** An address, a campaign's name, an agent's id; else empty. */
  subject: string;
  reason: string;
  paused_by: string;
  paused_at: Millis;
  /** 1: no longer in force, and what waited for it is being woken. */
  resuming: Flag;
}
export type PauseRow = Selectable<PauseTable>;

/** Which hash of a template a person approved. */
export interface TemplateApprovalTable {
  tenant: string;
  template: string;
  hash: string;
  approved_by: string;
  approved_at: Millis;
}

/** Everything that happened: ids and codes, no personal data. */
export interface EventTable {
  tenant: string;
  seq: Generated<number>;
  /** PostgreSQL: pg_current_xact_id(); readers stop below the oldest open one. SQLite: 0. */
  xact: Generated<number>;
  id: string;
  at: Millis;
  type: string;
  mailbox: string | null;
  message_id: string | null;
  delivery_id: string | null;
  actor: string;
  data: Json;
}
export type EventRow = Selectable<EventTable>;
