import { describe, expect, it } from 'vitest';
import { countryOfPhone } from './country-of-phone.ts';

describe('countryOfPhone', () => {
  it.each([
    ['+49 30 123456', 'DE'],
    ['0043 (1) 234-5678', 'AT'],
    ['+353 1 234 5678', 'IE'],
    ['+44/20/79460000', 'GB'],
    ['+1 416 555 0123', undefined],
    ['+1 212 555 0123', undefined],
    ['+7 495 1234567', undefined],
    ['030 123456', undefined],
    ['+49', undefined],
    ['+999 12345678', undefined],
    ['', undefined],
    ['+49 30 call me', undefined],
  ])('%s is %s', (phone, country) => {
    expect(countryOfPhone(phone)).toBe(country);
  });
});
