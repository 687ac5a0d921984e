/** One operation that changed something: references and codes, no personal data. */
export interface AuditEntry {
  /** Id of the event that was written in the transaction of the change. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** What was done, e.g. `delivery.held`, `mailbox.mode`, `suppression.lifted`. */
  readonly operation: string;
  /** `agent:<id>`, `reviewer:<id>`, `system`, `worker:<id>` or `recipient`. */
  readonly principal: string;
  readonly subject: {
    readonly mailbox?: string;
    readonly message?: string;
    readonly delivery?: string;
  };
  /** Present when there was one. */
  readonly decision?: {
    readonly code: string;
    /** `allow`, `defer`, `hold` or `block`, when the policy decided. */
    readonly effect?: string;
    readonly policyVersion?: string;
  };
  /** Further ids, codes and counts. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
  /** HMAC-SHA-256 of what is personal about it, hex; the details themselves can be erased. */
  readonly details?: string;
}
