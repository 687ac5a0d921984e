import type { SuppressionReason } from '../../storage/tables/people.ts';

/** Somebody on a list that is kept elsewhere. */
export interface SuppressionEntry {
  /** `alice@example.com`, or `@example.com` for a whole domain. */
  readonly address: string;
  /** @default 'unsubscribe' */
  readonly reason?: Exclude<SuppressionReason, 'erasure'>;
  /** @default the import's, or the source's */
  readonly scope?: string;
  /** When they were put on that list, epoch ms. @default now */
  readonly at?: number;
}

/** A list that is kept elsewhere, e.g. at an email provider, and read again and again. */
export interface SuppressionSource {
  /** 1–64 characters of a–z 0–9 _ . - */
  readonly name: string;
  /**
   * The list, or what was added to it since `since` (epoch ms; absent the first time). Only a list
   * that was read to its end counts. What is no longer on it stays suppressed here.
   */
  pull(request: {
    readonly since?: number;
  }): AsyncIterable<SuppressionEntry> | Iterable<SuppressionEntry>;
  /** How old the list may be before marketing waits for it, ms; it is read at half of that. */
  readonly maxAge: number;
  /** What its entries cover. @default 'marketing' */
  readonly scope?: string;
  /** The sender that its entries hold against. @default every sender */
  readonly senderId?: string;
}
