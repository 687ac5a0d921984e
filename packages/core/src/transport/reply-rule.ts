import type { ReplyReason } from './reply-reasons.ts';

/** What is known of an answer that says why mail was refused. */
export interface ReplyFacts {
  readonly code: number;
  /** Enhanced status code, or empty. */
  readonly enhanced: string;
  readonly text: string;
  /** How far the dialogue had got; `unknown` in most reports. */
  readonly phase: 'connect' | 'mail' | 'rcpt' | 'data' | 'done' | 'unknown';
  /** Who answered, or the domain that was written to: lower case, or empty. */
  readonly host: string;
  /** What the program that wrote a report says in its own words. */
  readonly hint?: ReplyReason | undefined;
}

/** One line of the table: all conditions that it has must hold. */
export interface ReplyRule {
  readonly reason: ReplyReason;
  /** Basic codes (RFC 5321 §4.2.3). */
  readonly codes?: readonly number[];
  /** The enhanced code without its class: `1.1` is 4.1.1 and 5.1.1 (RFC 3463 §2). */
  readonly detail?: RegExp;
  readonly text?: RegExp;
  /** None of these words may stand there. */
  readonly unless?: readonly RegExp[];
  /** What the enhanced code means by itself; empty when it means nothing. */
  readonly status?: readonly (ReplyReason | '')[];
  /** `rcpt`: answers RCPT. `content`: not known to have come before DATA. */
  readonly at?: 'rcpt' | 'content' | 'connect' | 'mail' | 'dialogue' | 'unknown';
  readonly host?: RegExp;
  readonly hint?: readonly ReplyReason[];
  /** Overrides what the code's first digit says. */
  readonly class?: 'transient';
  /** Evidence enough to stop writing to the address at once, though the reason alone is not. */
  readonly permanentAddress?: true;
  /** Where this is known from. */
  readonly source: string;
}
