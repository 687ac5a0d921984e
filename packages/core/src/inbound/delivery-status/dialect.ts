import type { ReplyReason } from '../../transport/reply-reasons.ts';

/** How one program or provider writes its reports. Patterns read one line, without its end. */
export interface Dialect {
  readonly name: string;
  /** Where the format is known from. */
  readonly source: string;
  /** Any one of these gives the program away. */
  readonly signs: {
    readonly subject?: RegExp;
    readonly from?: RegExp;
    /** A field's name in lower case and what stands in it. */
    readonly fields?: readonly (readonly [string, RegExp])[];
    /** Somewhere in the first 6,000 characters of the report's text. */
    readonly text?: RegExp;
  };
  /** The line that the account of the failure begins with or after; without it, the first line. */
  readonly start?: RegExp;
  /** The line that the returned message begins with, besides those that every program may use. */
  readonly stop?: RegExp;
  /** Group 1 is the address; group 2, if there is one, what is said about it on the same line. */
  readonly recipients: readonly RegExp[];
  /** A recipient that is not shown; a line with {@link Dialect.alias} tells whom it stands for. */
  readonly anonymous?: RegExp;
  readonly alias?: RegExp;
  /** Lines without news. */
  readonly ignore?: RegExp;
  /** The words stand apart from the addresses and are meant for all of them. */
  readonly shared?: true;
  /** What the program's own words mean, where they are too general to be read anywhere else. */
  readonly hints?: readonly (readonly [ReplyReason, RegExp])[];
  /** The same for a field of the report's header. */
  readonly fieldHints?: readonly (readonly [ReplyReason, string, RegExp])[];
}
