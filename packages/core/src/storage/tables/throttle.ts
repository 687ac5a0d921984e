import type { Selectable } from 'kysely';
import type { Generated, Millis } from './columns.ts';

/** How far a mailbox, a recipient domain or a provider is with what it may send or get. */
export interface ThrottleTable {
  tenant: string;
  /** Scope and name, e.g. `domain:example.com`. */
  bucket: string;
  /** Theoretical arrival time, epoch µs. */
  tat: number;
  /** Where the next one that has to wait joins the queue, epoch µs. */
  queue_end: number;
  /** Which of `SLOW_STEPS` a rate reply has led to, from 1; 0: none. */
  slow_level: Generated<number>;
  slow_since: Generated<Millis>;
  slow_until: Generated<Millis>;
  /** From when on the row says no more than none does. */
  idle_at: Millis;
}
export type ThrottleRow = Selectable<ThrottleTable>;

/** Who takes the mail of a domain, by its MX. */
export interface MailRouteTable {
  tenant: string;
  domain: string;
  /** Empty: nobody knows. */
  provider: string;
  expires_at: Millis;
}
