/** What is claimed. */
export type ClaimKind = 'percentage' | 'price' | 'deadline' | 'free' | 'comparative' | 'product';

/** How near an end is said to be. */
export type Urgency = 'today' | 'tomorrow' | 'soon' | 'date';

/** One form of claim in one language; matched in single lines with single spaces. */
export interface ClaimPattern {
  readonly kind: ClaimKind;
  /** Global; no nested repeats. */
  readonly pattern: RegExp;
  readonly urgency?: Urgency;
  /** Says something only in a subject line. */
  readonly subjectOnly?: true;
  /** The percentage that words stand for. */
  readonly percent?: number;
}

/** What a language contributes. */
export interface ClaimLanguage {
  readonly patterns: readonly ClaimPattern[];
  /** Words near a percentage that make it a discount. */
  readonly discount: RegExp;
  /** Month names or their first letters, lower case, to 1–12. */
  readonly months: Readonly<Record<string, number>>;
  /** First letters of the days, lower case, from Sunday on. */
  readonly weekdays: readonly string[];
  /** What advertises, in whatever mail it stands; not what a bill or a reminder says. */
  readonly promotion: RegExp;
}
