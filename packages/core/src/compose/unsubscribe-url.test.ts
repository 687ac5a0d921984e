import { expect, it } from 'vitest';
import { unsubscribeUrl } from './unsubscribe-url.ts';

it('puts the token under the public URL, with or without a slash at its end', () => {
  const url = 'https://mail.acme.example/mail/u/t-1';
  expect(unsubscribeUrl('https://mail.acme.example/mail', 't-1')).toBe(url);
  expect(unsubscribeUrl('https://mail.acme.example/mail/', 't-1')).toBe(url);
});
