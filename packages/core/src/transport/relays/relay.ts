/** A sending service that does something to mail on its way. */
export type RelayName =
  | 'brevo'
  | 'google'
  | 'mailgun'
  | 'mailjet'
  | 'microsoft'
  | 'postmark'
  | 'sendgrid'
  | 'ses';

/** What a relay does to mail that is handed to it over SMTP. */
export interface Relay {
  readonly name: RelayName;
  /** Names of its SMTP servers. */
  readonly hosts: RegExp;
  /** Where its answer to the message has the id that it gave; the first group. */
  readonly reply?: RegExp;
  /**
   * The Message-ID that recipients see is the relay's own: `id`, the answer has all of it;
   * `local`, what stands before the at sign, with `domain` behind it.
   */
  readonly messageId: 'kept' | 'id' | 'local';
  readonly domain?: RegExp;
  /** Header fields that it writes anew, lower case: DKIM must not sign them. */
  readonly rewrites: readonly string[];
  /** Asked for in the header, so that it changes less. */
  readonly asks?: { readonly name: string; readonly value: string };
  /**
   * `own`: it sends as addresses that exist there and no others, so that a return path with a token
   * is refused.
   */
  readonly mailFrom: 'any' | 'own';
  /** Names of those servers that put what they take into the Sent folder of whoever logged in. */
  readonly keepsCopies?: RegExp;
  /** Where that is written. */
  readonly sources: readonly string[];
}
