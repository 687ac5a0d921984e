/** One stored row: its columns in camel case, times as ISO 8601, JSON as values, hashes cut short. */
export type ExportedRow = Readonly<Record<string, unknown>>;

/** A message from or to the person, or a report about mail to them. */
export interface ExportedMessage {
  readonly message: ExportedRow;
  readonly tags: readonly ExportedRow[];
  /** What reviewers replaced. */
  readonly revisions: readonly ExportedRow[];
  readonly approvals: readonly ExportedRow[];
  /** Those to this person; how others got the same message is theirs. */
  readonly deliveries: readonly {
    readonly delivery: ExportedRow;
    readonly attempts: readonly ExportedRow[];
    readonly reservations: readonly ExportedRow[];
  }[];
}

/** Everything that is held about one person (GDPR art. 15 and 20); JSON-safe. */
export interface PersonExport {
  readonly version: 1;
  readonly address: string;
  /** ISO 8601. */
  readonly exportedAt: string;
  readonly contacts: readonly {
    readonly contact: ExportedRow;
    readonly tags: readonly ExportedRow[];
  }[];
  readonly consents: readonly ExportedRow[];
  /** Sign-ups that they were asked to confirm, and on what evidence. */
  readonly optIns: readonly ExportedRow[];
  /** Topics they declined, how long they paused, how much they want at most. */
  readonly preferences: readonly ExportedRow[];
  /** The same and withdrawals, as the suppression journal was told of them. */
  readonly refusals: readonly ExportedRow[];
  /** Those of the person, and those of their whole domain. */
  readonly suppressions: readonly ExportedRow[];
  /** Facts that mail to them waits for, or waited for. */
  readonly tasks: readonly ExportedRow[];
  /** Oldest first. */
  readonly messages: readonly ExportedMessage[];
  readonly events: readonly ExportedRow[];
  /** What the audit has about them: the place of the entry, once sealed, and its details. */
  readonly audit: readonly ExportedRow[];
  /** Their address in what is about somebody else: where, not what. */
  readonly mentions: readonly {
    readonly table: string;
    readonly id: string;
    readonly columns: readonly string[];
  }[];
  readonly erasures: readonly ExportedRow[];
  /** Rows that hold nothing but their HMAC. */
  readonly recipientKeys: readonly ExportedRow[];
  /** How to read it, for the person. */
  readonly notes: readonly string[];
}
