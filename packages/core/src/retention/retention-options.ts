/** How long something is kept, in days; `keep` for as long as the database lives. */
export type RetentionDays = number | 'keep';

/**
 * When what is no longer needed goes, by itself and in small steps (GDPR art. 5(1)(e)). Suppressions,
 * withdrawals, consents, tombstones of erasures, contacts and the sealed audit are always kept.
 */
export interface RetentionOptions {
  /**
   * Messages of which nothing is left to send or to decide: they lose what an erasure takes, and stay
   * as rows with states, times and hashes. @default 'keep'
   */
  readonly messages?: RetentionDays;
  /** Inbound mail as it came; its text and attachments stay with the message. @default 365 */
  readonly rawMail?: RetentionDays;
  /** What mail servers answered, in words; codes stay. @default 365 */
  readonly serverReplies?: RetentionDays;
  /** Names and reasons in the audit; entries stay provable and read `erased`. @default 1095 */
  readonly auditDetails?: RetentionDays;
  /** Events that are sealed in the audit and that listeners were told of. @default 'keep' */
  readonly events?: RetentionDays;
  /** Places taken in rolling limits; at least 400, the longest window there is. @default 400 */
  readonly reservations?: RetentionDays;
  /** Sign-ups of a double opt-in that nobody confirmed; at least 60, longer than any link works. @default 400 */
  readonly optIns?: RetentionDays;
}

/** The longest age of each kind, ms; undefined: kept. */
export type Retention = { readonly [K in keyof RetentionOptions]-?: number | undefined };
