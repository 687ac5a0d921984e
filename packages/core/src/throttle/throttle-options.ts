/**
 * How fast mail may go out, counted in the database for all workers together. Each scope has a limit
 * for every mailbox, domain or provider by itself, and others for some of them by name.
 */
export interface ThrottleOptions {
  /** What leaves one mailbox. `only` is by address. @default no limit */
  readonly mailbox?: ScopeLimits;
  /** What one recipient domain gets from all mailboxes. @default no limit */
  readonly domain?: ScopeLimits;
  /**
   * What one mailbox provider gets, over all its domains; `gmail`, `yahoo`, `microsoft`, and with
   * `resolveMx` any other by the registered domain of its mail servers, such as `mimecast.com`.
   * @default each: 100 a second
   */
  readonly provider?: ScopeLimits;
  /**
   * Finds the mail servers of a recipient domain: `resolveMx` of `node:dns/promises` fits. Without,
   * a provider is known by the domains of its addresses alone, and nobody is asked for anything.
   */
  readonly resolveMx?: ResolveMx;
}

/** Limits of one scope. */
export interface ScopeLimits {
  /** For each by itself; an empty one limits nothing. */
  readonly each?: SendLimit;
  /** Instead of `each`, by name. */
  readonly only?: Readonly<Record<string, SendLimit>>;
}

/** In any window of `t` ms at most `burst + max × t / per` deliveries. */
export interface SendLimit {
  /** Deliveries per `per`. @default any number */
  readonly max?: number;
  /** Length, ms. @default 1_000 */
  readonly per?: number;
  /** How many may go out at once after a rest. @default what `max` allows in two seconds, 1 or more */
  readonly burst?: number;
  /** How many may be claimed or on the wire at once. @default any number */
  readonly atOnce?: number;
}

/** The mail servers of a domain (RFC 5321 §5.1); rejects when nobody can say. */
export type ResolveMx = (
  domain: string,
) => Promise<readonly { readonly exchange: string; readonly priority: number }[]>;
