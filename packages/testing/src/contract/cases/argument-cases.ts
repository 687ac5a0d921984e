import assert from 'node:assert/strict';
import type { AdapterContractCase } from '../adapter-contract.ts';
import { expectShown, runOne } from '../check-answer.ts';
import { OPEN, withContractWorld } from '../contract-world.ts';

const MAIL = { mailbox: OPEN, to: 'ann@example.com', subject: 'Hello', body: 'Hi Ann' };

const WRONG: readonly (readonly [string, object, RegExp])[] = [
  ['of the wrong type', { ...MAIL, to: 42 }, /^invalid \(ARGUMENT_INVALID\)\..*to must be/],
  ['that lack a required one', { mailbox: OPEN, body: 'Hi' }, /^invalid \(ARGUMENT_INVALID\)\./],
  [
    'outside the choices',
    { ...MAIL, category: 'urgent' },
    /^invalid \(ARGUMENT_INVALID\)\..*marketing/,
  ],
  ['with a bad address', { ...MAIL, to: 'not an address' }, /^invalid \(ADDRESS_INVALID\)\./],
  [
    'that do not exist',
    { ...MAIL, priority: 'high', body: 'x'.repeat(50_000) },
    /^invalid \(ARGUMENT_UNKNOWN\)\..*priority.*subject/,
  ],
  [
    "that name a prototype's property",
    { ...MAIL, constructor: 'x' },
    /^invalid \(ARGUMENT_UNKNOWN\)\./,
  ],
];

/** What a model writes. */
export const argumentCases: readonly AdapterContractCase[] = [
  ...WRONG.map(
    ([which, args, text]): AdapterContractCase => ({
      name: `answers arguments ${which} as failed, in a sentence, and sends nothing`,
      run: (harness) =>
        withContractWorld(async ({ agent, countSent }) => {
          const answer = await runOne(harness, agent, { name: 'send_email', args });
          expectShown(answer, { text, failed: true });
          assert.ok(answer.shown.length < 1_500, `It is ${answer.shown.length} characters long.`);
          assert.equal(await countSent(), 0);
        }),
    }),
  ),
  {
    name: 'takes empty text, null and empty lists as absent, and one text for a list',
    run: (harness) =>
      withContractWorld(async ({ agent, countSent }) => {
        const args = { ...MAIL, cc: null, bcc: [], topic: '', tags: 'welcome', send_at: 'null' };
        const answer = await runOne(harness, agent, { name: 'send_email', args });
        expectShown(answer, { text: /^queued/, failed: false });
        assert.equal(await countSent(), 1);
      }),
  },
];
