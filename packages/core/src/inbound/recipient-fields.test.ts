import { describe, expect, test } from 'vitest';
import { parseInbound } from './parse-inbound.ts';

const MX =
  'Received: from a.example (a.example [192.0.2.1])\r\n by mx.acme.example (Postfix) with ESMTPS id 1';
const STORE = 'Received: from mx.acme.example\r\n by store.acme.example with LMTP\r\n id 2';

async function read(...fields: readonly string[]) {
  const { envelopeRecipients } = await parseInbound(`${fields.join('\r\n')}\r\n\r\nHello\r\n`);
  return envelopeRecipients.map(({ address, isOriginal }) => `${address}${isOriginal ? '' : ' ?'}`);
}

describe('for whom the server took a message', () => {
  test('is read above the first Received, in order', async () => {
    const fields = ['Return-Path: <b@b.example>', 'X-Original-To: sales@acme.example'];
    const lower = ['Delivered-To: ceo@acme.example', 'X-Original-To: ceo@acme.example'];
    expect(await read(...fields, 'Delivered-To: all@acme.example', MX, ...lower)).toEqual([
      'sales@acme.example',
      'all@acme.example ?',
    ]);
  });

  test('is read across the hand-over to the store, which is within the house', async () => {
    const own = ['Delivered-To: login@acme.example', STORE, 'Envelope-To: <Sales@ACME.example>'];
    expect(await read(...own, MX, 'Delivered-To: ceo@acme.example')).toEqual([
      'login@acme.example ?',
      'Sales@acme.example',
    ]);
  });

  test('is what Received itself says of mail to one person', async () => {
    const named = `${MX}\r\n for <sales@acme.example>; Mon, 23 Nov 2026 10:00:00 +0000`;
    expect(await read(named, `${MX} for <ceo@acme.example>; x`)).toEqual(['sales@acme.example']);
    // As Exim writes it.
    expect(await read(`${MX} for sales@acme.example; x`)).toEqual(['sales@acme.example']);
  });

  test.each([
    ['a HELO name', 'Received: from with lmtp (evil) by mx.acme.example with ESMTP id 1'],
    ['a comment', 'Received: from x ( with LMTP id 1) by mx.acme.example with ESMTP id 1'],
    [
      'a quoted return path',
      'Received: from x by mx.acme.example (envelope-from <"a) with LMTP for <ceo@acme.example> \\" z"@evil.example>) with ESMTP id 1',
    ],
    ['an open quote', 'Received: from x" with LMTP by mx.acme.example with ESMTP id 1'],
    ['an open comment', 'Received: from x( with LMTP by mx.acme.example with ESMTP id 1'],
    ['a name that begins so', 'Received: from x by mx.acme.example with LMTPish id 1'],
  ])('no stranger moves the line by %s', async (_, received) => {
    const forged = ['X-Original-To: ceo@acme.example', 'Delivered-To: ceo@acme.example'];
    expect(await read(received, ...forged)).toEqual([]);
  });

  test('a line that is no address is none, and thousands are ten', async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => `Delivered-To: n${n}@acme.example`);
    expect(await read('Delivered-To: local-user', ...many)).toHaveLength(10);
  });
});
