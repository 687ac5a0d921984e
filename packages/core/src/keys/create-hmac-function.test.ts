import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHmacFunction } from './create-hmac-function.ts';

it('says what createHmac says', () => {
  const key = randomBytes(32);
  const hmac = createHmacFunction(key);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(hmac(text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
    }),
  );
});
