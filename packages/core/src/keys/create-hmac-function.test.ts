import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHmacFunction } from './create-hmac-function.ts';

const data = fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 200 }));

it.each([0, 1, 32, 64, 65, 200])('says what createHmac says under a key of %i bytes', (length) => {
  const key = randomBytes(length);
  const hmac = createHmacFunction(key);
  fc.assert(
    fc.property(data, (bytes) => {
      expect(hmac(bytes)).toEqual(createHmac('sha256', key).update(bytes).digest());
    }),
  );
});
