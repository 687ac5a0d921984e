/** A price reduction or a price that is really on offer for a time. */
export interface Offer {
  readonly id: string;
  /** A discount in percent. */
  readonly percent?: number;
  readonly price?: Price;
  /** What is typed at the till, e.g. `SPRING20`. */
  readonly code?: string;
  /** Epoch ms. */
  readonly startsAt: number;
  /** Epoch ms; from this instant on the offer is over. */
  readonly endsAt: number;
  /** ISO 3166 alpha-2, e.g. `DE`; where it holds. Absent: everywhere. */
  readonly regions?: readonly string[];
  /** Words that a message has to state, or the offer supports nothing in it. */
  readonly conditions?: readonly string[];
}

export interface Price {
  readonly amount: number;
  /** ISO 4217, e.g. `EUR`. */
  readonly currency: string;
}

/** Something true about the operator or its products. */
export interface Fact {
  readonly id: string;
  /** The words that may be used; letter case and spacing do not matter. */
  readonly text?: string;
  /** For facts that are worded in many ways. */
  readonly pattern?: RegExp;
}
