import type { Millis } from './columns.ts';

/** What a reviewer vouched for while approving, until it expires. */
export interface RememberedTable {
  tenant: string;
  kind: 'claim' | 'fact' | 'host';
  /** As it is compared: lower case, single spaces. */
  value: string;
  until: Millis;
  /** The reviewer. */
  remembered_by: string;
  /** The message that they approved. */
  message_id: string;
  created_at: Millis;
}

/** An end of an offer that a message on its way out has named. */
export interface ToldDeadlineTable {
  tenant: string;
  /** The offer's terms, whatever its id: RFC 8785 JSON of percent, price and code. */
  deal: string;
  ends_at: Millis;
  told_at: Millis;
}
