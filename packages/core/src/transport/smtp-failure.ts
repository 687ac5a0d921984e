import type { SmtpReply } from './transport.ts';

/** Why a dialogue ended early; a value, since a transport reports and does not throw. */
export interface SmtpFailure {
  /**
   * `ECONNECTION` (closed), `ESOCKET` (refused, reset), `ETIMEDOUT`, `EDNS`, `ETLS`, `EAUTH`,
   * `EPROTOCOL` (an answer that makes no sense), `ECLOSED` (the transport was closed here).
   */
  readonly code: string;
  /** One sentence without credentials. */
  readonly message: string;
  /** What the server answered, when that is why. */
  readonly reply?: SmtpReply;
}
