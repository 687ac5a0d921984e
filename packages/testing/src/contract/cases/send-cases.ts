import assert from 'node:assert/strict';
import type { AdapterContractCase } from '../adapter-contract.ts';
import { checkAnswer, expectShown, runOne } from '../check-answer.ts';
import { OPEN, SUPERVISED, withContractWorld } from '../contract-world.ts';

const MAIL = { mailbox: OPEN, to: 'ann@example.com', subject: 'Hello', body: 'Hi Ann' };
const TEN_MINUTES_AND_ONE_SECOND = 601_000;

/** What becomes of a send. */
export const sendCases: readonly AdapterContractCase[] = [
  {
    name: 'sends what policy allows, once',
    run: (harness) =>
      withContractWorld(async ({ agent, countSent }) => {
        const answer = await runOne(harness, agent, { name: 'send_email', args: MAIL });
        expectShown(answer, { text: /^queued \(\w+\)\..*\nmessage_id: \S+/, failed: false });
        assert.equal(await countSent(), 1);
        assert.equal(await countSent(), 1);
      }),
  },
  {
    name: 'holds what needs a person, says so without an error, and sends it when a person approves',
    run: (harness) =>
      withContractWorld(async ({ warden, agent, countSent }) => {
        const args = { ...MAIL, mailbox: SUPERVISED };
        const answer = await runOne(harness, agent, { name: 'send_email', args });
        expectShown(answer, { text: /^held \(REVIEW_REQUIRED\)\./, failed: false });
        assert.equal(await countSent(), 0);
        const { messages } = await warden.reviewer('ops@acme.example').listPending();
        assert.equal(messages.length, 1);
        await warden.reviewer('ops@acme.example').decide(messages[0]?.id ?? '', 'approve');
        assert.equal(await countSent(), 1);
      }),
  },
  {
    name: 'answers a block as failed, with the code and the reason',
    run: (harness) =>
      withContractWorld(async ({ warden, agent, countSent }) => {
        await warden.system().suppress('ann@example.com');
        const answer = await runOne(harness, agent, { name: 'send_email', args: MAIL });
        expectShown(answer, { text: /^blocked \(SUPPRESSED\)\. \S/, failed: true });
        assert.equal(await countSent(), 0);
      }),
  },
  {
    name: 'sends once for a call that is replayed with its id',
    run: (harness) =>
      withContractWorld(async ({ agent, clock, countSent }) => {
        const named = harness.supportsCallIds ? {} : { idempotency_key: 'welcome-1' };
        const call = { id: 'replayed', name: 'send_email', args: { ...MAIL, ...named } };
        expectShown(await runOne(harness, agent, call), { text: /^queued/, failed: false });
        assert.equal(await countSent(), 1);
        // Later than the ten minutes in which the content alone makes it a duplicate.
        clock.now += TEN_MINUTES_AND_ONE_SECOND;
        expectShown(await runOne(harness, agent, call), { text: /^duplicate/, failed: false });
        assert.equal(await countSent(), 1);
      }),
  },
  {
    name: 'answers every call of one turn by itself: allowed, held and blocked side by side',
    run: (harness) =>
      withContractWorld(async ({ warden, sink, agent, countSent }) => {
        await warden.system().suppress('cy@example.com');
        const mails = [
          { ...MAIL, to: 'ann@example.com' },
          { ...MAIL, to: 'bob@example.com', mailbox: SUPERVISED },
          { ...MAIL, to: 'cy@example.com' },
          { ...MAIL, to: 'dee@example.com', mailbox: SUPERVISED },
        ];
        const answers = await harness.run(
          agent,
          mails.map((args, index) => ({ id: `side-${index}`, name: 'send_email', args })),
        );
        for (const answer of answers) checkAnswer(answer, 'send_email');
        assert.deepEqual(
          answers.map(({ shown, failed }) => [shown.split(' ')[0], failed]),
          [
            ['queued', false],
            ['held', false],
            ['blocked', true],
            ['held', false],
          ],
        );
        const ops = warden.reviewer('ops@acme.example');
        for (const { id, to } of (await ops.listPending()).messages) {
          const approved = to.includes('bob@example.com');
          await ops.decide(id, approved ? 'approve' : 'reject', { reason: 'As agreed.' });
        }
        assert.equal(await countSent(), 2);
        assert.deepEqual(sink.messages.flatMap(({ envelope }) => envelope.rcptTo).sort(), [
          'ann@example.com',
          'bob@example.com',
        ]);
      }),
  },
];
