import type { Address } from '../identity/address.ts';
import type { Relay } from './relays/relay.ts';

/** What SMTP carries (RFC 5321 §2.3.1), as opposed to what the reader sees. */
export interface Envelope {
  readonly mailFrom: Address;
  readonly rcptTo: readonly Address[];
  /**
   * Names this send in reports about it (RFC 3461 §4.4), where the server can pass it on: 1 to 100
   * printable ASCII characters.
   */
  readonly envid?: string;
}

/**
 * How far the dialogue got. `data` begins with the server's 354: from then on it may have the
 * message. A DATA command that it has not answered yet still counts as `rcpt`.
 */
export type SmtpPhase = 'connect' | 'mail' | 'rcpt' | 'data' | 'done' | 'unknown';

/** One SMTP reply line, as far as it is known (RFC 5321 §4.2, RFC 3463). */
export interface SmtpReply {
  /** 250, 421, 550 …; absent when the connection died without one. */
  readonly code?: number;
  /** Enhanced status code such as `5.1.1`. */
  readonly enhanced?: string;
  readonly text: string;
}

/** What became of one recipient in one SMTP transaction. */
export interface RecipientReply {
  readonly address: Address;
  readonly reply: SmtpReply;
  /** Which step the reply answered; the dialogue may have gone on with the others. */
  readonly phase?: SmtpPhase;
}

/**
 * The truth about one attempt. A transport returns this for everything that
 * the network or the server did; it throws only for a programming error.
 */
export interface TransportResult {
  readonly phase: SmtpPhase;
  /** Recipients for whom the server answered 2yz after the final dot. */
  readonly accepted: readonly RecipientReply[];
  /** Recipients whom the server refused, at RCPT or (all of them) at another command. */
  readonly rejected: readonly RecipientReply[];
  /**
   * Set when the dialogue ended before the server answered for the rest:
   * with phase `data` or `unknown` it may have the message.
   */
  readonly broken?: {
    readonly message: string;
    readonly code: string;
    /** What the server said when it would not talk: a refused greeting or login. */
    readonly reply?: SmtpReply;
  };
  /** The host that answered. */
  readonly host?: string;
  /** The server's answer after the final dot. */
  readonly response?: SmtpReply;
}

/** Carries bytes to the next hop. Only `dispatch/` may call `send`. */
export interface Transport {
  /** Sends once and never retries. Returns after the server answered or the dialogue broke. */
  send(envelope: Envelope, raw: Uint8Array): Promise<TransportResult>;
  /** Connects and authenticates without sending. Throws `SMTP_UNAVAILABLE`. */
  verify(): Promise<void>;
  /** Waits for what is in flight, then closes every connection. */
  close(): Promise<void>;
  /** The next hop as it is configured: what is known of an attempt whose answer is lost. */
  readonly host?: string;
  /** How many messages may be in flight at once. */
  readonly maxConnections: number;
  /** The sending service that it hands mail to, where it is a known one. */
  readonly relay?: Relay;
  /** Longest that one `send` takes, ms; a worker's lease has to be longer. @default not known */
  readonly sendTimeout?: number;
}

/** DKIM signing (RFC 6376) of what leaves through a transport's mailbox. */
export interface DkimOptions {
  readonly domainName: string;
  readonly keySelector: string;
  /** PEM. Never stored. */
  readonly privateKey: string;
}
