import type { Category } from '../policy/modes.ts';

/** What caps look at in one delivery. */
export interface CountedMail {
  readonly senderId: string;
  readonly category: Category;
  readonly topic?: string;
  readonly campaign?: string;
}

/** A delivery that took its place in the ledger at this instant, epoch ms. */
export interface LedgerMail extends CountedMail {
  readonly at: number;
}
