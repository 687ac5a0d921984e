import { ERROR_CODES } from '../../errors/error-codes.ts';
import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { MAX_REASON } from './limits.ts';

const FIXED: ReadonlyMap<string, string> = new Map(
  Object.entries(ERROR_CODES)
    .filter(([, info]) => info.httpStatus >= 500)
    .map(([code, info]) => [code, `${info.message} ${info.hint}`]),
);

/**
 * The sentence that a model reads. Of our own faults it gets the code's fixed sentences only:
 * their details may name a path, a host or a database.
 */
export function reasonForModel(code: string, reason: string): string {
  return FIXED.get(code) ?? cutText(cleanText(reason), MAX_REASON);
}
