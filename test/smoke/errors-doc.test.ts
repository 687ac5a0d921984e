import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../packages/core/src/errors/error-codes.ts';
import { readErrorsDoc, renderErrorsDoc } from './errors-doc.ts';

describe('docs/errors.md', () => {
  it('says what the table of error codes says', async () => {
    expect(await readErrorsDoc()).toBe(renderErrorsDoc());
  });
});

describe('the table of error codes', () => {
  it('has whole sentences and a status that HTTP knows', () => {
    for (const [code, info] of Object.entries(ERROR_CODES)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect([code, info.message, info.hint].join(' ')).toMatch(/\. [^ ].*\.$/);
      expect(info.httpStatus).toBeGreaterThanOrEqual(400);
      expect(info.httpStatus).toBeLessThan(600);
    }
  });
});
