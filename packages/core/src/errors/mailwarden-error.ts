import { ERROR_CODES, type ErrorCode, type ErrorCodeInfo } from './error-codes.ts';

/** What a {@link MailwardenError} may carry besides its code. */
export interface MailwardenErrorOptions {
  /** What came instead, and the valid choices; follows the code's own sentence. */
  readonly detail?: string;
  /** Typed facts for programs; never secrets. */
  readonly fields?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly cause?: unknown;
}

/**
 * Every error that Mailwarden throws. Branch on `code`; the sentence may change.
 *
 * @example
 * ```ts
 * import { MailwardenError } from '@mailwarden/core';
 *
 * export const isRetryable = (error: unknown): boolean =>
 *   error instanceof MailwardenError && error.info.retryable;
 * ```
 */
export class MailwardenError extends Error {
  override readonly name = 'MailwardenError';
  readonly code: ErrorCode;
  readonly info: ErrorCodeInfo;
  readonly fields: Readonly<Record<string, string | number | boolean | readonly string[]>>;

  constructor(code: ErrorCode, options: MailwardenErrorOptions = {}) {
    const info = ERROR_CODES[code];
    const detail = options.detail === undefined ? '' : ` ${options.detail}`;
    super(`${info.message}${detail} ${info.hint}`, { cause: options.cause });
    this.code = code;
    this.info = info;
    this.fields = options.fields ?? {};
  }
}
