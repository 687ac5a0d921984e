import { describe, expect, it } from 'vitest';
import { MAX_REPLY_TEXT, parseReply } from './parse-reply.ts';

describe('parseReply', () => {
  it.each([
    ['250 ok', { code: 250, text: 'ok' }],
    ['250', { code: 250, text: '' }],
    ['550 5.1.1 No such user', { code: 550, enhanced: '5.1.1', text: 'No such user' }],
    ['550 #5.1.0 Address rejected', { code: 550, enhanced: '5.1.0', text: 'Address rejected' }],
    ['550-5.1.1 No\r\n550 5.1.1 such user', { code: 550, enhanced: '5.1.1', text: 'No such user' }],
    ['421 4.7.0\r', { code: 421, enhanced: '4.7.0', text: '' }],
  ])('reads %j', (raw, reply) => {
    expect(parseReply(raw)).toEqual(reply);
  });

  it.each([
    '',
    'hello',
    '25',
    '2500 ok',
    '199 ok',
    '650 ok',
    '250ok',
    '250-ok\n550 no',
    '250 ok\nmore',
  ])('gives no code for %j', (raw) => {
    expect(parseReply(raw).code).toBeUndefined();
  });

  it('replaces control and format characters and lone surrogates', () => {
    const { text } = parseReply('550 a\u0000b\u001b[31mc\u202ed\u2028e\ud800f');
    expect(text).toBe('a b [31mc d e f');
  });

  it('keeps 500 characters and not one more', () => {
    expect(parseReply(`550 ${'x'.repeat(MAX_REPLY_TEXT)}`).text).toHaveLength(500);
    expect(parseReply(`550 ${'x'.repeat(MAX_REPLY_TEXT + 1)}`).text).toHaveLength(500);
    expect(parseReply(`550 ${'x'.repeat(MAX_REPLY_TEXT - 1)}😀`).text.isWellFormed()).toBe(true);
  });

  it('masks what must not be repeated', () => {
    expect(parseReply('535 bad password hunter2', ['hunter2']).text).toBe('bad password ***');
  });
});
