import type { SendingFactName } from '../../policy/providers/mailbox-provider.ts';
import type { Millis } from './columns.ts';

/** What was found out about a domain that mail is sent from: one row per fact, the newest. */
export interface SendingFactTable {
  tenant: string;
  /** The primary domain. */
  domain: string;
  /** The mailbox provider that it is about; empty: the domain itself. */
  provider: string;
  fact: SendingFactName;
  /** 0 or 1; of `spamRate` messages per million. */
  value: number;
  /** When it was found out. */
  recorded_at: Millis;
}
