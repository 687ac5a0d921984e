/** What a code means to every surface: one row per code, and nowhere else. */
export interface ErrorCodeInfo {
  /** One sentence: what was expected. */
  readonly message: string;
  /** The HTTP status that a server answers with. */
  readonly httpStatus: number;
  /** True when the same call may succeed later without a change. */
  readonly retryable: boolean;
  /** What to do next. */
  readonly hint: string;
}

/** Writes one. */
export const row = (
  message: string,
  httpStatus: number,
  retryable: boolean,
  hint: string,
): ErrorCodeInfo => ({ message, httpStatus, retryable, hint });
