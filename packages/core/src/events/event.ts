/** What happened; ids and codes, no personal data. */
export interface MailwardenEvent {
  readonly id: string;
  /** Increasing per database; order is promised per delivery. */
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  /** e.g. `delivery.queued`, `delivery.sent`, `message.received`, `delivery.rejected`. */
  readonly type: string;
  readonly mailbox?: string;
  readonly messageId?: string;
  readonly deliveryId?: string;
  /** `agent:<id>`, `reviewer:<id>`, `system`, `worker:<id>` or `recipient`. */
  readonly actor: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}
